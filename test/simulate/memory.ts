import {
  unread,
  type Held,
  type Known,
  type Standing,
  type Step,
  type SyncClient,
} from '@tessera-crm/model/protocol/sync/client.js';
import { RecentBatches } from '@tessera-crm/model/protocol/sync/recent-batches.js';
import { newCache, type Cache, type Disk, type Kept } from './device.ts';
import { moduleOf, modules, type Note } from './server.ts';

export interface MemoryOptions {
  readonly disk: Disk;
  readonly sync: SyncClient;
  /** Hears what must never be. */
  readonly complain: (text: string) => void;
}

export const idOf = (key: string): string => key.slice(key.indexOf('|') + 1);

/** What a tab knows: its own, written to the disk now and then, where it meets what other tabs wrote. */
export class Memory {
  readonly recent = new RecentBatches(4);
  readonly kept = new Map<string, Kept>();
  standing: Standing;
  /** Whether it has read what an earlier visit left. */
  isLoaded = false;
  readonly #options: MemoryOptions;
  /** What it knows of what is kept: the generation, and how often that was written. */
  #at: { cache: Cache; turn: number };
  /** What is not on the disk as it is here. */
  readonly #dirty = new Set<string>();
  /** Of which anything is, or was, held. */
  readonly #modules = new Set<string>();

  constructor(options: MemoryOptions) {
    this.#options = options;
    const { cache } = options.disk;
    this.#at = { cache, turn: cache.turn };
    this.standing = cache.standing;
  }

  held(key: string): Held | undefined {
    return this.kept.get(key)?.held;
  }

  known(): Known {
    const none: Held | undefined = this.isLoaded ? undefined : unread;
    const kept = this.isLoaded ? [] : this.#options.disk.cache.kept.keys();
    const modules = new Set([...this.#modules, ...[...kept].map((key) => moduleOf(idOf(key)))]);
    return { standing: this.standing, held: (key) => this.held(key) ?? none, modules };
  }

  /** Reads what is kept. */
  load(): void {
    if (this.isLoaded) return;
    this.#join(this.#options.disk.cache);
    this.isLoaded = true;
    for (const module of modules) this.do((known) => this.#options.sync.read(known, module));
  }

  /** Learns what other tabs kept. */
  catchUp(): void {
    const { cache } = this.#options.disk;
    if (cache.turn > 0 && (cache !== this.#at.cache || cache.turn !== this.#at.turn)) {
      this.#join(cache);
      this.#at = { cache, turn: cache.turn };
    }
  }

  /** Writes what is not on the disk. */
  keep(): void {
    const { disk } = this.#options;
    for (;;) {
      const rows = new Map([...this.#dirty].flatMap((key) => (this.kept.has(key) ? [[key, this.kept.get(key)!]] : [])));
      if (disk.commit(this.#at, this.standing, rows)) break;
      this.catchUp();
    }
    this.#at = { cache: disk.cache, turn: disk.cache.turn };
    this.#dirty.clear();
  }

  /** Another tab, or this one, began another generation: everything is read anew. */
  begin(): void {
    const { disk, sync } = this.#options;
    if (disk.cache === this.#at.cache) disk.cache = newCache();
    this.standing = sync.reset(this.known()).standing;
    for (const known of [this.kept, this.#dirty, this.recent]) known.clear();
    this.#at = { cache: newCache(), turn: 0 };
    this.isLoaded = false;
    this.load();
  }

  /** A proof reached further than it did: it has to be kept. */
  prove(key: string, aclSeq: number): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    this.kept.set(key, { ...kept, held: { ...kept.held, aclSeq: Math.max(kept.held.aclSeq, aclSeq) } });
    this.#dirty.add(key);
  }

  #join({ standing, kept }: Cache): void {
    const rows = [...kept].map(([key, { held, note }]) => ({
      module: moduleOf(idOf(key)),
      id: idOf(key),
      held,
      record: note,
    }));
    this.do((known) => {
      // what is not read yet is no reason to take nothing of it
      const step = this.#options.sync.joined({ ...known, held: (key) => this.kept.get(key)?.held }, { standing, rows });
      for (const key of step.ahead) this.#dirty.add(key);
      return step;
    }, true);
  }

  do(work: (known: Known) => Step, isKept = false): void {
    const step = work(this.known());
    this.#watch(step);
    for (const { key, held, record } of step.put) this.kept.set(key, { held, note: record as Note });
    for (const { key, held } of step.drop) this.kept.set(key, { held, note: null });
    for (const { key } of [...step.put, ...step.drop]) this.#modules.add(moduleOf(idOf(key)));
    if (!isKept) for (const { key } of [...step.put, ...step.drop]) this.#dirty.add(key);
    this.standing = step.standing;
    if (step.rewinds) this.#hearAgain();
  }

  #hearAgain(): void {
    for (const batch of this.recent.after(this.standing.cursor ?? Infinity, this.known().modules))
      this.do((known) => this.#options.sync.heard(known, batch));
  }

  /** What is shown never goes back. */
  #watch({ put, drop }: Step): void {
    for (const { key, held } of put) {
      const before = this.kept.get(key)?.held;
      if (before && !before.isGone && before.version > held.version) this.#options.complain(`${key} went back`);
    }
    for (const { key, held } of drop) {
      const before = this.kept.get(key)?.held;
      if (before && before.asOf > held.asOf) this.#options.complain(`${key} went away by an older reply`);
    }
  }
}
