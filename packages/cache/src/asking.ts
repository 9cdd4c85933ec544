import type { CrmError } from '@tessera-crm/model/errors.js';

/** Milliseconds in which several reasons to ask become one question. */
const collecting = 20;

export interface AskingOptions<T> {
  readonly ask: () => Promise<T>;
  readonly next: (answer: T) => void;
  /** Told of the first failure in a row. */
  readonly error: (error: CrmError) => void;
}

/** A question that is asked at once, again when there is reason to, and by itself after a failure. */
export class Asking<T> {
  readonly #options: AskingOptions<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isStale = false;
  #isStopped = false;
  #failures = 0;

  constructor(options: AskingOptions<T>) {
    this.#options = options;
    void this.#run();
  }

  /** Asks in a moment, and again if it is asking already: that answer may be older than the reason. */
  readonly soon = (): void => {
    if (this.#isAsking) this.#isStale = true;
    else this.#in(collecting);
  };

  readonly stop = (): void => {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  };

  #in(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#run(), milliseconds);
  }

  async #run(): Promise<void> {
    const { ask, next, error } = this.#options;
    this.#isAsking = true;
    this.#isStale = false;
    try {
      const answer = await ask();
      this.#failures = 0;
      if (!this.#isStopped) next(answer);
    } catch (cause) {
      if (this.#failures++ === 0 && !this.#isStopped) error(cause as CrmError);
      this.#in(backOff(this.#failures));
    }
    this.#isAsking = false;
    if (this.#isStale) this.#in(collecting);
  }
}

/** Milliseconds: doubling from 1 s to 60 s, halved at most by chance. */
export const backOff = (failures: number): number => Math.min(60_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
