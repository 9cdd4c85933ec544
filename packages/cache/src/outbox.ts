import type { Change } from '@tessera-crm/model/change.js';
import { SyncOutgoing } from '@tessera-crm/model/protocol/sync/outgoing.js';
import { atMost } from './at-most.ts';
import type { Draft, Entry, Patch } from './entry.ts';
import type { Errands } from './errands.ts';
import type { Leadership } from './leadership.ts';
import type { LocalRecords } from './local-records.ts';
import { Pusher } from './pusher.ts';
import type { PushingOptions } from './pushing.ts';
import { addedSince, allIn, isEmpty, withEntry } from './queue.ts';
import { onSeen } from './rests.ts';
import { refuseIfClosed } from './refuse-if-closed.ts';
import type { Queue, Settling, Storage } from './storage.ts';
import { isHeldUp } from './storage-trouble.ts';
import type { Added, TabMessage } from './tabs.ts';

export interface OutboxOptions extends Pick<PushingOptions, 'door' | 'keeping' | 'reached'> {
  readonly leadership: Leadership;
  readonly storage: () => Storage;
  /** The storage fails: from now on another one holds the queue, which is told by `adopt`. */
  readonly lost: (cause: unknown) => Promise<Storage>;
  readonly records: LocalRecords;
  readonly errands: Errands;
  readonly tell: (message: TabMessage) => void;
  /** Told when what waits, or what was refused, may be other than before. */
  readonly changed: () => void;
  /** Something was refused. */
  readonly refused: () => Promise<void>;
  /** Aborted when the cache closes. */
  readonly signal: AbortSignal;
}

/** Milliseconds that the server may take to tell what another version sent. */
const patience = 1_000;

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
  /** The reading of the queue that is under way, and the one that follows it. */
  #reloading: Promise<void> | undefined;
  #again: Promise<void> | undefined;
  #isForeign = false;

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
    return this.#all.filter((entry) => !isEmpty(entry)).length;
  }

  /** What the server has not carried out, as far as is known. */
  get waiting(): readonly Entry[] {
    return this.#all.filter((entry) => !isEmpty(entry) && !entry.touched);
  }

  get #all(): readonly Entry[] {
    return allIn(this.#queue);
  }

  get queue(): Queue {
    return this.#queue;
  }

  /** Whether an entry changes this record. */
  concerns(module: string, id: string): boolean {
    return this.#all.some(({ changes }) => changes.some((change) => change.module === module && change.id === id));
  }

  /** Keys of what the server changed by order of this device and has not told yet: R11. */
  missing(): readonly string[] {
    const { held } = this.#options.records.truth;
    return this.#queue.entries.flatMap((entry) => this.#outgoing.missing(entry, held));
  }

  /**
   * Reads the queue as it is stored now: at the beginning, as a new leader, after another tab wrote.
   *
   * @param isForeign - That was one of another version, which keeps what it knows elsewhere.
   */
  reload(isForeign = false): Promise<void> {
    this.#isForeign ||= isForeign;
    // one that is under way may have read what was there before
    this.#again ??= this.#reloadOnce();
    return this.#again;
  }

  async #reloadOnce(): Promise<void> {
    await this.#reloading?.catch(() => {});
    this.#again = undefined;
    const isForeign = this.#isForeign;
    this.#isForeign = false;
    this.#reloading = this.#reload(isForeign);
    await this.#reloading;
  }

  async #reload(isForeign: boolean): Promise<void> {
    const { storage, lost, keeping, signal } = this.#options;
    let queue: Queue;
    let more: readonly Entry[] | null;
    do {
      if (signal.aborted) return;
      const before = this.#queue;
      queue = await this.#read(storage()).catch(async (cause: unknown) => this.#read(await lost(cause)));
      const there = new Set(allIn(queue).map(({ key }) => key));
      const left = this.#all.filter(({ key }) => !there.has(key));
      // what is through is kept before it leaves: it must not leave here before it is known
      if (left.length > 0) await (isForeign ? this.#askFor(left) : keeping.catchUp());
      more = addedSince(before, this.#queue);
    } while (!more);
    // whoever goes on adding does not have to stop for it
    this.adopt(more.reduce(withEntry, queue));
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
    this.#options.records.restore(this.#all.filter(({ key }) => !this.#through.has(key)));
    this.#options.changed();
  }

  /** Stores changes for good before anybody hears that they were made. */
  async add(key: string, changes: readonly Change[], patches: readonly Patch[]): Promise<void> {
    const { storage, tell, records } = this.#options;
    const draft: Draft = {
      key,
      at: new Date().toISOString(),
      changes: changes.map((one) => onSeen(one, records)),
      patches,
    };
    const added = await this.#store(draft, storage()).catch((cause: unknown) => this.#storeElsewhere(draft, cause));
    this.#queue = withEntry(this.#queue, added);
    if (records.pending.get(key) !== patches) records.overlay(key, patches);
    this.#options.changed();
    const { origin } = this.#queue;
    tell({ type: 'queue', added: storage().kind === 'indexeddb' ? { entry: added, origin } : undefined });
    this.#pusher.soon();
  }

  /** Another tab added something. @returns Whether that is all that is new. */
  hear({ entry, origin }: Added): boolean {
    const { client, last, later } = this.#queue;
    const isNext = this.#queue.origin === origin && client === entry.client && last === entry.mid - 1 && !later;
    if (!isNext || this.#options.storage().kind !== 'indexeddb') return false;
    this.adopt(withEntry(this.#queue, entry));
    this.#pusher.soon();
    return true;
  }

  /** Sends everything if this tab may, else asks the tab that may. @returns Whether nothing waits any more. */
  async flush(): Promise<boolean> {
    if (this.#all.length === 0) return true;
    if (this.mayPush) {
      await this.#pusher.push();
      if (this.missing().length > 0) await this.#options.errands.now();
      await this.review();
    } else await this.#leaderPushes();
    return this.#all.length === 0;
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
      const more = addedSince(before, this.#queue);
      if (!more) continue;
      const known = this.#all;
      if (queue.origin === before.origin || known.length === 0) return more.reduce(withEntry, queue);
      const unsent = known.filter(({ touched }) => !touched);
      await storage.takeUp({ entries: unsent, rejected: [] });
      this.#queue = { ...this.#queue, origin: queue.origin };
    }
  }

  /** What the server made of entries, where nobody here was told: R11. It may not be reached. */
  #askFor(entries: readonly Entry[]): Promise<void> {
    const { errands } = this.#options;
    const names = entries.flatMap(({ patches }) => patches);
    return atMost(patience, Promise.allSettled(names.map(({ module, id }) => errands.ask(module, id))));
  }

  /** What the server made of entries is shown from now on, instead of what was expected. */
  #layOff(entries: readonly Entry[]): void {
    this.#through = new Set([...this.#through, ...entries.map(({ key }) => key)]);
    for (const { key } of entries) this.#options.records.overlay(key, undefined);
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
    while (this.#all.length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
