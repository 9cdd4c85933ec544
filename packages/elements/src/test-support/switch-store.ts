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
  let failure: CrmError | null = null;
  let waiting: Promise<unknown> = Promise.resolve();
  const told = new Set<() => void>();
  const pass = async <T>(call: () => Promise<T>): Promise<T> => {
    await waiting;
    if (failure) throw failure;
    return call();
  };
  const guarded = <T>(observer: Observer<T>, start: (observer: Observer<T>) => () => void): (() => void) => {
    let stop = (): void => {};
    const begin = (): void => {
      stop();
      stop = (): void => {};
      if (failure) observer.error?.(failure);
      else
        stop = start({
          next: (value) => void (failure || observer.next(value)),
          error: (error) => observer.error?.(error),
        });
    };
    let isStopped = false;
    void waiting.then(() => isStopped || begin());
    told.add(begin);
    return () => {
      isStopped = true;
      told.delete(begin);
      stop();
    };
  };
  return {
    get: (...call) => pass(() => inner.get(...call)),
    list: (...call) => pass(() => inner.list(...call)),
    aggregate: (...call) => pass(() => inner.aggregate(...call)),
    apply: (...call) => pass(() => inner.apply(...call)),
    watch: (module, id, observer) => guarded(observer, (one) => inner.watch(module, id, one)),
    watchList: (module, query, observer) => guarded(observer, (one) => inner.watchList(module, query, one)),
    fail(error) {
      failure = error;
      for (const begin of told) begin();
    },
    wait(promise) {
      waiting = promise;
    },
  };
};
