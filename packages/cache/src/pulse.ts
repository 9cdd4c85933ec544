export interface PulseOptions {
  /** Whether this tab needs the one that leads. */
  readonly isNeeded: () => boolean;
  /** Asks the tab that leads to say that it lives. */
  readonly ask: () => void;
  /** It says nothing. */
  readonly silent: () => void;
  /** Milliseconds of a clock that nobody sets. */
  readonly now?: () => number;
}

/** Milliseconds between two questions whether the tab that leads lives. */
const beat = 2_000;

/** Milliseconds of silence after which it does not. */
const longestSilence = 5_000;

/** Milliseconds after which it is asked in any case, so that it does not forget who wants the feed. */
const renewal = 20_000;

/**
 * How a tab notices that the one that leads was frozen or hangs: it asks, and hears nothing. Answers are no timers, so
 * they come from a tab in the background as promptly as from any other. Whose own clock skipped some time was frozen
 * itself, or is kept short of timers: it waits for another while before it believes its ears.
 */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticked = 0;
  #heard = 0;
  #asked = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get isAsking(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins to ask where that is needed, at once. */
  look(): void {
    if (!this.#options.isNeeded()) return this.stop();
    if (this.#timer !== undefined) return;
    this.#heard = this.#ticked = this.#now();
    this.ask();
    this.#wait();
  }

  /** Asks now. */
  ask(): void {
    this.#asked = this.#now();
    this.#options.ask();
  }

  /** The tab that leads said something. */
  heard(): void {
    this.#heard = this.#now();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    this.#timer = undefined;
    if (!this.#options.isNeeded()) return;
    const now = this.#now();
    // what was said meanwhile may not have been delivered yet
    if (now - this.#ticked > 2 * beat) this.#heard = now;
    this.#ticked = now;
    this.#wait();
    if (now - this.#heard >= longestSilence) {
      this.#heard = now;
      this.#options.silent();
    } else if (now - this.#heard >= beat / 2 || now - this.#asked >= renewal) this.ask();
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#tick(), beat);
    // Node would wait for it
    (this.#timer as { unref?(): void }).unref?.();
  }
}
