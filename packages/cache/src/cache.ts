import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { planQuery } from '@tessera-crm/model/query/plan.js';
import { queryContextOf, type QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group, Page, PageOf, PathOf, Query, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { assemble, type Assembled } from './assemble.ts';
import { CacheOutgoing } from './cache-outgoing.ts';
import type { CacheParts, Found } from './cache-parts.ts';
import { statusAtFirst, type CacheStatus } from './cache-status.ts';
import type { WipeOptions } from './delete-cache.ts';
import type { Rejected } from './entry.ts';
import { afterFirstLook } from './later-code.ts';
import type { LocalAggregates } from './local-aggregates.ts';
import { LocalRecords } from './local-records.ts';
import { Observable } from './observable.ts';
import type { Pin } from './pin.ts';
import type { Circumstances } from './prediction.ts';
import { isUnreachable } from './reach.ts';
import type { Asked } from './server-side.ts';
import type { Queue } from './storage.ts';
import type { StorageInUse } from './storage-in-use.ts';
import { refusalTrouble, storageTrouble } from './storage-trouble.ts';
import { TabLife } from './tab-life.ts';
import { Tabs } from './tabs.ts';
import { Watchers } from './watchers.ts';
import { listNow, watchCachedList } from './watching-list.ts';
import { recordNow, watchCachedRecord, type Watching } from './watching.ts';

/**
 * Records that are at hand at once and offline: read from memory, refreshed from a remote store, changed without
 * waiting for it. Changes lie in an outbox until the remote store carried them out or refused them.
 */
export class Cache implements Store {
  /** Whether the server is reached, how much waits, what was refused, and where it is all kept. */
  readonly status: Observable<CacheStatus> = new Observable(statusAtFirst());
  readonly outgoing = new CacheOutgoing({
    circumstances: () => this.#circumstances,
    status: () => this.status.current,
    parts: () => this.#parts,
    flush: () => this.flush(),
    apply: (changes) => this.apply(changes),
    discard: (refused) => this.discard(refused),
  });
  readonly #circumstances: Circumstances;
  readonly #parts: Assembled & { readonly records: LocalRecords };
  readonly #tabs: Tabs;
  readonly #life: TabLife;
  readonly #watchers = new Watchers();
  readonly #closed = new AbortController();
  /** Comes when it starts. */
  #storage!: StorageInUse;
  #aggregates: LocalAggregates | undefined;

  /** It waits to be started: until then it has no storage, and nobody may ask it anything. */
  constructor(given: CacheParts) {
    const { signal } = this.#closed;
    this.#circumstances = given.circumstances;
    this.#tabs = new Tabs(given.name, given.epoch, (message) => this.#life.hear(message));
    const records = this.#newRecords();
    const parts = assemble({
      ...given,
      signal,
      records,
      storage: () => this.#storage.current,
      status: this.status,
      reached: (isOnline) => this.#reached(isOnline),
      lost: (cause) => this.#storage.giveUp(cause),
      tell: (message) => this.#tabs.tell(message),
      watchers: this.#watchers,
      changed: () => this.#count(),
      refused: () => this.#readRejected(),
    });
    this.#parts = { ...parts, records };
    this.#life = new TabLife({
      parts,
      tabs: this.#tabs,
      locks: given.locks,
      signal,
      reload: (isForeign) => this.#reload(isForeign),
      wiped: (options) => void this.#closeWiped(options),
    });
    this.status.subscribe(() => this.outgoing.changed());
  }

  /** Begins with what an earlier visit left. */
  async start({ storage, position, unsent, refusal }: Found): Promise<this> {
    const { outbox, keeping } = this.#parts;
    this.#storage = storage;
    storage.usedBy({ signal: this.closed, queue: () => outbox.queue, replaced: (...one) => this.#replaced(...one) });
    this.status.change({ trouble: refusalTrouble(refusal) });
    keeping.begin(position);
    this.#life.begin(storage.current);
    if (await storage.takeUp()) await this.#requeued();
    else if (unsent) {
      this.status.change({ rejected: unsent.rejected });
      outbox.adopt(unsent.queue);
    } else await this.#reload();
    // other tabs may have been here since it was read
    afterFirstLook(this.closed, () => void (this.#life.isPaused || this.#reload()));
    return this;
  }

  async get<K extends string>(module: K, id: IdOf<K>, options: CallOptions = {}): Promise<RecordOf<K>> {
    const record: unknown = await recordNow(this.#watching(), { module, id }, options);
    return record as RecordOf<K>;
  }

  async list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options: CallOptions = {},
  ): Promise<PageOf<K, I>> {
    const asked = this.#asked(module, query ?? {});
    await this.#parts.records.load(module);
    const page = await listNow(this.#watching(), asked, options);
    return page as unknown as PageOf<K, I>;
  }

  async aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    try {
      await this.#parts.outbox.flush();
      return await this.#parts.server.reach(this.#parts.server.remote.aggregate(module, aggregate, options));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      const { LocalAggregates } = await import('./local-aggregates.ts');
      this.#aggregates ??= new LocalAggregates(this.#parts.records, this.#watchers);
      const { where, search } = aggregate;
      const { plan } = this.#asked(module, { ...(where && { where }), ...(search && { search }) });
      return await this.#aggregates.groups(plan, aggregate, this.#context());
    }
  }

  /**
   * Resolves as soon as the changes are stored here. What the server makes of them comes later: see `status`.
   * A change that the rules refuse is taken to the server at once if it can be reached, because it knows more.
   * A closed cache takes nothing: `aborted`.
   */
  apply(changes: readonly Change[], options: ApplyOptions = {}): Promise<readonly Applied[]> {
    return this.#parts.changing.apply(changes, options);
  }

  watch<K extends string>(module: K, id: IdOf<K>, observer: Observer<RecordOf<K> | null>): () => void {
    return watchCachedRecord(this.#watching(), { module, id }, observer as unknown as Observer<AnyRecord | null>);
  }

  watchList<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query: QueryOf<K, I>,
    observer: Observer<PageOf<K, I>>,
  ): () => void {
    try {
      const asked = this.#asked(module, query);
      return watchCachedList(this.#watching(), asked, observer as unknown as Observer<Page<AnyRecord>>);
    } catch (error) {
      queueMicrotask(() => observer.error?.(error as CrmError));
      return () => {};
    }
  }

  /**
   * Fetches these records before anybody looks at them, and keeps them in step, in place of those that were pinned
   * before.
   *
   * @throws {CrmError} `validation` · `unknown-module`, for a pin that makes no sense.
   */
  async pin(pins: readonly Pin[]): Promise<void> {
    const asked = pins.map(({ module, where }) => this.#asked(module, where ? { where } : {}));
    await this.#parts.pin(asked);
  }

  /** Aborts when it is closed or wiped; `facts.reason` is `wiped` in its reason when another tab wiped it. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Sends what waits. @returns Whether nothing waits any more. */
  async flush(): Promise<boolean> {
    await this.#parts.changing.settled();
    return this.#parts.outbox.flush();
  }

  /** Forgets a refused entry, after its values were used or given up. */
  async discard({ n }: Pick<Rejected, 'n'>): Promise<void> {
    await this.#storage.current.discard(n);
    await this.#requeued();
  }

  /** Deletes everything that is kept here, in all tabs, unsent changes too unless they are to be kept, and closes. */
  async wipe(options?: WipeOptions): Promise<void> {
    this.#tabs.tell({ type: 'wiped', ...options });
    await this.#stop({ isWiped: true });
    await this.#storage.wipe(options);
    this.#end();
  }

  /** Stops everything at once. Resolves when what was being kept is through, and nothing is open any more. */
  async close(): Promise<void> {
    await this.#stop({});
    this.#end();
  }

  async #closeWiped(options: WipeOptions): Promise<void> {
    // what is under way must not come back
    if (!options.keepUnsent) this.#storage.close();
    await this.#stop({ isWiped: true, reason: new CrmError('aborted', 'Another tab wiped it.', { reason: 'wiped' }) });
    await this.#storage.forget(options);
    this.#end();
  }

  async #stop({ isWiped = false, reason }: { readonly isWiped?: boolean; readonly reason?: CrmError }): Promise<void> {
    this.#closed.abort(reason);
    this.#parts.outbox.stop();
    this.#parts.errands.close();
    this.#parts.feed.stop();
    this.#parts.leadership.resign();
    this.#watchers.clear();
    if (isWiped) this.#parts.keeping.leave();
    await this.#parts.changing.stored();
    await this.#parts.keeping.close();
  }

  #end(): void {
    this.#tabs.close();
    this.#storage.close();
    this.#parts.records.clear();
  }

  /** The server told something. Whoever looks at it comes first. */
  #stepped(isMore: boolean): void {
    queueMicrotask(() => {
      this.#parts.keeping.soon(isMore);
      this.#parts.errands.look();
      this.#parts.feed.look();
      void this.#parts.outbox.review().catch(() => {});
    });
  }

  /** Reads what waits and what was refused as it is stored now. */
  async #reload(isForeign?: boolean): Promise<void> {
    await this.#readRejected();
    await this.#parts.outbox.reload(isForeign);
  }

  async #readRejected(): Promise<void> {
    this.status.change({ rejected: await this.#storage.rejected() });
  }

  #watching(): Watching & Pick<Assembled, 'outbox'> {
    return { ...this.#parts, watchers: this.#watchers, signal: this.#closed.signal };
  }

  #newRecords(): LocalRecords {
    return new LocalRecords({
      registry: this.#circumstances.registry,
      storage: () => this.#storage.current,
      context: () => this.#context(),
      changed: (module, id, change) => this.#watchers.changed(module, id, change),
      stepped: (isMore) => this.#stepped(isMore),
      rightsChanged: () => this.#watchers.unsure(),
    });
  }

  /** What waits, or was refused, is other than before. */
  async #requeued(): Promise<void> {
    this.#tabs.tell({ type: 'queue' });
    await this.#reload();
  }

  /** The database failed: what waits is held elsewhere, and whoever looks at the status is told. */
  #replaced(queue: Queue, cause: unknown): void {
    this.status.change({ trouble: storageTrouble(cause) });
    this.#parts.leadership.workAlone();
    this.#parts.outbox.adopt(queue);
  }

  #reached(online: boolean): void {
    const wasOffline = !this.status.current.online;
    this.status.change({ online });
    if (!online || !wasOffline) return;
    this.#parts.outbox.retry();
    this.#parts.errands.retry();
  }

  #count(): void {
    this.status.change({ pending: this.#parts.outbox.size, storage: this.#storage.current.kind });
    this.#parts.feed.look();
    this.outgoing.changed();
  }

  #asked(module: string, query: Query): Asked {
    return { query, plan: planQuery(this.#circumstances.registry.get(module), query, this.#context()) };
  }

  #context(): QueryContext {
    return queryContextOf(this.#circumstances, this.#circumstances.now());
  }
}
