import { inTime } from './at-most.ts';
import type { IndexedDb } from './database.ts';
import type { WipeOptions } from './delete-cache.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { EntryFormat, type Upcaster } from './entry-format.ts';
import { epoch as ownEpoch } from './epoch.ts';
import { Generation } from './generation.ts';
import { IdleWork, type WhenIdle } from './idle-work.ts';
import { LastingOutbox, reopening } from './lasting-outbox.ts';
import { OpenWork } from './open-work.ts';
import { forgettable, sealWith, unsealed, type Forgettable, type Sealing } from './sealing.ts';
import type { Commit, Kept, Left, Others, Position, Queue, Settling, Storage, StoredPage, Turn } from './storage.ts';
import { isFull, isHeldUp } from './storage-trouble.ts';

export type { IndexedDb } from './database.ts';

export interface IndexedDbStorageOptions {
  readonly indexedDb?: IndexedDb | undefined;
  /** Bytes that the cache may hold, about. */
  readonly budget?: number | undefined;
  /** Encrypts what is kept: see `sealWith`. */
  readonly key?: CryptoKey | undefined;
  /** This version's unless given, as are the upcasters: others only stand for another version. */
  readonly epoch?: number;
  readonly upcasters?: readonly Upcaster[];
  /** When there is time to tidy up; when the browser says so unless given. */
  readonly whenIdle?: WhenIdle | undefined;
}

/** 50 MB. What browsers say of their own limits is no use for planning: it is a constant. */
const defaultBudget = 50_000_000;

/** The share of the budget at which what was not used for long is left behind, and the one that is taken along. */
const shares = { full: 0.8, kept: 0.5 };

/**
 * Two databases: the outbox, and a generation of the cache. One way leads out of a full disk, a broken database and a
 * budget that is used up: begin another generation, and delete the one before it.
 */
export class IndexedDbStorage implements Storage {
  readonly kind = 'indexeddb';
  readonly #name: string;
  readonly #generationOf: (number: number) => Generation;
  readonly #indexedDb: IndexedDb;
  readonly #budget: number;
  readonly #sealing: Forgettable;
  readonly #idle: IdleWork;
  /** What is done with the generation. */
  readonly #work = new OpenWork();
  readonly #outbox: LastingOutbox;
  #generation: Generation | undefined;
  #opening: Promise<Generation> | undefined;
  #moving: Promise<unknown> = Promise.resolve();
  /** How many records of each module were kept since it was last looked at; none before the first look. */
  #kept: Map<string, number> | undefined;
  #isClosed = false;

