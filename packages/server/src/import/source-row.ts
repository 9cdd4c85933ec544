/** One row of a file as the text of its cells, by header. Rows count as in a spreadsheet: the header is row 1. */
export interface SourceRow {
  readonly row: number;
  /** Without a prototype, so that a header such as `constructor` is nothing special. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A row that could not even be read. */
export interface RowFault {
  readonly row: number;
  /** `unclosed-quote`, `broken-quote`, `too-many-cells`, `too-few-cells`, `too-long`. */
  readonly fault: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export type ReadRow = SourceRow | RowFault;

export const isFault = (read: ReadRow): read is RowFault => 'fault' in read;

/** Cells by their headers. */
export const cellsOf = (
  headers: readonly string[],
  values: readonly (string | undefined)[],
): Readonly<Record<string, string>> => {
  const cells = Object.create(null) as Record<string, string>;
  for (let index = 0; index < headers.length; index++) cells[headers[index]!] = values[index] ?? '';
  return cells;
};
