import { atMost } from './at-most.ts';

/** Milliseconds after which idle work begins although the page was never idle. */
const longest = 5_000;

/** Milliseconds in which a page shows what it was opened for: a page that waits for a database counts as idle. */
const lull = 5_000;

/** Milliseconds that whoever stops it waits for what runs. */
const patience = 2_000;

/** Does something when there is nothing better to do. @returns What calls it off. */
export type WhenIdle = (work: () => void) => () => void;

/** Work for which nobody waits: done when the page is idle, never twice at a time, and silent when it fails. */
export class IdleWork {
  readonly #work: () => Promise<void>;
  readonly #whenIdle: WhenIdle;
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #isWanted = false;
  #isStopped = false;

  constructor(work: () => Promise<void>, whenIdle: WhenIdle = byBrowser) {
    this.#work = work;
    this.#whenIdle = whenIdle;
  }

  /** There is something to do. */
  soon(): void {
    this.#isWanted = true;
    if (this.#isStopped || this.#running) return;
    this.#cancel ??= this.#whenIdle(() => void this.now());
  }

  /** Does it now. @returns When it is done, or has failed. */
  async now(): Promise<void> {
    while (this.#running) await this.#running;
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#isStopped) return;
    this.#isWanted = false;
    this.#running = this.#work().catch(() => {});
    await this.#running;
    this.#running = undefined;
    if (this.#isWanted) this.soon();
  }

  /** What did not begin yet never will. @returns When nothing runs any more, or it takes too long. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#running) await atMost(patience, this.#running);
  }
}

const byBrowser: WhenIdle = (work) => {
  let handle: number | undefined;
  const timer = setTimeout(() => {
    // Safari has none
    if (typeof globalThis.requestIdleCallback === 'function') handle = requestIdleCallback(work, { timeout: longest });
    else work();
  }, lull);
  return () => {
    clearTimeout(timer);
    if (handle !== undefined) cancelIdleCallback(handle);
  };
};
