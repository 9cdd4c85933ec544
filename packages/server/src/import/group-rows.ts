import type { Mapping } from './mapping.ts';
import { isFault, type ReadRow, type RowFault, type SourceRow } from './source-row.ts';

/** The rows of one record, or a row that could not be read. */
export type Group = readonly SourceRow[] | RowFault;

export const isGroup = (group: Group): group is readonly SourceRow[] => Array.isArray(group);

const keyOf = ({ cells }: SourceRow, by: readonly string[]): string =>
  by.map((header) => (cells[header] ?? '').trim()).join('\n');

/** Rows that belong to one record, one after another in the file; without grouping each stands for itself. */
export async function* groupRows(
  rows: AsyncIterable<ReadRow>,
  { group }: Pick<Mapping, 'group'>,
): AsyncGenerator<Group> {
  let open: SourceRow[] = [];
  let key = '';
  for await (const row of rows) {
    if (isFault(row)) yield row;
    else if (!group) yield [row];
    else {
      const next = keyOf(row, group.by);
      const isBlank = next.replaceAll('\n', '') === '';
      const continues =
        (isBlank && group.continued !== 'same') || (!isBlank && next === key && group.continued !== 'blank');
      if (open.length > 0 && continues) open.push(row);
      else if (isBlank) yield { row: row.row, fault: 'orphan' };
      else {
        if (open.length > 0) yield open;
        open = [row];
        key = next;
      }
    }
  }
  if (open.length > 0) yield open;
}
