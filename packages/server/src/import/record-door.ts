import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { Applied, ApplyOptions } from '@tessera-crm/model/store.js';

/** What an import asks of a store. Every store of records has it. */
export interface RecordDoor {
  list(module: string, query?: Query): Promise<Page<AnyRecord>>;
  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]>;
}

const pageSize = 200;

/** All records that match, page by page. */
export async function* allRecords(store: RecordDoor, module: string, query: Query): AsyncGenerator<AnyRecord> {
  let after: string | undefined;
  do {
    const page = await store.list(module, { ...query, limit: pageSize, ...(after !== undefined && { after }) });
    yield* page.records;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** The records of these ids that exist, by id. */
export const recordsById = async (
  store: RecordDoor,
  module: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AnyRecord>> => {
  const found = new Map<string, AnyRecord>();
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += pageSize) {
    const some = unique.slice(from, from + pageSize);
    const { records } = await store.list(module, { where: { id: { in: some } }, limit: pageSize });
    for (const record of records) found.set(record.id, record);
  }
  return found;
};
