import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Entry, Rejected } from './entry.ts';
import { Generation } from './generation.ts';
import { OutboxDatabase, type IndexedDb } from './outbox-database.ts';
import { sealWith, unsealed, type Sealing } from './sealing.ts';
import type { KeptPage, Storage, Stored, StoredPage } from './storage.ts';
import { isFull } from './storage-trouble.ts';

export type { IndexedDb } from './outbox-database.ts';

export interface DexieStorageOptions {
  readonly indexedDb?: IndexedDb | undefined;
  /** Bytes that the cache may hold, about. */
  readonly budget?: number | undefined;
  /** Encrypts what is kept: see `sealWith`. */
  readonly key?: CryptoKey | undefined;
}

/** 50 MB. What browsers say of their own limits is no use for planning: it is a constant. */
const defaultBudget = 50_000_000;

/** The share of the budget at which what was not used for long is left behind, and the one that is taken along. */
const shares = { full: 0.8, kept: 0.5 };

/** Milliseconds before a database that failed is opened again. */
const breath = 50;

/** Modules are looked at for compaction when so many of their records were kept. */
const compactingAfter = 1000;

/**
 * Two databases: the outbox, and a generation of the cache. One way leads out of a full disk, a broken database and a
 * budget that is used up: begin another generation, and delete the one before it.
 */
export class DexieStorage implements Storage {
  readonly kind = 'indexeddb';
  readonly #name: string;
  readonly #indexedDb: IndexedDb;
  readonly #budget: number;
  readonly #sealing: Sealing;
  #outbox: OutboxDatabase;
  #generation: Generation | undefined;
  #opening: Promise<Generation> | undefined;
  #kept = new Map<string, number>();
  #isClosed = false;

  private constructor(name: string, sealing: Sealing, { indexedDb = {}, budget = defaultBudget }: DexieStorageOptions) {
    this.#name = name;
    this.#indexedDb = indexedDb;
    this.#budget = budget;
    this.#sealing = sealing;
    this.#outbox = new OutboxDatabase(name, indexedDb, sealing);
  }

  static async open(name: string, options: DexieStorageOptions = {}): Promise<DexieStorage> {
    const sealing = options.key ? await sealWith(options.key) : unsealed;
    const storage = new DexieStorage(name, sealing, options);
    await storage.#outbox.open();
    const { number } = await storage.#cache();
    // What a crash between two generations left behind
    if (number > 1)
      void storage
        .#generationOf(number - 1)
        .delete()
        .catch(() => {});
    return storage;
  }

  records(module: string): Promise<readonly AnyRecord[]> {
    return this.#inCache((cache) => cache.records(module));
  }

  page(key: string): Promise<StoredPage | undefined> {
    return this.#inCache((cache) => cache.page(key));
  }

  async keep(records: readonly Stored[], page?: KeptPage): Promise<void> {
    await this.#inCache((cache) => cache.keep(records, page));
    await this.#tidy(records);
  }

  outbox(): Promise<readonly Entry[]> {
    return this.#inOutbox((outbox) => outbox.entries());
  }

  enqueue(entry: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number> {
    return this.#inOutbox((outbox) => outbox.enqueue(entry));
  }

  settle(n: number, rejected?: Rejected): Promise<void> {
    return this.#inOutbox((outbox) => outbox.settle(n, rejected));
  }

  rejected(): Promise<readonly Rejected[]> {
    return this.#inOutbox((outbox) => outbox.rejected());
  }

  discard(n: number): Promise<void> {
    return this.#inOutbox((outbox) => outbox.discard(n));
  }

  async wipe(): Promise<void> {
    const cache = await this.#cache().catch(() => this.#generationOf(1));
    this.#isClosed = true;
    await this.#outbox.delete();
    await cache.delete();
  }

  close(): void {
    this.#isClosed = true;
    this.#outbox.close();
    this.#generation?.close();
  }

  /** Reads and writes what can be had again: a database that fails is opened anew, then left for another one. */
  async #inCache<T>(work: (cache: Generation) => Promise<T>): Promise<T> {
    const cache = await this.#cache();
    try {
      return await work(cache);
    } catch (cause) {
      if (this.#isClosed) throw cause;
      if (isFull(cause)) return this.#inNext(cache, work);
      this.#leave(cache);
      await this.#breath(cause);
      const again = await this.#cache();
      return work(again).catch(() => this.#inNext(again, work));
    }
  }

  /** In the generation after this one, where nothing is yet. */
  async #inNext<T>(cache: Generation, work: (cache: Generation) => Promise<T>): Promise<T> {
    await this.#outbox.leaveGeneration(cache.number);
    this.#leave(cache);
    await cache.delete().catch(() => {});
    return work(await this.#cache());
  }

  /** What must not be lost: when there is no room, that of the cache is given up for it. */
  async #inOutbox<T>(work: (outbox: OutboxDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(this.#outbox);
    } catch (cause) {
      if (this.#isClosed) throw cause;
      if (isFull(cause)) await this.#makeRoom();
      else await this.#breath(cause).then(() => this.#reopen());
      return work(this.#outbox);
    }
  }

  /** Whoever deletes a database, as a tab that signs out, is not stopped by its being opened again. */
  async #breath(cause: unknown): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, breath));
    if (this.#isClosed) throw cause;
  }

  async #makeRoom(): Promise<void> {
    const cache = await this.#cache();
    this.#leave(cache);
    await cache.delete();
  }

  async #reopen(): Promise<void> {
    this.#outbox.close();
    this.#outbox = new OutboxDatabase(this.#name, this.#indexedDb, this.#sealing);
    await this.#outbox.open();
  }

  #cache(): Promise<Generation> {
    if (this.#isClosed) return Promise.reject(new Error('The storage is closed.'));
    this.#opening ??= this.#open().catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  async #open(): Promise<Generation> {
    const generation = this.#generationOf(await this.#outbox.generation());
    generation.onDeleted(() => this.#leave(generation));
    await generation.open();
    this.#generation = generation;
    return generation;
  }

  #generationOf(number: number): Generation {
    return new Generation({ name: this.#name, number, indexedDb: this.#indexedDb, sealing: this.#sealing });
  }

  #leave(generation: Generation): void {
    generation.close();
    if (this.#generation !== generation) return;
    this.#generation = undefined;
    this.#opening = undefined;
  }

  async #tidy(records: readonly Stored[]): Promise<void> {
    const cache = await this.#cache();
    if ((await cache.bytes()) > this.#budget * shares.full) return this.#rotate(cache);
    for (const { module } of records) this.#kept.set(module, (this.#kept.get(module) ?? 0) + 1);
    for (const [module, count] of this.#kept) {
      if (count < compactingAfter) continue;
      this.#kept.delete(module);
      await cache.compact(module);
    }
  }

  /** Goes on in another generation with what was used last, and what changes wait for. */
  async #rotate(cache: Generation): Promise<void> {
    const next = this.#generationOf(cache.number + 1);
    await next.open();
    const waiting = (await this.#outbox.entries()).flatMap(({ patches }) => patches);
    const names = waiting.map(({ module, id }) => [module, id] as const);
    await next.takeOver(cache, names, this.#budget * shares.kept);
    next.close();
    await this.#outbox.leaveGeneration(cache.number);
    this.#leave(cache);
    await cache.delete();
  }
}
