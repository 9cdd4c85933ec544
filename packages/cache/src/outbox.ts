import type { Change } from '@tessera-crm/model/change.js';
import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Applied, Store } from '@tessera-crm/model/store.js';
import type { Entry, Patch, Rejected } from './entry.ts';
import { Leadership } from './leadership.ts';
import type { LocalRecords } from './local-records.ts';
import { Pusher } from './pusher.ts';
import type { Storage, Stored } from './storage.ts';
import type { TabMessage } from './tabs.ts';

export interface OutboxOptions {
  readonly name: string;
  readonly remote: Store;
  readonly locks: LockManager | null | undefined;
  readonly storage: () => Storage;
  /** The storage fails: from now on another one holds these entries. */
  readonly lost: (cause: unknown, entries: readonly Entry[]) => Storage;
  readonly records: LocalRecords;
  readonly tell: (message: TabMessage) => void;
  /** Records that came from the server are to be kept. */
  readonly keep: (records: readonly Stored[]) => Promise<void>;
  readonly reached: (isOnline: boolean) => void;
  /** How many entries wait, and one that was refused. */
  readonly changed: (pending: number, rejected?: Rejected) => void;
}

type Draft = Omit<Entry, 'n'>;

/** What waits to be sent, in the order of all tabs, and its way to the server. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #leadership: Leadership;
  readonly #pusher: Pusher;
  #entries: readonly Entry[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pusher = new Pusher({
      remote: options.remote,
      first: () => this.#entries[0],
      mayPush: () => this.#leadership.isLeader,
      committed: (entry, results) => this.#committed(entry, results),
      rejected: (entry, error) => this.#rejected(entry, error),
      reached: options.reached,
    });
    this.#leadership = new Leadership(`${options.name}/leader`, options.locks, () => void this.reload());
  }

  get size(): number {
    return this.#entries.length;
  }

  get waiting(): readonly Entry[] {
    return this.#entries;
  }

  /** Whether an entry changes this record. */
  concerns(module: string, id: string): boolean {
    return this.#entries.some(({ changes }) => changes.some((change) => change.module === module && change.id === id));
  }

  /** Reads the queue as it is stored now: at the beginning, as a new leader, after another tab wrote. */
  async reload(): Promise<void> {
    const { storage, lost } = this.#options;
    const stored = storage().outbox();
    this.#take(await stored.catch((cause: unknown) => lost(cause, this.#entries).outbox()));
    this.#options.records.restore(this.#entries);
    this.#pusher.soon();
  }

  /** Stores changes for good before anybody hears that they were made. */
  async add(key: string, changes: readonly Change[], patches: readonly Patch[]): Promise<void> {
    const { storage, tell, lost, records } = this.#options;
    const at = new Date().toISOString();
    const draft = { key, at, changes, patches, onPending: this.#onPending(changes) };
    const before = this.#entries;
    const added = await this.#store([draft], storage()).catch((cause: unknown) => {
      // On their way to other numbers they are in neither place
      if (this.#entries.length === 0) this.#entries = before;
      return this.#store([draft], lost(cause, this.#entries));
    });
    this.#take([...this.#entries, ...added]);
    records.overlay(key, patches);
    tell({ type: 'queued' });
    this.#pusher.soon();
  }

  /** Sends everything if this tab may, else asks the tab that may. @returns Whether nothing waits any more. */
  async flush(): Promise<boolean> {
    if (this.#entries.length === 0) return true;
    if (this.#leadership.isLeader) await this.#pusher.push();
    else await this.#leaderPushes();
    return this.#entries.length === 0;
  }

  /** The server may be reachable again. */
  retry(): void {
    void this.#pusher.push();
  }

  /** Another tab brought an entry to its end. */
  forget(key: string): void {
    this.#take(this.#entries.filter((entry) => entry.key !== key));
    this.#options.records.overlay(key, undefined);
  }

  stop(): void {
    this.#pusher.stop();
    this.#leadership.resign();
  }

  /** Numbers only grow: one that is taken already means that the site's data was cleared under this page. */
  async #store(drafts: readonly Draft[], storage: Storage): Promise<readonly Entry[]> {
    const stored: Entry[] = [];
    for (const draft of drafts) {
      const n = await storage.enqueue(draft);
      stored.push({ ...draft, n });
      if (!this.#entries.some((entry) => entry.n >= n)) continue;
      await storage.settle(n);
      const earlier = this.#entries.map(({ n: _n, ...entry }) => entry);
      this.#entries = [];
      return this.#store([...earlier, ...drafts], storage);
    }
    return stored;
  }

  #take(entries: readonly Entry[]): void {
    this.#entries = entries.toSorted((a, b) => a.n - b.n);
    this.#options.changed(this.#entries.length);
  }

  #onPending(changes: readonly Change[]): readonly number[] {
    const { records } = this.#options;
    return changes.flatMap((change, place) =>
      'base' in change && (change.base ?? 0) > records.baseVersion(change.module, change.id) ? [place] : [],
    );
  }

  async #committed(entry: Entry, results: readonly Applied[]): Promise<void> {
    const { storage, records, keep, tell } = this.#options;
    const given = [...this.#given(results), ...(await this.#others(entry, results))];
    await this.#rebase(given);
    await storage().settle(entry.n);
    const news = records.absorb(given);
    this.forget(entry.key);
    await keep(news);
    tell({ type: 'settled', key: entry.key, records: given });
  }

  #given(results: readonly Applied[]): readonly Stored[] {
    const last = new Map(
      results.flatMap((result) => (result.ok ? [[`${result.module}|${result.id}`, result] as const] : [])),
    );
    return [...last.values()].map(({ module, id, record }) => ({ module, id, record: record as Stored['record'] }));
  }

  /** What else was expected to change is asked for, so that it does not fall back to what it was. */
  async #others({ patches }: Entry, results: readonly Applied[]): Promise<readonly Stored[]> {
    const answered = new Set(results.map(({ module, id }) => `${module}|${id}`));
    const others = new Map(patches.map((patch) => [`${patch.module}|${patch.id}`, patch]));
    const asked = [...others].filter(([key]) => !answered.has(key)).map(([, patch]) => this.#ask(patch));
    return (await Promise.all(asked)).flat();
  }

  async #ask({ module, id }: Patch): Promise<readonly Stored[]> {
    try {
      const record: unknown = await this.#options.remote.get(module, id);
      return [{ module, id, record: record as Stored['record'] }];
    } catch (error) {
      return (error as CrmError).code === 'not-found' ? [{ module, id, record: null }] : [];
    }
  }

  /** Entries that were made on this one now have a version of the server to be made on. */
  async #rebase(given: readonly Stored[]): Promise<void> {
    const versions = new Map(given.map(({ module, id, record }) => [`${module}|${id}`, record?.version]));
    for (const entry of this.#entries.slice(1)) {
      if (entry.onPending.length === 0) continue;
      const changes = entry.changes.map((change, place) => {
        const base = entry.onPending.includes(place) ? versions.get(`${change.module}|${change.id}`) : undefined;
        return base === undefined ? change : { ...change, base };
      });
      const rebased = { ...entry, changes };
      await this.#options.storage().enqueue(rebased);
      this.#entries = this.#entries.map((one) => (one.n === entry.n ? rebased : one));
    }
  }

  async #rejected(entry: Entry, { code, message, facts }: CrmError): Promise<void> {
    const rejected: Rejected = { ...entry, error: { code, message, facts } };
    await this.#options.storage().settle(entry.n, rejected);
    this.forget(entry.key);
    this.#options.changed(this.#entries.length, rejected);
    this.#options.tell({ type: 'settled', key: entry.key, records: [], rejected });
  }

  /** Milliseconds that the other tab may take. */
  async #leaderPushes(): Promise<void> {
    this.#options.tell({ type: 'push' });
    const end = performance.now() + 3_000;
    while (this.#entries.length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
