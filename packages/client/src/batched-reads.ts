import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/is-id.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { readPage, readRecord } from './envelopes.ts';
import type { Transport } from './transport.ts';

/** Records of one page at most. */
const mostAtOnce = 200;

interface Batch {
  readonly ids: Set<string>;
  readonly records: Promise<ReadonlyMap<string, AnyRecord>>;
}

/** Reads one record; rejects with `not-found` for it alone, whatever became of those read with it. */
export type ReadRecord = (module: string, id: string) => Promise<AnyRecord>;

/** Reads of single records that begin within one tick travel together, by module: 50 cards are one request. */
export const batchedReads = (transport: Transport): ReadRecord => {
  const batches = new Map<string, Batch>();

  const join = (module: string, id: string): Batch['records'] => {
    let batch = batches.get(module);
    if (!batch || batch.ids.size >= mostAtOnce) {
      const ids = new Set<string>();
      const records = new Promise((endOfTick) => setTimeout(endOfTick)).then(() => {
        batches.delete(module);
        return readAll(transport, module, [...ids]);
      });
      batches.set(module, (batch = { ids, records }));
    }
    batch.ids.add(id);
    return batch.records;
  };

  return async (module, id) => {
    // what is no id would make the server refuse the others too
    const record = isId(id) && (await join(module, id)).get(id);
    if (record) return record;
    throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
  };
};

const readAll = async (
  transport: Transport,
  module: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AnyRecord>> => {
  const body = { where: { id: { in: ids } }, limit: mostAtOnce, archived: 'with' };
  const records = ids[1]
    ? readPage(await transport.ask(`${module}/query`, { body })).records
    : [readRecord(await transport.ask(`${module}/${ids[0]}`))];
  return new Map(records.map((record) => [record.id, record]));
};
