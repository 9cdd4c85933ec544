import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group, Page, PageOf, PathOf, Query, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import type { Circumstances } from './prediction.ts';
import type { CacheStatus } from './cache-status.ts';
import type { Entry, Rejected } from './entry.ts';
import { localPage, showPage } from './list-view.ts';
import { LocalRecords } from './local-records.ts';
import { MemoryStorage } from './memory-storage.ts';
import { Observable } from './observable.ts';
import { Outbox } from './outbox.ts';
import { isUnreachable } from './reach.ts';
import type { Storage, Stored, StoredPage } from './storage.ts';
import { Tabs, type TabMessage } from './tabs.ts';
import { watchCachedList, watchCachedRecord, type Watching } from './watching.ts';
import { Watchers } from './watchers.ts';

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
  readonly #remote: Store;
  readonly #circumstances: Circumstances;
  readonly #records: LocalRecords;
  readonly #outbox: Outbox;
  readonly #tabs: Tabs;
  readonly #watchers = new Watchers();
  readonly #done = new Map<string, readonly Applied[]>();
  readonly #closed = new AbortController();
  #storage: Storage;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ remote, name, storage, locks, circumstances }: CacheParts) {
    this.#remote = remote;
    this.#storage = storage;
    this.#circumstances = circumstances;
    const online = globalThis.navigator?.onLine !== false;
    this.status = new Observable<CacheStatus>({ online, pending: 0, rejected: [], storage: storage.kind });
    this.#records = new LocalRecords({
      registry: circumstances.registry,
      storage: () => this.#storage,
      context: () => this.#context(),
      changed: (module, id) => this.#watchers.changed(module, id),
    });
    this.#tabs = new Tabs(name, (message) => this.#hear(message));
    this.#outbox = new Outbox({
      name,
      remote,
      locks,
      storage: () => this.#storage,
      lost: (entries) => this.#remember(entries),
      records: this.#records,
      tell: (message) => this.#tabs.tell(message),
      keep: (records) => this.#keep(records),
      reached: (isOnline) => this.#reached(isOnline),
      changed: (pending, rejected) => this.#count(pending, rejected),
    });
    const { signal } = this.#closed;
    globalThis.addEventListener?.('online', () => this.#outbox.retry(), { signal });
  }

  /** Reads what an earlier visit left. */
  async start(): Promise<this> {
    this.status.change({ rejected: await this.#storage.rejected() });
    await this.#outbox.reload();
    return this;
  }

  async get<K extends string>(module: K, id: IdOf<K>, options: CallOptions = {}): Promise<RecordOf<K>> {
    await this.#records.load(module);
    if (this.#records.shown.getAny(module, id)) void this.#fetch(module, id);
    else this.#take(await this.#reach(this.#remote.get(module, id, options)), module);
    const record: unknown = this.#records.shown.get(module, id);
    if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return record as RecordOf<K>;
  }

  async list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options: CallOptions = {},
  ): Promise<PageOf<K, I>> {
    const plan = this.#plan(module, (query ?? {}) as Query);
    await this.#records.load(module);
    const page = this.status.current.online
      ? await this.#askList(plan, (query ?? {}) as Query, options)
      : await this.#listOffline(plan, (query ?? {}) as Query);
    return page as unknown as PageOf<K, I>;
  }

  async aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    try {
      await this.#outbox.flush();
      return await this.#reach(this.#remote.aggregate(module, aggregate, options));
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
    const turn = this.#turn.then(() => this.#apply(changes, options));
    this.#turn = turn.catch(() => {});
    return turn;
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
    await this.#turn;
    return this.#outbox.flush();
  }

  /** Forgets a refused entry, after its values were used or given up. */
  async discard({ n }: Pick<Rejected, 'n'>): Promise<void> {
    await this.#storage.discard(n);
    this.status.change({ rejected: this.status.current.rejected.filter((one) => one.n !== n) });
  }

  /** Deletes everything that is kept here, in all tabs, unsent changes too, and closes. */
  async wipe(): Promise<void> {
    this.#tabs.tell({ type: 'wiped' });
    this.#stop();
    await this.#storage.wipe();
    this.#end();
  }

  close(): void {
    this.#stop();
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

  async #apply(changes: readonly Change[], options: ApplyOptions): Promise<readonly Applied[]> {
    const { atomic = true, idempotencyKey: key = randomKey() } = options;
    const done = this.#done.get(key);
    if (done) return done;
    const results = atomic ? await this.#applyAll(changes, key) : await this.#applyEach(changes, key);
    this.#done.set(key, results);
    return results;
  }

  async #applyEach(changes: readonly Change[], key: string): Promise<readonly Applied[]> {
    const results: Applied[] = [];
    for (const [place, change] of changes.entries()) {
      try {
        results.push(...(await this.#applyAll([change], `${key}/${place}`)));
      } catch (error) {
        if (!isCrmError(error)) throw error;
        results.push({ ok: false, module: change.module, id: change.id, error });
      }
    }
    return results;
  }

  async #applyAll(changes: readonly Change[], key: string): Promise<readonly Applied[]> {
    const records = this.#records;
    records.drafts.add(key);
    try {
      const { predict } = await import('./prediction.ts');
      const fetch = (module: string, id: string) => this.#fetch(module, id);
      const { patches, results } = await predict(key, changes, { records, fetch, circumstances: this.#circumstances });
      await this.#outbox.add(key, changes, patches);
      return results;
    } catch (error) {
      records.overlay(key, undefined);
      if (!isCrmError(error) || !this.status.current.online) throw error;
      return await this.#applyRemotely(changes, { idempotencyKey: key }, error);
    } finally {
      records.drafts.delete(key);
    }
  }

  /** The server has the last word over what the rules here refuse, once everything before it is through. */
  async #applyRemotely(
    changes: readonly Change[],
    options: ApplyOptions,
    refused: CrmError,
  ): Promise<readonly Applied[]> {
    if (!(await this.#outbox.flush())) throw refused;
    const results = await this.#reach(this.#remote.apply(changes, options)).catch((error: unknown) => {
      throw isUnreachable(error) ? refused : error;
    });
    const given = results.flatMap((result) => (result.ok ? [result] : []));
    this.#absorb(given.map(({ module, id, record }) => ({ module, id, record: record as AnyRecord | null })));
    return results;
  }

  async #askList(plan: Plan, query: Query, options: CallOptions): Promise<Page<AnyRecord>> {
    try {
      await this.#outbox.flush();
      const { fields: _fields, ...whole } = query;
      const page: unknown = await this.#reach(this.#remote.list(plan.module.key, whole as never, options));
      return showPage(plan, this.#takePage(plan, query, page as Page<AnyRecord>), this.#records);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      return this.#listOffline(plan, query);
    }
  }

  async #listOffline(plan: Plan, query: Query): Promise<Page<AnyRecord>> {
    this.#outbox.retry();
    const page = await this.#storage.page(pageKey(plan, query));
    return page ? showPage(plan, page, this.#records) : localPage(plan, this.#records);
  }

  #watching(): Watching {
    return {
      remote: this.#remote,
      records: this.#records,
      watchers: this.#watchers,
      signal: this.#closed.signal,
      page: (plan, query) => this.#storage.page(pageKey(plan, query)),
      takePage: (plan, query, page) => this.#takePage(plan, query, page),
      take: (module, record) => this.#take(record, module),
      verify: (module, id) => this.#fetch(module, id),
      reached: (isOnline) => this.#reached(isOnline),
    };
  }

  /** Asks for one record, if anybody can be asked. */
  async #fetch(module: string, id: string): Promise<AnyRecord | null | undefined> {
    if (!this.status.current.online) return undefined;
    try {
      const record: unknown = await this.#reach(this.#remote.get(module, id));
      this.#take(record, module);
      return record as AnyRecord;
    } catch (error) {
      if (!isCrmError(error, 'not-found')) return undefined;
      this.#absorb([{ module, id, record: null }]);
      return null;
    }
  }

  #take(record: unknown, module: string): void {
    this.#absorb([{ module, id: (record as AnyRecord).id, record: record as AnyRecord }]);
  }

  #takePage(plan: Plan, query: Query, { records, next, count, included }: Page<AnyRecord>): StoredPage {
    const page = { ids: records.map(({ id }) => id), next, ...(count !== undefined && { count }) };
    const others = Object.entries((included ?? {}) as Readonly<Record<string, Readonly<Record<string, AnyRecord>>>>);
    const given = [
      ...records.map((record) => ({ module: plan.module.key, id: record.id, record })),
      ...others.flatMap(([module, all]) => Object.values(all).map((record) => ({ module, id: record.id, record }))),
    ];
    this.#absorb(given, { key: pageKey(plan, query), page });
    return page;
  }

  #absorb(given: readonly Stored[], page?: { readonly key: string; readonly page: StoredPage }): void {
    void this.#keep(this.#records.absorb(given), page);
  }

  /** What cannot be kept can be had again: reading goes on without it. */
  async #keep(records: readonly Stored[], page?: { readonly key: string; readonly page: StoredPage }): Promise<void> {
    if (records.length > 0 || page) await this.#storage.keep(records, page).catch(() => {});
  }

  /** The database fails: what waits is held in memory, and whoever looks at the status is told. */
  #remember(entries: readonly Entry[]): Storage {
    this.#storage = new MemoryStorage(entries);
    this.status.change({ storage: 'memory' });
    return this.#storage;
  }

  async #reach<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.#reached(true);
      return result;
    } catch (error) {
      this.#reached(!isUnreachable(error));
      throw error;
    }
  }

  #reached(online: boolean): void {
    const wasOffline = !this.status.current.online;
    this.status.change({ online });
    if (online && wasOffline) this.#outbox.retry();
  }

  #count(pending: number, rejected?: Rejected): void {
    const all = this.status.current.rejected;
    this.status.change({ pending, ...(rejected && { rejected: [...all, rejected] }) });
  }

  #hear(message: TabMessage): void {
    if (this.#closed.signal.aborted) return;
    if (message.type === 'queued') void this.#outbox.reload();
    if (message.type === 'push') this.#outbox.retry();
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
    const { registry, settings, identity, now } = this.#circumstances;
    const { timeZone, weekStart, fiscalYearStart } = settings;
    const me =
      identity.type === 'user' ? { module: 'users', id: identity.id } : identity.type === 'subject' ? identity : null;
    return { registry, now: now(), timeZone, weekStart, fiscalYearStart, me };
  }
}

const pageKey = ({ module }: Plan, { fields: _fields, ...query }: Query): string =>
  `${module.key} ${JSON.stringify(query)}`;

const filterOf = ({ where, search }: Aggregate): Query => ({ ...(where && { where }), ...(search && { search }) });

/** Also outside secure contexts, where `crypto.randomUUID` is missing. */
const randomKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
