import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { backOff } from './asking.ts';
import type { Assembled } from './assemble.ts';
import type { LocalRecords } from './local-records.ts';
import { isOther, linkedIn, pinKey, type Linked } from './pin.ts';
import type { Asked } from './server-side.ts';
import type { Storage, StoredPage } from './storage.ts';
import { judge } from './views/judge.ts';
import type { Changes, Watchers } from './watchers.ts';

/** `loading` as long as not all of them are here, `full` where the device has no room for them. */
export type Pinned = 'loading' | 'whole' | 'full';

export interface PinningOptions {
  readonly sets: readonly Asked[];
  readonly door: SyncDoor;
  readonly records: LocalRecords;
  readonly watchers: Watchers;
  readonly parts: Pick<Assembled, 'keeping' | 'leadership' | 'server' | 'feed'>;
  readonly storage: () => Storage;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told how far it is; null when nothing is pinned any more. */
  readonly pinned: (pinned: Pinned | null) => void;
}

interface PinnedSet extends Asked {
  readonly key: string;
  /** Records whose change may bring others into the set that did not change themselves. */
  readonly linked: ReadonlyMap<string, Linked>;
}

/** Milliseconds after which a tab that leaves the work to another one looks how far that is. */
const patience = 5_000;

/** Milliseconds in which several reasons to look become one. */
const collecting = 100;

/** Milliseconds before a set is fetched anew: twice as long each time, for sets that do not come to rest. */
const rest = { first: 1_000, longest: 60_000 };

/** Pages of a set that may come before the first of them is written. */
const writtenTogether = 4;

/** What is kept of a set that is to be fetched from its beginning. */
const nothingYet: StoredPage = { ids: [], next: '', asOf: 0, aclSeq: -1 };

/**
 * Fetches sets of records before anybody looks at them. From then on all that changes in their modules is fetched, so
 * that what enters a set is here; a set is fetched anew where its own records do not tell what enters it.
 */
export class Pinning {
  readonly #options: PinningOptions;
  readonly #sets: readonly PinnedSet[];
  /** Those of which other records belong to them since. */
  readonly #outdated = new Set<PinnedSet>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  #isAsked = false;
  #isFull = false;
  /** For another tab, which fetches what this one would. */
  #isWaiting = false;
  #failures = 0;
  #rest = rest.first;

  constructor(options: PinningOptions) {
    this.#options = options;
    const { records, watchers, parts, signal } = options;
    const sets = options.sets.map((set) => ({ ...set, key: pinKey(set.plan), linked: linkedIn(set.plan) }));
    // what others look at comes first, so that its coming does not outdate them
    this.#sets = sets.toSorted((a, b) => a.linked.size - b.linked.size);
    const modules = [...new Set(this.#sets.flatMap(({ plan, linked }) => [plan.module.key, ...linked.keys()]))];
    records.truth.follow(modules);
    const leave = [
      watchers.add({ of: modules, look: (changes) => this.#look(changes), heard: () => this.#in(collecting) }),
      parts.feed.want(),
      () => clearTimeout(this.#timer),
    ];
    signal.addEventListener('abort', () => leave.forEach((one) => one()), { once: true });
    this.#in(0);
  }

  #in(milliseconds: number): void {
    if (this.#options.signal.aborted) return;
    if (this.#isRunning) return void (this.#isAsked = true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), milliseconds);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#isAsked = false;
    let next: number | undefined;
    try {
      next = await this.#fetchAll();
      this.#failures = 0;
    } catch {
      next = backOff(++this.#failures);
    }
    this.#isRunning = false;
    if (this.#isAsked) next ??= collecting;
    if (next !== undefined) this.#in(next);
  }

  /** @returns Milliseconds after which to look again; undefined when nothing is left to do. */
  async #fetchAll(): Promise<number | undefined> {
    const { parts, pinned, signal } = this.#options;
    for (const set of this.#sets) {
      if (this.#isFull) {
        pinned('full');
        return undefined;
      }
      if (await this.#isWhole(set)) continue;
      pinned('loading');
      this.#isWaiting = !parts.leadership.isLeader;
      if (this.#isWaiting || !parts.server.isOnline) return patience;
      await this.#fetch(set);
      if (signal.aborted) return undefined;
      if (!(await this.#isWhole(set))) return this.#outdated.has(set) ? this.#breather() : 0;
    }
    this.#isWaiting = false;
    pinned('whole');
    return undefined;
  }

  async #isWhole({ key }: PinnedSet): Promise<boolean> {
    const { storage, records, parts } = this.#options;
    await parts.keeping.now();
    const stored = await storage().page(key);
    return stored?.next === null && (stored.aclSeq ?? -1) >= records.truth.standing.aclSeq;
  }

  /** Fetches the rest of a set, until it is whole, or its beginning is outdated. */
  async #fetch(set: PinnedSet): Promise<void> {
    const { door, records, parts, storage, signal } = this.#options;
    const { key, query } = set;
    const module = set.plan.module.key;
    const stored = (await storage().page(key)) ?? nothingYet;
    const isPresent = (stored.aclSeq ?? -1) >= records.truth.standing.aclSeq;
    const { generation } = parts.keeping;
    this.#outdated.delete(set);
    let count = 0;
    let writing = Promise.resolve();
    let aclSeq = isPresent ? stored.aclSeq : undefined;
    const after = isPresent ? stored.next || undefined : undefined;
    const pages = door.bulk(module, query, { after, signal })[Symbol.asyncIterator]();
    for (let page = await parts.server.reach(pages.next()); !page.done; page = await parts.server.reach(pages.next())) {
      const { next, asOf } = page.value;
      const isRefused = !records.truth.take(replyOf(module, page.value));
      if (isRefused || this.#outdated.has(set) || parts.keeping.generation !== generation) break;
      parts.keeping.page({ key, module, page: { ids: [], next, asOf, aclSeq: (aclSeq ??= page.value.aclSeq) } });
      if (++count % writtenTogether > 0) continue;
      // meanwhile the next ones come
      await writing;
      if (this.#isFull) break;
      writing = this.#write();
    }
    await pages.return?.();
    await writing;
  }

  async #write(): Promise<void> {
    const { parts, storage } = this.#options;
    await parts.keeping.now();
    this.#isFull = (await storage().room()) <= 0;
  }

  #look(changes: Changes): void {
    this.#noteOutdated(changes);
    if (this.#isWaiting) this.#in(collecting);
  }

  #noteOutdated(changes: Changes): void {
    const { records, parts } = this.#options;
    const { shown } = records;
    const brings = (module: string, { fields, filters }: Linked): boolean =>
      [...(changes.get(module) ?? [])].some(([id, { before, at }]) => {
        const now = shown.getAny(module, id);
        // what was only brought from storage is no news
        if (at === 0 || !isOther(fields, before, now)) return false;
        if (before) return true;
        return now !== undefined && filters.some((one) => judge(shown.registry.get(module), now, one, shown) !== false);
      });
    for (const set of this.#sets) {
      if (![...set.linked].some(([module, linked]) => brings(module, linked))) continue;
      this.#outdated.add(set);
      // with the change, so that it is known after a crash
      parts.keeping.page({ key: set.key, module: set.plan.module.key, page: nothingYet });
      this.#in(this.#breather());
    }
  }

  #breather(): number {
    const now = this.#rest;
    this.#rest = Math.min(rest.longest, 2 * now);
    return now;
  }
}

const replyOf = (module: string, { asOf, aclSeq, records }: SyncPage) => ({
  asOf,
  aclSeq,
  rows: records.map((record) => ({ module, record: record as AnyRecord })),
  gone: [],
});
