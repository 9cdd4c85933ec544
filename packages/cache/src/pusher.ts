import { backOff } from './asking.ts';
import type { Pushing, PushingOptions } from './pushing.ts';

/** Milliseconds before code that could not be fetched is fetched again. */
const withoutCode = 10_000;

/**
 * Sends the outbox, oldest first, one push at a time; waits as long as it takes to reach the server. How that is done is
 * fetched when there is something to send.
 */
export class Pusher {
  readonly #options: Omit<PushingOptions, 'signal'>;
  readonly #stopped = new AbortController();
  #pushing: Pushing | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Omit<PushingOptions, 'signal'>) {
    this.#options = options;
  }

  /** Begins in a moment, so that whoever made a change hears of it first. */
  soon(): void {
    this.#wait(0);
  }

  /** Sends now what there is. @returns When it is through, or cannot go on. */
  push(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  stop(): void {
    this.#stopped.abort();
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    if (this.#options.queue().entries.length === 0) return;
    const code = await import('./pushing.ts').catch(() => undefined);
    if (!code) return this.#wait(withoutCode);
    this.#pushing ??= new code.Pushing({ ...this.#options, signal: this.#stopped.signal });
    if (!(await this.#pushing.push())) this.#wait(backOff(this.#pushing.failures));
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped.signal.aborted) return;
    this.#timer = setTimeout(() => void this.push(), milliseconds);
  }
}
