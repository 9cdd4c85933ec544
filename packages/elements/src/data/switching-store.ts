import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import type { Observer, Store } from '@tessera-crm/model/store.js';
import { HandedWatch } from './handed-watch.ts';
import { LateStore } from './late-store.ts';

/**
 * A store whose real one arrives later and may be replaced by a better one: HTTP at once, the offline cache when its
 * code is there. Calls wait for the first; watchers are handed over without a gap. While a better one is expected,
 * failures of the network wait for it, because it may hold the answer.
 */
export class SwitchingStore extends LateStore {
  readonly #watches = new Set<HandedWatch<never>>();
  #current: Store | undefined;
  #expected: Promise<unknown> | undefined;
  #isClosed = false;

  override async arrived(): Promise<Store> {
    const first = await super.arrived();
    return (this.#current ??= first);
  }

  /** A better store may come; null when it cannot be had after all. Never rejects. */
  expect(better: Promise<Store | null>): Promise<void> {
    const expected = better
      .catch(() => null)
      .then((store) => {
        this.#expected = undefined;
        if (store && !this.#isClosed) this.#switchTo(store);
      });
    this.#expected = expected;
    return expected;
  }

  override close(): void {
    this.#isClosed = true;
    super.close();
    for (const watch of this.#watches) watch.stop();
    this.#watches.clear();
  }

  protected override async ask<T>(call: (store: Store) => Promise<T>): Promise<T> {
    const store = await this.arrived();
    try {
      const answer = await call(store);
      this.refuseIfClosed();
      return answer;
    } catch (error) {
      if (!isAway(error)) throw error;
      await this.#expected;
      if (store === this.#current || !this.#current) throw error;
      return call(this.#current);
    }
  }

  protected override follow<T>(
    observer: Observer<T>,
    start: (store: Store, observer: Observer<T>) => () => void,
  ): () => void {
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

/** A store that goes over to a better one when that comes. */
export const switchTo = (first: Store, better: Promise<Store | null>): SwitchingStore => {
  const store = new SwitchingStore(async () => first);
  void store.expect(better);
  return store;
};

const isAway = (error: unknown): boolean =>
  isCrmError(error, 'network') || isCrmError(error, 'timeout') || isCrmError(error, 'unavailable');
