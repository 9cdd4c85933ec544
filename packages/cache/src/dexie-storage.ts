import type { AnyRecord } from '@tessera-crm/model/module.js';
import { Dexie, type DexieOptions, type Table } from 'dexie';
import { recordKey, type Entry, type Rejected } from './entry.ts';
import type { Storage, Stored, StoredPage } from './storage.ts';

/** The parts of IndexedDB, where they are not those of the page. */
export type IndexedDb = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>;

interface RecordRow {
  /** `module|id`: no other index, so that modules and fields come and go without changing the database. */
  readonly key: string;
  readonly record: AnyRecord;
}

interface PageRow extends StoredPage {
  readonly key: string;
}

/**
 * Two databases, version 1 for ever. The small one holds work that must not be lost and is never deleted while it
 * does; the big one can be thrown away at any time, which is the only thing that frees space in Chromium.
 */
export class DexieStorage implements Storage {
  readonly kind = 'indexeddb';
  readonly #outbox: Dexie;
  readonly #cache: Dexie;
  readonly #entries: Table<Omit<Entry, 'n'> & { readonly n?: number }, number>;
  readonly #rejected: Table<Rejected, number>;
  readonly #records: Table<RecordRow, string>;
  readonly #pages: Table<PageRow, string>;

  private constructor(outbox: Dexie, cache: Dexie) {
    this.#outbox = outbox;
    this.#cache = cache;
    this.#entries = outbox.table('entries');
    this.#rejected = outbox.table('rejected');
    this.#records = cache.table('records');
    this.#pages = cache.table('pages');
  }

  static async open(name: string, indexedDb: IndexedDb = {}): Promise<DexieStorage> {
    const outbox = new Dexie(`${name}/outbox`, { ...indexedDb, chromeTransactionDurability: 'strict' });
    outbox.version(1).stores({ entries: '++n', rejected: 'n' });
    const cache = new Dexie(`${name}/cache-1`, { ...indexedDb, chromeTransactionDurability: 'relaxed' });
    cache.version(1).stores({ records: 'key', pages: 'key' });
    await Promise.all([outbox.open(), cache.open()]);
    return new DexieStorage(outbox, cache);
  }

  async records(module: string): Promise<readonly AnyRecord[]> {
    const rows = await this.#records.where('key').startsWith(recordKey(module, '')).toArray();
    return rows.map(({ record }) => record);
  }

  async page(key: string): Promise<StoredPage | undefined> {
    return this.#pages.get(key);
  }

  async keep(records: readonly Stored[], page?: { readonly key: string; readonly page: StoredPage }): Promise<void> {
    const put = records.flatMap(({ module, id, record }) => (record ? [{ key: recordKey(module, id), record }] : []));
    const gone = records.filter(({ record }) => !record).map(({ module, id }) => recordKey(module, id));
    await this.#cache.transaction('rw', this.#records, this.#pages, async () => {
      await this.#records.bulkPut(put);
      await this.#records.bulkDelete(gone);
      if (page) await this.#pages.put({ ...page.page, key: page.key });
    });
  }

  async outbox(): Promise<readonly Entry[]> {
    return (await this.#entries.toArray()) as readonly Entry[];
  }

  async enqueue(entry: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number> {
    return this.#entries.put({ ...entry });
  }

  async settle(n: number, rejected?: Rejected): Promise<void> {
    await this.#outbox.transaction('rw', this.#entries, this.#rejected, async () => {
      await this.#entries.delete(n);
      if (rejected) await this.#rejected.put(rejected);
    });
  }

  async rejected(): Promise<readonly Rejected[]> {
    return this.#rejected.toArray();
  }

  async discard(n: number): Promise<void> {
    await this.#rejected.delete(n);
  }

  async wipe(): Promise<void> {
    await this.#outbox.delete();
    await this.#cache.delete();
  }

  close(): void {
    this.#outbox.close();
    this.#cache.close();
  }
}
