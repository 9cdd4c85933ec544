import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Aggregate, Group, PageOf, PathOf, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { once } from './once.ts';

type Start<T> = (store: Store, observer: Observer<T>) => () => void;

/** A store whose real one arrives later: calls and watchers wait for it. */
export class LateStore implements Store {
  readonly #load: () => Promise<Store>;
  readonly #ends = new Set<() => void>();
  #closed: CrmError | undefined;

  /** @param load - Called on first use, and again after it failed. */
  constructor(load: () => Promise<Store>) {
    this.#load = once(load);
  }

  /** The real one; fetched if it is not there yet. */
  async arrived(): Promise<Store> {
    this.refuseIfClosed();
    const store = await this.#load().catch((cause: unknown) => {
      throw isCrmError(cause) ? cause : new CrmError('load-failed', 'The client', {}, cause);
    });
    this.refuseIfClosed();
    return store;
  }

  /** From now on everything fails: another identity took over. */
  close(): void {
    this.#closed = new CrmError('aborted', 'Another identity took over.');
    for (const end of this.#ends) end();
  }

  get<K extends string>(module: K, id: IdOf<K>, options?: CallOptions): Promise<RecordOf<K>> {
    return this.ask((store) => store.get(module, id, options));
  }

  list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options?: CallOptions,
  ): Promise<PageOf<K, I>> {
    return this.ask((store) => store.list<K, I>(module, query, options));
  }

  aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    return this.ask((store) => store.aggregate(module, aggregate, options));
  }

  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]> {
    return this.ask((store) => store.apply(changes, options));
  }

  watch<K extends string>(module: K, id: IdOf<K>, observer: Observer<RecordOf<K> | null>): () => void {
    return this.follow(observer, (store, one) => store.watch(module, id, one));
  }

  watchList<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query: QueryOf<K, I>,
    observer: Observer<PageOf<K, I>>,
  ): () => void {
    return this.follow(observer, (store, one) => store.watchList<K, I>(module, query, one));
  }

  protected refuseIfClosed(): void {
    if (this.#closed) throw this.#closed;
  }

  protected async ask<T>(call: (store: Store) => Promise<T>): Promise<T> {
    const answer = await call(await this.arrived());
    this.refuseIfClosed();
    return answer;
  }

  protected follow<T>(observer: Observer<T>, start: Start<T>): () => void {
    let stop = (): void => {};
    const end = (): void => {
      this.#ends.delete(end);
      stop();
    };
    this.#ends.add(end);
    this.arrived().then(
      (store) => void (this.#ends.has(end) && (stop = start(store, observer))),
      (error: CrmError) => void (this.#ends.has(end) && observer.error?.(error)),
    );
    return end;
  }
}