  private constructor(name: string, sealing: Sealing, options: IndexedDbStorageOptions) {
    const { indexedDb = {}, budget = defaultBudget, whenIdle, epoch = ownEpoch } = options;
    this.#name = name;
    this.#indexedDb = indexedDb;
    this.#budget = budget;
    this.#sealing = forgettable(sealing);
    this.#idle = new IdleWork(() => this.#tidy(), whenIdle);
    const format = new EntryFormat(options.upcasters);
    const outbox = { name, epoch, indexedDb, sealing: this.#sealing, format };
    this.#outbox = new LastingOutbox({ ...outbox, makeRoom: () => this.#makeRoom() });
    this.#generationOf = (number) =>
      new Generation({ name: `${name}/cache-${epoch}`, number, indexedDb, sealing: this.#sealing });
  }

  static async open(name: string, options: IndexedDbStorageOptions = {}): Promise<IndexedDbStorage> {
    const sealing = options.key ? await sealWith(options.key) : unsealed;
    const storage = new IndexedDbStorage(name, sealing, options);
    await storage.#outbox.open();
    const number = await storage.#inCache(async (cache) => cache.number);
    // what a crash between two generations left behind
    if (number > 1) void storage.#delete(number - 1);
    storage.#idle.soon();
    return storage;
  }

  position(): Promise<Position> {
    return this.#inCache((cache) => cache.position());
  }

  since(at: Turn): Promise<Others | null> {
    return this.#inCache((cache) => cache.since(at));
  }

  async commit(commit: Commit): Promise<Position | null> {
    const position = await this.#inCache((cache) => cache.commit(commit));
    if (position) for (const { module } of commit.rows) this.#kept?.set(module, (this.#kept.get(module) ?? 0) + 1);
    this.#idle.soon();
    return position;
  }

  records(module: string): Promise<readonly Kept[]> {
    return this.#inCache((cache) => cache.records(module));
  }

  some(module: string, ids: readonly string[]): Promise<readonly Kept[]> {
    return this.#inCache((cache) => cache.some(module, ids));
  }

  page(key: string): Promise<StoredPage | undefined> {
    return this.#inCache((cache) => cache.page(key));
  }

  async beginAnew(at: Turn): Promise<Position> {
    return this.#inCache(async (cache) =>
      cache.number === at.generation ? (await this.#next(cache)).position() : cache.position(),
    );
  }

  outbox(): Promise<Queue> {
    return this.#outbox.run((outbox) => outbox.queue());
  }

  enqueue(draft: Draft, origin?: string): Promise<Entry | null> {
    return this.#outbox.run((outbox) => outbox.enqueue(draft, origin));
  }

  takeUp(left: Left): Promise<void> {
    return this.#outbox.run((outbox) => outbox.takeUp(left));
  }

  settle(client: string, settling: Settling): Promise<void> {
    return this.#outbox.run((outbox) => outbox.settle(client, settling));
  }

  renameClient(client: string): Promise<void> {
    return this.#outbox.run((outbox) => outbox.renameClient(client));
  }

  rejected(): Promise<readonly Rejected[]> {
    return this.#outbox.run((outbox) => outbox.rejected());
  }

  discard(n: number): Promise<void> {
    return this.#outbox.run((outbox) => outbox.discard(n));
  }

  room(): Promise<number> {
    return this.#inCache(async (cache) => this.#budget * shares.full - (await cache.bytes()));
  }

  /** Does at once what otherwise is done when the page is idle. It may fail, and nobody hears of it. */
  tidy(): Promise<void> {
    return this.#idle.now();
  }

  async wipe(options?: WipeOptions): Promise<void> {
    this.#sealing.forget();
    this.close();
    await this.#idle.stop();
    const { deleteCache } = await import('./delete-cache.ts');
    await deleteCache(this.#name, { ...options, indexedDb: this.#indexedDb });
  }

  close(): void {
    this.#isClosed = true;
    void this.#idle.stop();
    this.#outbox.close();
    this.#generation?.close();
  }

  /** Reads and writes what can be had again: a database that fails is opened anew, then left for another one. */
  async #inCache<T>(work: (cache: Generation) => Promise<T>): Promise<T> {
    let cache: Generation | undefined;
    try {
      cache = await this.#cache();
      return await this.#work.do(work(cache));
    } catch (cause) {
      if (this.#isClosed) throw cause;
      const failed = cache ?? this.#generationOf(await this.#number());
      if (isFull(cause) || isHeldUp(cause)) return work(await this.#next(failed));
      this.#leave(failed);
      await new Promise((resolve) => setTimeout(resolve, reopening.breath));
      // whoever deletes a database, as a tab that signs out, is not stopped by its being opened again
      if (this.#isClosed) throw cause;
      return this.#inCacheAgain(work);
    }
  }

  async #inCacheAgain<T>(work: (cache: Generation) => Promise<T>): Promise<T> {
    let cache: Generation | undefined;
    try {
      cache = await this.#cache();
      return await this.#work.do(work(cache));
    } catch {
      return work(await this.#next(cache ?? this.#generationOf(await this.#number())));
    }
  }

  /** The generation after this one, where nothing is yet; a later one if another tab, or call, left this one before. */
  #next(cache: Generation): Promise<Generation> {
    const moved = this.#moving.then(async () => {
      if ((await this.#number()) === cache.number) await this.#delete(cache.number + 1);
      await this.#abandon(cache);
      return this.#cache();
    });
    this.#moving = moved.catch(() => {});
    return moved;
  }

  async #abandon(cache: Generation): Promise<void> {
    await this.#outbox.run((outbox) => outbox.leaveGeneration(cache.number));
    this.#leave(cache);
    await this.#delete(cache.number);
  }

  async #makeRoom(): Promise<void> {
    const cache = await this.#cache();
    this.#leave(cache);
    await this.#delete(cache.number);
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
    const generation = this.#generationOf(await this.#number());
    generation.onDeleted(() => this.#leave(generation));
    await inTime(reopening.patience, generation.open()).catch((cause: unknown) => {
      generation.close();
      throw cause;
    });
    // another tab left it meanwhile
    if ((await this.#number()) !== generation.number) {
      generation.close();
      await this.#delete(generation.number);
      return this.#open();
    }
    this.#generation = generation;
    return generation;
  }

  #number(): Promise<number> {
    return this.#outbox.run((outbox) => outbox.generation());
  }

  #leave(generation: Generation): void {
    generation.close();
    if (this.#generation !== generation) return;
    this.#generation = undefined;
    this.#opening = undefined;
    this.#work.end(new Error('This generation was left.'));
  }

  #delete(number: number): Promise<void> {
    const generation = this.#generationOf(number);
    return generation.delete().catch(() => {});
  }

  async #tidy(): Promise<void> {
    const cache = await this.#cache();
    if ((await cache.bytes()) > this.#budget * shares.full) return this.#rotate(cache);
    this.#kept ??= new Map((await cache.position()).modules.map((module) => [module, 0]));
    for (const [module, count] of this.#kept) {
      if (!(await cache.mayBeLoose(module, count))) continue;
      this.#kept.delete(module);
      await cache.compact(module);
    }
  }

  /** Goes on in another generation with what was used last, and what changes wait for. */
  async #rotate(cache: Generation): Promise<void> {
    if ((await this.#number()) !== cache.number) return;
    await this.#delete(cache.number + 1);
    const next = this.#generationOf(cache.number + 1);
    try {
      await next.open();
      const { takeOver } = await import('./take-over.ts');
      const { entries } = await this.outbox();
      if (!(await takeOver({ from: cache, to: next, waiting: entries, room: this.#budget * shares.kept }))) return;
    } finally {
      next.close();
    }
    await this.#abandon(cache);
  }
}
