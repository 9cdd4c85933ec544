import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { planQuery } from '@tessera-crm/model/query/plan.js';
import { queryContextOf, type QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group, Page, PageOf, PathOf, Query, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { CacheOutgoing } from './cache-outgoing.ts';
import type { CacheStatus } from './cache-status.ts';
import { Changing } from './changing.ts';
import type { Entry, Rejected } from './entry.ts';
import type { LocalAggregates } from './local-aggregates.ts';
import { LocalRecords } from './local-records.ts';
import { MemoryStorage } from './memory-storage.ts';
import { Observable } from './observable.ts';
import { Outbox } from './outbox.ts';
import type { Circumstances } from './prediction.ts';
import { isUnreachable } from './reach.ts';
import { ServerSide, type Asked } from './server-side.ts';
import type { Storage } from './storage.ts';
import { storageTrouble } from './storage-trouble.ts';
import { Tabs, type TabMessage } from './tabs.ts';
import { Watchers } from './watchers.ts';
import { listOffline, listOnce, watchCachedList } from './watching-list.ts';
import { watchCachedRecord, type Watching } from './watching.ts';

export interface CacheParts {
  readonly remote: Store;
  readonly name: string;
  readonly storage: Storage;
  readonly locks: LockManager | null | undefined;
  readonly circumstances: Circumstances;
}

/**
 * Records that are at hand at once and offline: read from memory, refreshed from a remote store, changed without
 * waiting for it. Changes lie in an outbox until the remote store carried them out or refused them.
 */
export class Cache implements Store {
  /** Whether the server is reached, how much waits, what was refused, and where it is all kept. */
  readonly status: Observable<CacheStatus>;
  readonly outgoing = new CacheOutgoing({
    isWaiting: (module, id) => this.#outbox.concerns(module, id),
    rejected: () => this.status.current.rejected,
    fresh: (module, id) => this.#fresh(module, id),
    apply: (changes) => this.apply(changes),
    discard: (refused) => this.discard(refused),
  });
  readonly #circumstances: Circumstances;
  readonly #records: LocalRecords;
  readonly #server: ServerSide;
  readonly #outbox: Outbox;
  readonly #changing: Changing;
  readonly #tabs: Tabs;
  readonly #watchers = new Watchers();
  readonly #closed = new AbortController();
  #storage: Storage;
  #aggregates: LocalAggregates | undefined;
  /** The database that failed, whose content is still there. */
  #givenUp: Storage | undefined;

  constructor({ remote, name, storage, locks, circumstances }: CacheParts) {
    this.#storage = storage;
    this.#circumstances = circumstances;
    const online = globalThis.navigator?.onLine !== false;
    this.status = new Observable<CacheStatus>({
      online,
      pending: 0,
      rejected: [],
      storage: storage.kind,
      trouble: null,
    });
    const shared = {
      remote,
      storage: () => this.#storage,
      isOnline: () => this.status.current.online,
      reached: (isOnline: boolean) => this.#reached(isOnline),
      lost: (cause: unknown, entries = this.#outbox.waiting) => this.#giveUp(cause, entries),
    };
    const records = new LocalRecords({
      registry: circumstances.registry,
      storage: shared.storage,
      context: () => this.#context(),
      changed: (module, id, change) => this.#watchers.changed(module, id, change),
    });
    this.#records = records;
    this.#server = new ServerSide({ ...shared, records });
    this.#tabs = new Tabs(name, (message) => this.#hear(message));
    this.#outbox = new Outbox({
      ...shared,
      name,
      locks,
      records,
      tell: (message) => this.#tabs.tell(message),
      keep: (given) => this.#server.keep(given),
      changed: (pending, rejected) => this.#count(pending, rejected),
    });
    this.#changing = new Changing({ ...shared, records, outbox: this.#outbox, server: this.#server, circumstances });
    const { signal } = this.#closed;
    globalThis.addEventListener?.('online', () => this.#outbox.retry(), { signal });
  }

  /** Reads what an earlier visit left. */
  async start(): Promise<this> {
    // Without network this code could not be fetched any more, and that is when it is needed
    const code = Promise.allSettled([
      import('./prediction.ts'),
      import('./local-aggregates.ts'),
      import('./views/list-view.ts'),
    ]);
    const rejected = await this.#storage.rejected().catch((cause: unknown) => this.#giveUp(cause, []).rejected());
    this.status.change({ rejected });
    await this.#outbox.reload();
    await code;
    return this;
  }

  async get<K extends string>(module: K, id: IdOf<K>, options: CallOptions = {}): Promise<RecordOf<K>> {
    await this.#records.load(module);
    const { shown } = this.#records;
    if (!shown.getAny(module, id)) await this.#server.read(module, id, options);
    else if (!this.#records.isOnlyHere(module, id)) void this.#server.find(module, id);
    const record: unknown = shown.get(module, id);
    if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return record as RecordOf<K>;
  }

  async list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options: CallOptions = {},
  ): Promise<PageOf<K, I>> {
    const asked = this.#asked(module, query ?? {});
    await this.#records.load(module);
    const page = await this.#list(asked, options);
    return page as unknown as PageOf<K, I>;
  }

  async aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    try {
      await this.#outbox.flush();
      return await this.#server.reach(this.#server.remote.aggregate(module, aggregate, options));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      await this.#records.load(module);
      const { LocalAggregates } = await import('./local-aggregates.ts');
      this.#aggregates ??= new LocalAggregates(this.#records.shown, this.#watchers);
      const { plan } = this.#asked(module, filterOf(aggregate));
      return this.#aggregates.groups(plan, aggregate, this.#context());
    }
  }

  /**
   * Resolves as soon as the changes are stored here. What the server makes of them comes later: see `status`.
   * A change that the rules refuse is taken to the server at once if it can be reached, because it knows more.
   */
  apply(changes: readonly Change[], options: ApplyOptions = {}): Promise<readonly Applied[]> {
    return this.#changing.apply(changes, options);
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

  /** Sends what waits. @returns Whether nothing waits any more. */
  async flush(): Promise<boolean> {
    await this.#changing.settled();
    return this.#outbox.flush();
  }

  /** Forgets a refused entry, after its values were used or given up. */
  async discard({ n }: Pick<Rejected, 'n'>): Promise<void> {
    await this.#storage.discard(n);
    this.#settled(n);
    this.#tabs.tell({ type: 'discarded', n });
  }

  /** Deletes everything that is kept here, in all tabs, unsent changes too, and closes. */
  async wipe(): Promise<void> {
    this.#tabs.tell({ type: 'wiped' });
    this.#stop();
    await this.#server.close();
    await this.#storage.wipe();
    await this.#givenUp?.wipe().catch(() => {});
    this.#end();
  }

  /** Stops everything at once. Resolves when what was being kept is through, and nothing is open any more. */
  async close(): Promise<void> {
    this.#stop();
    await this.#server.close();
    this.#end();
  }

  #stop(): void {
    this.#closed.abort();
    this.#outbox.stop();
    this.#watchers.clear();
  }

  #end(): void {
    this.#tabs.close();
    this.#storage.close();
    this.#records.clear();
  }

  async #list(asked: Asked, options: CallOptions): Promise<Page<AnyRecord>> {
    if (!this.status.current.online) {
      // looks whether that is still so, for the next time
      void this.#server.list(asked, {}).catch(() => {});
      return listOffline(this.#watching(), asked);
    }
    try {
      await this.#outbox.flush();
      return await listOnce(this.#watching(), asked, options);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      return listOffline(this.#watching(), asked);
    }
  }

  #watching(): Watching {
    return { server: this.#server, records: this.#records, watchers: this.#watchers, signal: this.#closed.signal };
  }

  /** The database fails: what waits is held in memory, and whoever looks at the status is told. */
  #giveUp(cause: unknown, entries: readonly Entry[]): Storage {
    // Several writes may fail at once
    if (this.#storage.kind === 'memory') return this.#storage;
    if (this.#closed.signal.aborted) return new MemoryStorage(entries);
    this.#storage.close();
    this.#givenUp = this.#storage;
    this.#storage = new MemoryStorage(entries);
    this.status.change({ storage: 'memory', trouble: storageTrouble(cause) });
    return this.#storage;
  }

  #reached(online: boolean): void {
    const wasOffline = !this.status.current.online;
    this.status.change({ online });
    if (online && wasOffline) this.#outbox.retry();
  }

  #count(pending: number, rejected?: Rejected): void {
    const all = this.status.current.rejected;
    this.status.change({ pending, ...(rejected && { rejected: [...all, rejected] }) });
    this.outgoing.changed();
  }

  /** A refused entry is none any more. */
  #settled(n: number): void {
    this.status.change({ rejected: this.status.current.rejected.filter((one) => one.n !== n) });
    this.outgoing.changed();
  }

  async #fresh(module: string, id: string): Promise<AnyRecord | undefined> {
    await this.#records.load(module);
    if (!this.#records.isOnlyHere(module, id)) await this.#server.find(module, id);
    return this.#records.shown.getAny(module, id);
  }

  #hear(message: TabMessage): void {
    if (this.#closed.signal.aborted) return;
    if (message.type === 'queued') void this.#outbox.reload();
    if (message.type === 'push') this.#outbox.retry();
    if (message.type === 'discarded') this.#settled(message.n);
    if (message.type === 'wiped') void this.close();
    if (message.type !== 'settled') return;
    this.#records.absorb(message.records);
    this.#outbox.forget(message.key);
    if (message.rejected) this.#count(this.#outbox.size, message.rejected);
  }

  #asked(module: string, query: Query): Asked {
    return { query, plan: planQuery(this.#circumstances.registry.get(module), query, this.#context()) };
  }

  #context(): QueryContext {
    return queryContextOf(this.#circumstances, this.#circumstances.now());
  }
}

const filterOf = ({ where, search }: Aggregate): Query => ({ ...(where && { where }), ...(search && { search }) });
