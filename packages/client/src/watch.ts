import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Observer } from '@tessera-crm/model/store.js';
import { backOff } from './back-off.ts';

/** Milliseconds in which several changes become one question. */
const collecting = 20;

export interface Watched<T> {
  readonly ask: () => Promise<T>;
  readonly observer: Observer<T>;
  /** The answer to the first question, already under way. */
  readonly first: Promise<T>;
  /** Whether the observer has heard it. */
  readonly isTold: boolean;
}

/** One watcher: asks, tells when the answer differs from the last, and comes back by itself after a failure. */
export class Watch<T> {
  readonly #ask: () => Promise<T>;
  readonly #observer: Observer<T>;
  #last: { readonly value: T; readonly text: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isStale = false;
  #isStopped = false;
  #isQuiet: boolean;
  #failures = 0;

  constructor({ ask, observer, first, isTold }: Watched<T>) {
    this.#ask = ask;
    this.#observer = observer;
    this.#isQuiet = isTold;
    void this.#run(first);
  }

  get last(): T | undefined {
    return this.#last?.value;
  }

  /** Asks in a moment, and again if it is asking already: that answer may be older than the change. */
  askSoon(): void {
    if (this.#isAsking) this.#isStale = true;
    else this.#askIn(collecting);
  }

  /** Asks unless a question is on its way or waits for its turn. */
  poll(): void {
    if (!this.#isAsking && this.#timer === undefined) this.#askIn(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #askIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run(this.#ask());
    }, milliseconds);
  }

  async #run(answer: Promise<T>): Promise<void> {
    this.#isAsking = true;
    this.#isStale = false;
    try {
      this.#tell(await answer);
      this.#failures = 0;
    } catch (cause) {
      this.#fail(cause);
    }
    this.#isAsking = false;
    if (this.#isStale) this.#askIn(collecting);
  }

  #tell(value: T): void {
    const text = plainJson(value);
    const isNew = text !== this.#last?.text || this.#failures > 0;
    const isHeard = this.#isStopped || this.#isQuiet;
    this.#last = { value, text };
    this.#isQuiet = false;
    if (isNew && !isHeard) this.#observer.next(value);
  }

  /** Tells once per failure in a row of the same kind; asks again later whatever it was, for rights may come back. */
  #fail(cause: unknown): void {
    const error = isCrmError(cause) ? cause : new CrmError('internal', 'The answer cannot be read.', {}, cause);
    if (this.#failures++ === 0 && !this.#isStopped) this.#observer.error?.(error);
    this.#askIn(backOff(this.#failures));
  }
}
