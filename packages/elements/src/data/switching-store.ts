import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Aggregate, Group, PageOf, PathOf, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { HandedWatch } from './handed-watch.ts';

/**
 * A store whose real one arrives later and may be replaced by a better one: HTTP at once, the offline cache when its
 * code is there. Calls wait for the first; watchers are handed over without a gap. While a better one is expected,
 * failures of the network wait for it, because it may hold the answer.
 */
export class SwitchingStore implements Store {
  readonly #load: () => Promise<Store>;
  readonly #watches = new Set<HandedWatch<never>>();
  #current: Store | undefined;
  #loading: Promise<Store> | undefined;
  #expected: Promise<unknown> | undefined;
  #closed: CrmError | undefined;

  /** @param load - Called on first use, and again after it failed. */
  constructor(load: () => Promise<Store>) {
    this.#load = load;
  }

  /** The real one; fetched if it is not there yet. */
  async arrived(): Promise<Store> {
    this.#refuseIfClosed();
    if (this.#current) return this.#current;
    this.#loading ??= this.#load().catch((cause: unknown) => {
      this.#loading = undefined;
      throw asLoadError(cause);
    });
    const store = await this.#loading;
    this.#refuseIfClosed();
    return (this.#current ??= store);
  }

  /** A better store may come; null when it cannot be had after all. Never rejects. */
  expect(better: Promise<Store | null>): Promise<void> {
    const expected = better
      .catch(() => null)
      .then((store) => {
        this.#expected = undefined;
        if (store && !this.#closed) this.#switchTo(store);
      });
    this.#expected = expected;
    return expected;
  }

  /** From now on everything fails: another identity took over. */
  close(): void {
    this.#closed = new CrmError('aborted', 'Another identity took over.');
    for (const watch of this.#watches) watch.stop();
    this.#watches.clear();
  }

  get<K extends string>(module: K, id: IdOf<K>, options?: CallOptions): Promise<RecordOf<K>> {
    return this.#ask((store) => store.get(module, id, options));
  }

  list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options?: CallOptions,
  ): Promise<PageOf<K, I>> {
    return this.#ask((store) => store.list<K, I>(module, query, options));
  }

  aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    return this.#ask((store) => store.aggregate(module, aggregate, options));
  }

  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]> {
    return this.#ask((store) => store.apply(changes, options));
  }

  watch<K extends string>(module: K, id: IdOf<K>, observer: Observer<RecordOf<K> | null>): () => void {
    return this.#follow(observer, (store, one) => store.watch(module, id, one));
  }

  watchList<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query: QueryOf<K, I>,
    observer: Observer<PageOf<K, I>>,
  ): () => void {
    return this.#follow(observer, (store, one) => store.watchList<K, I>(module, query, one));
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw this.#closed;
  }

  async #ask<T>(call: (store: Store) => Promise<T>): Promise<T> {
    const store = await this.arrived();
    try {
      const answer = await call(store);
      this.#refuseIfClosed();
      return answer;
    } catch (error) {
      if (!isAway(error)) throw error;
      await this.#expected;
      if (store === this.#current || !this.#current) throw error;
      return call(this.#current);
    }
  }

  #follow<T>(observer: Observer<T>, start: (store: Store, observer: Observer<T>) => () => void): () => void {
    const watch = new HandedWatch(observer, start) as HandedWatch<never>;
    this.#watches.add(watch);
    this.arrived().then(
      (store) => void (this.#watches.has(watch) && this.#hand(watch, store)),
      (error: CrmError) => void (this.#watches.has(watch) && watch.fail(error)),
    );
    return () => {
      this.#watches.delete(watch);
      watch.stop();
    };
  }

  #hand(watch: HandedWatch<never>, store: Store): void {
    watch.handTo(store, (error) => {
      const expected = isAway(error) ? this.#expected : undefined;
      if (!expected) return watch.fail(error);
      void expected.then(() => void (store === this.#current && this.#watches.has(watch) && watch.fail(error)));
    });
  }

  #switchTo(store: Store): void {
    this.#current = store;
    for (const watch of this.#watches) this.#hand(watch, store);
  }
}

const isAway = (error: unknown): boolean =>
  isCrmError(error, 'network') || isCrmError(error, 'timeout') || isCrmError(error, 'unavailable');

const asLoadError = (cause: unknown): CrmError =>
  isCrmError(cause) ? cause : new CrmError('load-failed', 'The client could not be loaded.', {}, cause);
