import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Observer, Store } from '@tessera-crm/model/store.js';

export interface SwitchStore extends Store {
  /** From now on everything fails with this, and watchers are told; null heals it. */
  fail(error: CrmError | null): void;
  /** From now on answers wait until the promise is settled. */
  wait(promise: Promise<unknown>): void;
}

/** A store whose network one can pull, over another that holds the records. */
export const switchStore = (inner: Store): SwitchStore => {
  const network = new Network();
  return {
    get: (...call) => network.pass(() => inner.get(...call)),
    list: (...call) => network.pass(() => inner.list(...call)),
    aggregate: (...call) => network.pass(() => inner.aggregate(...call)),
    apply: (...call) => network.pass(() => inner.apply(...call)),
    watch: (module, id, observer) => network.follow(observer, (one) => inner.watch(module, id, one)),
    watchList: (module, query, observer) => network.follow(observer, (one) => inner.watchList(module, query, one)),
    fail: (error) => network.fail(error),
    wait: (promise) => network.wait(promise),
  };
};

class Network {
  #failure: CrmError | null = null;
  #waiting: Promise<unknown> = Promise.resolve();
  readonly #watchers = new Set<() => void>();

  fail(error: CrmError | null): void {
    this.#failure = error;
    for (const begin of this.#watchers) begin();
  }

  wait(promise: Promise<unknown>): void {
    this.#waiting = promise;
  }

  async pass<T>(call: () => Promise<T>): Promise<T> {
    await this.#waiting;
    if (this.#failure) throw this.#failure;
    return call();
  }

  follow<T>(observer: Observer<T>, start: (observer: Observer<T>) => () => void): () => void {
    let stop = (): void => {};
    const next = (value: T): void => void (this.#failure || observer.next(value));
    const begin = (): void => {
      stop();
      stop = (): void => {};
      if (this.#failure) observer.error?.(this.#failure);
      else stop = start({ next, error: (error) => observer.error?.(error) });
    };
    void this.#waiting.then(() => this.#watchers.has(begin) && begin());
    this.#watchers.add(begin);
    return () => {
      this.#watchers.delete(begin);
      stop();
    };
  }
}
