import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import { queryContextOf, type QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group, Page, PageOf, PathOf, Query, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { CacheOutgoing } from './cache-outgoing.ts';
import type { CacheStatus } from './cache-status.ts';
import { Changing } from './changing.ts';
import type { Entry, Rejected } from './entry.ts';
import { localPage, showPage } from './list-view.ts';
import { LocalRecords } from './local-records.ts';
import { MemoryStorage } from './memory-storage.ts';
import { Observable } from './observable.ts';
import { Outbox } from './outbox.ts';
import type { Circumstances } from './prediction.ts';
import { isUnreachable } from './reach.ts';
import { ServerSide } from './server-side.ts';
import type { Storage } from './storage.ts';
import { storageTrouble } from './storage-trouble.ts';
import { Tabs, type TabMessage } from './tabs.ts';
import { Watchers } from './watchers.ts';
import { watchCachedList, watchCachedRecord, type Watching } from './watching.ts';

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
      changed: (module, id) => this.#watchers.changed(module, id),
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
    const code = Promise.allSettled([import('./prediction.ts'), import('./local-aggregate.ts')]);
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
    const asked = (query ?? {}) as Query;
    const plan = this.#plan(module, asked);
    await this.#records.load(module);
    const page = await this.#list(plan, asked, options);
    return page as unknown as PageOf<K, I>;
  }

  async aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    try {
      await this.#outbox.flush();
      return await this.#server.reach(this.#server.remote.aggregate(module, aggregate, options));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      await this.#records.load(module);
      const { aggregateLocally } = await import('./local-aggregate.ts');
      return aggregateLocally(this.#plan(module, filterOf(aggregate)), aggregate, this.#records, this.#context());
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
      const plan = this.#plan(module, query as Query);
      return watchCachedList(
        this.#watching(),
        { plan, query: query as Query },
        observer as unknown as Observer<Page<AnyRecord>>,
      );
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

  close(): void {
    this.#stop();
    // What is being kept comes to its end first
    void this.#server.close().then(() => this.#end());
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

  async #list(plan: Plan, query: Query, options: CallOptions): Promise<Page<AnyRecord>> {
    if (!this.status.current.online) {
      // looks whether that is still so, for the next time
      void this.#server.list(plan, query, {}).catch(() => {});
      return this.#listOffline(plan, query);
    }
    try {
      await this.#outbox.flush();
      return showPage(plan, await this.#server.list(plan, query, options), this.#records);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      return this.#listOffline(plan, query);
    }
  }

  async #listOffline(plan: Plan, query: Query): Promise<Page<AnyRecord>> {
    const page = await this.#server.page(plan, query);
    return page ? showPage(plan, page, this.#records) : localPage(plan, this.#records);
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
    if (message.type === 'wiped') this.close();
    if (message.type !== 'settled') return;
    this.#records.absorb(message.records);
    this.#outbox.forget(message.key);
    if (message.rejected) this.#count(this.#outbox.size, message.rejected);
  }

  #plan(module: string, query: Query): Plan {
    return planQuery(this.#circumstances.registry.get(module), query, this.#context());
  }

  #context(): QueryContext {
    return queryContextOf(this.#circumstances, this.#circumstances.now());
  }
}

const filterOf = ({ where, search }: Aggregate): Query => ({ ...(where && { where }), ...(search && { search }) });
