import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Observer, Store } from '@tessera-crm/model/store.js';

type Start<T> = (store: Store, observer: Observer<T>) => () => void;

/** One watcher that is handed from store to store: the old one is heard until the new one has something to say. */
export class HandedWatch<T> {
  readonly #observer: Observer<T>;
  readonly #start: Start<T>;
  #stop: () => void = () => {};
  #turn = 0;

  constructor(observer: Observer<T>, start: Start<T>) {
    this.#observer = observer;
    this.#start = start;
  }

  /** @param failed - Told of failures of this store, instead of the observer. */
  handTo(store: Store, failed: (error: CrmError) => void): void {
    const turn = ++this.#turn;
    let stopBefore: (() => void) | undefined = this.#stop;
    const isCurrent = (): boolean => turn === this.#turn;
    const leaveBefore = (): void => {
      stopBefore?.();
      stopBefore = undefined;
    };
    const stop = this.#start(store, {
      next: (value) => {
        leaveBefore();
        if (isCurrent() || this.#isWaiting(turn)) this.#observer.next(value);
      },
      error: (error) => void (isCurrent() && failed(error)),
    });
    this.#stop = () => {
      leaveBefore();
      stop();
    };
  }

  fail(error: CrmError): void {
    this.#observer.error?.(error);
  }

  stop(): void {
    this.#turn = -1;
    this.#stop();
  }

  /** Whether a later store has taken over but not spoken yet; it stops this one when it does. */
  #isWaiting(turn: number): boolean {
    return turn < this.#turn;
  }
}
