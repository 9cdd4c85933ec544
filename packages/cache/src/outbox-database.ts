import { plainJson } from '@tessera-crm/model/plain-json.js';
import { Dexie, type DexieOptions, type Table } from 'dexie';
import type { Entry, Rejected } from './entry.ts';
import type { Sealed, Sealing } from './sealing.ts';

/** The parts of IndexedDB, where they are not those of the page. */
export type IndexedDb = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>;

interface EntryRow {
  readonly n?: number;
  /** Random, the entry's own: it seals what is beside it to this row. */
  readonly key: string;
  /** JSON. */
  readonly text: Sealed;
}

interface RejectedRow extends EntryRow {
  readonly n: number;
}

/** Work that must not be lost, written strictly. Small, and never deleted while it holds any. */
export class OutboxDatabase {
  readonly #sealing: Sealing;
  readonly #database: Dexie;
  readonly #entries: Table<EntryRow, number>;
  readonly #rejected: Table<RejectedRow, number>;
  readonly #facts: Table<{ readonly key: string; readonly value: number }, string>;

  constructor(name: string, indexedDb: IndexedDb, sealing: Sealing) {
    const database = new Dexie(`${name}/outbox`, { ...indexedDb, chromeTransactionDurability: 'strict' });
    database.version(1).stores({ entries: '++n', rejected: 'n', facts: 'key' });
    this.#sealing = sealing;
    this.#database = database;
    this.#entries = database.table('entries');
    this.#rejected = database.table('rejected');
    this.#facts = database.table('facts');
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async entries(): Promise<readonly Entry[]> {
    const rows = (await this.#entries.toArray()) as readonly RejectedRow[];
    return Promise.all(rows.map((row) => this.#opened<Entry>(row)));
  }

  async enqueue({ n, ...entry }: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number> {
    const row = { key: entry.key, text: await this.#sealing.seal(plainJson(entry), entry.key) };
    return this.#entries.put(n === undefined ? row : { ...row, n });
  }

  async settle(n: number, rejected?: Rejected): Promise<void> {
    const row = rejected && {
      n,
      key: rejected.key,
      text: await this.#sealing.seal(plainJson(rejected), rejected.key),
    };
    await this.#database.transaction('rw', this.#entries, this.#rejected, async () => {
      await this.#entries.delete(n);
      if (row) await this.#rejected.put(row);
    });
  }

  async rejected(): Promise<readonly Rejected[]> {
    return Promise.all((await this.#rejected.toArray()).map((row) => this.#opened<Rejected>(row)));
  }

  async discard(n: number): Promise<void> {
    await this.#rejected.delete(n);
  }

  /** Which generation of the cache is used; 1 in the beginning. */
  async generation(): Promise<number> {
    return (await this.#facts.get('generation'))?.value ?? 1;
  }

  /** From now on the generation after this one is used, in all tabs. Does nothing when another tab said so already. */
  async leaveGeneration(number: number): Promise<void> {
    await this.#database.transaction('rw', this.#facts, async () => {
      if ((await this.generation()) === number) await this.#facts.put({ key: 'generation', value: number + 1 });
    });
  }

  async delete(): Promise<void> {
    await this.#database.delete();
  }

  close(): void {
    this.#database.close();
  }

  async #opened<T>({ n, key, text }: RejectedRow): Promise<T> {
    return { ...(JSON.parse(await this.#sealing.open(text, key)) as T), n };
  }
}
