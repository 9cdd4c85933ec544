import type { Change } from '@tessera-crm/model/change.js';
import { SyncOutgoing } from '@tessera-crm/model/protocol/sync/outgoing.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Draft, Entry, Patch } from './entry.ts';
import type { Errands } from './errands.ts';
import type { Keeping } from './keeping.ts';
import type { Leadership } from './leadership.ts';
import type { LocalRecords } from './local-records.ts';
import { Pusher } from './pusher.ts';
import { refuseIfClosed } from './refuse-if-closed.ts';
import type { Queue, Settling, Storage } from './storage.ts';
import { isHeldUp } from './storage-trouble.ts';
import type { TabMessage } from './tabs.ts';

export interface OutboxOptions {
  readonly door: SyncDoor;
  readonly leadership: Leadership;
  readonly storage: () => Storage;
  /** The storage fails: from now on another one holds the queue, which is told by `adopt`. */
  readonly lost: (cause: unknown) => Promise<Storage>;
  readonly records: LocalRecords;
  readonly keeping: Keeping;
  readonly errands: Errands;
  readonly tell: (message: TabMessage) => void;
  readonly reached: (isOnline: boolean) => void;
  /** Told when what waits, or what was refused, may be other than before. */
  readonly changed: () => void;
  /** Something was refused. */
  readonly refused: () => Promise<void>;
  /** Aborted when the cache closes. */
  readonly signal: AbortSignal;
}

const nothing: Queue = { origin: '', client: '', last: 0, entries: [] };

