import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { readPage, readRecord } from './envelopes.ts';
import type { Transport } from './transport.ts';

/** Records of one page at most. */
const mostAtOnce = 200;

interface Batch {
  readonly ids: Set<string>;
  readonly records: Promise<ReadonlyMap<string, AnyRecord>>;
}

/** Reads of single records that begin within one tick travel together, by module: 50 cards are one request. */
export class BatchedReads {
  readonly #transport: Transport;
  readonly #batches = new Map<string, Batch>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** @throws {CrmError} `not-found` for this record alone, whatever became of the others. */
  async read(module: string, id: string): Promise<AnyRecord> {
    const record = isId(id) && (await this.#join(module, id)).get(id);
    if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return record;
  }

  #join(module: string, id: string): Batch['records'] {
    let batch = this.#batches.get(module);
    if (!batch || batch.ids.size >= mostAtOnce) {
      const ids = new Set<string>();
      const records = new Promise((endOfTick) => setTimeout(endOfTick)).then(() => {
        if (this.#batches.get(module)?.ids === ids) this.#batches.delete(module);
        return this.#ask(module, [...ids]);
      });
      this.#batches.set(module, (batch = { ids, records }));
    }
    batch.ids.add(id);
    return batch.records;
  }

  async #ask(module: string, ids: readonly string[]): Promise<ReadonlyMap<string, AnyRecord>> {
    const records = ids[1]
      ? readPage(
          await this.#transport.ask(`${module}/query`, {
            body: { where: { id: { in: ids } }, limit: mostAtOnce, archived: 'with' },
          }),
        ).records
      : [readRecord(await this.#transport.ask(`${module}/${ids[0]}`))];
    return new Map(records.map((record) => [record.id, record]));
  }
}
