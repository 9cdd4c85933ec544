import type { IndexedDb } from './database.ts';
import type { WipeOptions } from './delete-cache.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { EntryFormat, type Upcaster } from './entry-format.ts';
import { epoch as ownEpoch } from './epoch.ts';
import { Generation } from './generation.ts';
import { Generations } from './generations.ts';
import { IdleWork, type WhenIdle } from './idle-work.ts';
import { LastingOutbox } from './lasting-outbox.ts';
import { forgettable, sealWith, unsealed, type Forgettable, type Sealing } from './sealing.ts';
import type {
  Commit,
  Kept,
  Left,
  Others,
  Position,
  Queue,
  Settling,
  Storage,
  StoredPage,
  Turn,
  Unsent,
} from './storage.ts';

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
  /** Aborted to give it up; then whoever opens it may never hear of it. */
  readonly signal?: AbortSignal;
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
  readonly #indexedDb: IndexedDb;
  readonly #budget: number;
  readonly #sealing: Forgettable;
  readonly #idle: IdleWork;
  readonly #outbox: LastingOutbox;
  readonly #generations: Generations;
  /** How many records of each module were kept since it was last looked at; none before the first look. */
  #kept: Map<string, number> | undefined;

  private constructor(name: string, sealing: Sealing, options: IndexedDbStorageOptions) {
    const { indexedDb = {}, budget = defaultBudget, whenIdle, epoch = ownEpoch } = options;
    this.#name = name;
    this.#indexedDb = indexedDb;
    this.#budget = budget;
    this.#sealing = forgettable(sealing);
    this.#idle = new IdleWork(() => this.#tidy(), whenIdle);
    const format = new EntryFormat(options.upcasters);
    const outbox = { name, epoch, indexedDb, sealing: this.#sealing, format };
    this.#outbox = new LastingOutbox({ ...outbox, makeRoom: () => this.#generations.makeRoom() });
    const generation = { name: `${name}/cache-${epoch}`, indexedDb, sealing: this.#sealing };
    this.#generations = new Generations({
      outbox: this.#outbox,
      generationOf: (number) => new Generation({ ...generation, number }),
    });
  }

  /** Resolves when the outbox is open; the generation is opened meanwhile. */
  static async open(name: string, options: IndexedDbStorageOptions = {}): Promise<IndexedDbStorage> {
    const sealing = options.key ? await sealWith(options.key) : unsealed;
    options.signal?.throwIfAborted();
    const storage = new IndexedDbStorage(name, sealing, options);
    options.signal?.addEventListener('abort', () => storage.close(), { once: true });
    await storage.#outbox.open();
    storage.#generations.tidy().catch(() => {});
    storage.#idle.soon();
    return storage;
  }

  position(): Promise<Position> {
    return this.#generations.run((cache) => cache.position());
  }

  since(at: Turn): Promise<Others | null> {
    return this.#generations.run((cache) => cache.since(at));
  }

  async commit(commit: Commit): Promise<Position | null> {
    const position = await this.#generations.run((cache) => cache.commit(commit));
    if (position) for (const { module } of commit.rows) this.#kept?.set(module, (this.#kept.get(module) ?? 0) + 1);
    this.#idle.soon();
    return position;
  }

  records(module: string): Promise<readonly Kept[]> {
    return this.#generations.run((cache) => cache.records(module));
  }

  some(module: string, ids: readonly string[]): Promise<readonly Kept[]> {
    return this.#generations.run((cache) => cache.some(module, ids));
  }

  page(key: string): Promise<StoredPage | undefined> {
    return this.#generations.run((cache) => cache.page(key));
  }

  async beginAnew(at: Turn): Promise<Position> {
    return this.#generations.run(async (cache) =>
      cache.number === at.generation ? (await this.#generations.after(cache)).position() : cache.position(),
    );
  }

  unsent(): Promise<Unsent> {
    return this.#outbox.run((outbox) => outbox.unsent());
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
    return this.#generations.run(async (cache) => this.#budget * shares.full - (await cache.bytes()));
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
    void this.#idle.stop();
    this.#outbox.close();
    this.#generations.close();
  }

  async #tidy(): Promise<void> {
    const cache = await this.#generations.current();
    if ((await cache.bytes()) > this.#budget * shares.full) return this.#rotate(cache);
    this.#kept ??= new Map((await cache.position()).modules.map((module) => [module, 0]));
    for (const [module, count] of this.#kept) {
      if (!(await cache.mayBeLoose(module, count))) continue;
      this.#kept.delete(module);
      await cache.compact(module);
    }
  }

  /** Goes on in another generation with what was used last, and what changes wait for. */
  #rotate(cache: Generation): Promise<void> {
    return this.#generations.moveOn(cache, async (next) => {
      const { takeOver } = await import('./take-over.ts');
      const { entries } = await this.outbox();
      return takeOver({ from: cache, to: next, waiting: entries, room: this.#budget * shares.kept });
    });
  }
}
