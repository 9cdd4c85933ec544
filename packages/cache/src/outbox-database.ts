import { Dexie, type DexieOptions, type Table } from 'dexie';
import type { Entry, Rejected } from './entry.ts';

/** The parts of IndexedDB, where they are not those of the page. */
export type IndexedDb = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>;

/** Work that must not be lost, written strictly. Small, and never deleted while it holds any. */
export class OutboxDatabase {
  readonly #database: Dexie;
  readonly #entries: Table<Omit<Entry, 'n'> & { readonly n?: number }, number>;
  readonly #rejected: Table<Rejected, number>;
  readonly #facts: Table<{ readonly key: string; readonly value: number }, string>;

  constructor(name: string, indexedDb: IndexedDb) {
    const database = new Dexie(`${name}/outbox`, { ...indexedDb, chromeTransactionDurability: 'strict' });
    database.version(1).stores({ entries: '++n', rejected: 'n', facts: 'key' });
    this.#database = database;
    this.#entries = database.table('entries');
    this.#rejected = database.table('rejected');
    this.#facts = database.table('facts');
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async entries(): Promise<readonly Entry[]> {
    return (await this.#entries.toArray()) as readonly Entry[];
  }

  async enqueue(entry: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number> {
    return this.#entries.put({ ...entry });
  }

  async settle(n: number, rejected?: Rejected): Promise<void> {
    await this.#database.transaction('rw', this.#entries, this.#rejected, async () => {
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
}