/** What waits to be sent, in the order of all tabs, and its way to the server. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #outgoing = new SyncOutgoing();
  readonly #pusher: Pusher;
  #queue = nothing;
  /** Keys of entries whose effect is here, and which are on their way out. */
  #through: ReadonlySet<string> = new Set();
  #reviewing: Promise<void> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pusher = new Pusher({
      door: options.door,
      outgoing: this.#outgoing,
      queue: () => this.#queue,
      mayPush: () => this.mayPush,
      settle: (settling, client) => this.#settle(settling, client),
      through: (entries) => this.#layOff(entries),
      reload: () => this.reload(),
      renamed: (client) => this.#rename(client),
      truth: options.records.truth,
      keeping: options.keeping,
      reached: options.reached,
    });
  }

  /** Whether this tab sends; nobody else can send what only this one holds. */
  get mayPush(): boolean {
    const { leadership, storage } = this.#options;
    return leadership.isLeader || storage().kind !== 'indexeddb';
  }

  /** How many changes wait. */
  get size(): number {
    return this.#queue.entries.filter(({ changes }) => changes.length > 0).length;
  }

  /** What the server has not carried out, as far as is known. */
  get waiting(): readonly Entry[] {
    return this.#queue.entries.filter(({ changes, touched }) => changes.length > 0 && !touched);
  }

  get queue(): Queue {
    return this.#queue;
  }

  /** Whether an entry changes this record. */
  concerns(module: string, id: string): boolean {
    return this.#queue.entries.some(({ changes }) =>
      changes.some((change) => change.module === module && change.id === id),
    );
  }

  /** Keys of what the server changed by order of this device and has not told yet: R11. */
  missing(): readonly string[] {
    const { held } = this.#options.records.truth;
    return this.#queue.entries.flatMap((entry) => this.#outgoing.missing(entry, held));
  }

  /** Reads the queue as it is stored now: at the beginning, as a new leader, after another tab wrote. */
  async reload(): Promise<void> {
    const { storage, lost, keeping } = this.#options;
    const queue = await this.#read(storage()).catch(async (cause: unknown) => this.#read(await lost(cause)));
    const before = this.#queue;
    const there = new Set(queue.entries.map(({ key }) => key));
    // what is through is kept before it leaves: it must not leave here before it is known
    if (before.entries.some(({ key }) => !there.has(key))) await keeping.catchUp();
    // something was added meanwhile
    if (this.#queue !== before) return this.reload();
    this.adopt(queue);
    this.#pusher.soon();
  }

  /** Whether what was stored here was deleted since, and something else began. */
  async isReplaced(): Promise<boolean> {
    return (await this.#options.storage().outbox()).origin !== this.#queue.origin;
  }

  /** This is the queue from now on. */
  adopt(queue: Queue): void {
    this.#queue = queue;
    this.#through = new Set(queue.entries.flatMap(({ key }) => (this.#through.has(key) ? key : [])));
    this.#options.records.restore(queue.entries.filter(({ key }) => !this.#through.has(key)));
    this.#options.changed();
  }

  /** Stores changes for good before anybody hears that they were made. */
  async add(key: string, changes: readonly Change[], patches: readonly Patch[]): Promise<void> {
    const { storage, tell, records } = this.#options;
    const draft: Draft = {
      key,
      at: new Date().toISOString(),
      changes: changes.map((one) => this.#based(one)),
      patches,
    };
    const added = await this.#store(draft, storage()).catch((cause: unknown) => this.#storeElsewhere(draft, cause));
    this.#queue = withEntry(this.#queue, added);
    records.overlay(key, patches);
    this.#options.changed();
    tell({ type: 'queue' });
    this.#pusher.soon();
  }

  /** Sends everything if this tab may, else asks the tab that may. @returns Whether nothing waits any more. */
  async flush(): Promise<boolean> {
    if (this.#queue.entries.length === 0) return true;
    if (this.mayPush) {
      await this.#pusher.push();
      if (this.missing().length > 0) await this.#options.errands.now();
      await this.review();
    } else await this.#leaderPushes();
    return this.#queue.entries.length === 0;
  }

  /** The server may be reachable again. */
  retry(): void {
    void this.#pusher.push();
  }

  /** R11: lets go what is through. */
  review(): Promise<void> {
    this.#reviewing ??= this.#review().finally(() => (this.#reviewing = undefined));
    return this.#reviewing;
  }

  stop(): void {
    this.#pusher.stop();
  }

  async #review(): Promise<void> {
    const { records, keeping } = this.#options;
    const { held } = records.truth;
    const through = this.#queue.entries.filter((entry) => this.#outgoing.isHere(entry, held));
    if (through.length === 0) return;
    this.#layOff(through);
    await keeping.now();
    await this.#settle({ through: through.map(({ n }) => n) }, this.#queue.client);
  }

  async #store(draft: Draft, storage: Storage): Promise<Entry> {
    const entry = await storage.enqueue(draft, this.#queue.origin);
    const now = this.#options.storage();
    // the database was given up meanwhile: what it took last goes where all the rest went, as it is
    if (entry && now !== storage) await now.takeUp({ entries: [entry], rejected: [] });
    else if (entry?.client === this.#queue.client) return entry;
    this.adopt(await this.#read(now));
    // what waits from before the site's data were cleared comes first
    return entry ?? this.#store(draft, now);
  }

  async #storeElsewhere(draft: Draft, cause: unknown): Promise<Entry> {
    const { signal, lost } = this.#options;
    refuseIfClosed(signal, cause);
    const storage = await lost(cause);
    refuseIfClosed(signal, cause);
    return this.#store(draft, storage);
  }

  /** The queue as it is stored. Where the site's data were cleared under this page, what it still knows of goes in again. */
  async #read(storage: Storage): Promise<Queue> {
    for (;;) {
      const before = this.#queue;
      const queue = await storage.outbox();
      if (this.#queue !== before) continue;
      if (queue.origin === before.origin || before.entries.length === 0) return queue;
      const unsent = before.entries.filter(({ touched }) => !touched);
      await storage.takeUp({ entries: unsent, rejected: [] });
      this.#queue = { ...before, origin: queue.origin };
    }
  }

  /** What the server made of entries is shown from now on, instead of what was expected. */
  #layOff(entries: readonly Entry[]): void {
    this.#through = new Set([...this.#through, ...entries.map(({ key }) => key)]);
    for (const { key } of entries) this.#options.records.overlay(key, undefined);
  }

  /** R14: what was looked at may rest on changes of which no server knows. */
  #based(change: Change): Change {
    if (!('base' in change) || change.base === undefined) return change;
    const known = this.#options.records.baseVersion(change.module, change.id);
    // what is made here has its first version when this is carried out
    return { ...change, base: Math.min(change.base, Math.max(known, 1)) };
  }

  /** Stores what became of entries, and tells everybody. */
  async #settle(settling: Settling, client: string): Promise<void> {
    const { storage, lost } = this.#options;
    const now = storage();
    try {
      await now.settle(client, settling);
      this.adopt(await this.#read(now));
    } catch (cause) {
      // what came of it is heard once more, and settled then, or there
      if (isHeldUp(cause)) throw cause;
      await lost(cause);
    }
    if ((settling.refused?.size ?? 0) + (settling.emptied?.size ?? 0) > 0) await this.#options.refused();
    this.#options.tell({ type: 'queue' });
  }

  async #rename(client: string): Promise<void> {
    await this.#options.storage().renameClient(client);
    await this.reload();
    this.#options.tell({ type: 'queue' });
  }

  /** Milliseconds that the other tab may take. */
  async #leaderPushes(): Promise<void> {
    this.#options.tell({ type: 'push' });
    const end = performance.now() + 3_000;
    while (this.#queue.entries.length > 0 && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const withEntry = (queue: Queue, added: Entry): Queue => {
  const { last, entries } = queue;
  if (entries.some(({ key }) => key === added.key)) return queue;
  const all = [...entries, added].toSorted((a, b) => a.n - b.n);
  return { ...queue, last: Math.max(last, added.mid), entries: all };
};
