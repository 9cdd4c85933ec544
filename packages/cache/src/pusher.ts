import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import type { Applied, Store } from '@tessera-crm/model/store.js';
import type { Entry } from './entry.ts';

export interface PusherOptions {
  readonly remote: Store;
  /** The oldest entry that waits, as it is to be sent now. */
  readonly first: () => Entry | undefined;
  readonly mayPush: () => boolean;
  /** Carried out; called before the next one is sent. */
  readonly committed: (entry: Entry, results: readonly Applied[]) => Promise<void>;
  /** Refused for good; the queue goes on. */
  readonly rejected: (entry: Entry, error: CrmError) => Promise<void>;
  readonly reached: (isOnline: boolean) => void;
}

/** What no repetition changes: the server understood and says no. */
const finalCodes: ReadonlySet<ErrorCode> = new Set([
  'validation',
  'forbidden',
  'not-found',
  'conflict',
  'version-conflict',
  'too-large',
  'rule',
]);

/** Attempts after which an entry over which the server stumbles makes way for the others. */
const mostStumbles = 5;

/** Sends the outbox, oldest first, one at a time; waits as long as it takes to reach the server. */
export class Pusher {
  readonly #options: PusherOptions;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isStopped = false;

  constructor(options: PusherOptions) {
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
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    for (;;) {
      const entry = this.#options.first();
      if (!entry || this.#isStopped || !this.#options.mayPush()) return;
      if (!(await this.#send(entry))) return this.#wait(backOff(this.#failures));
    }
  }

  /** @returns Whether to go on. */
  async #send(entry: Entry): Promise<boolean> {
    const { remote, committed, rejected, reached } = this.#options;
    let results: readonly Applied[];
    try {
      results = await remote.apply(entry.changes as Change[], { atomic: true, idempotencyKey: entry.key });
    } catch (cause) {
      const error = isCrmError(cause) ? cause : new CrmError('internal', String(cause), {}, cause);
      if (this.#isStopped) return false;
      const isFinal = finalCodes.has(error.code) || (error.code === 'internal' && this.#failures + 1 >= mostStumbles);
      reached(isFinal || error.code === 'internal');
      if (isFinal) return this.#settle(() => rejected(entry, error));
      this.#failures++;
      return false;
    }
    if (this.#isStopped) return false;
    reached(true);
    return this.#settle(() => committed(entry, results));
  }

  /** Storage that fails here costs a repetition, which the key makes harmless. */
  async #settle(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#failures = 0;
      return true;
    } catch {
      this.#failures++;
      return false;
    }
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.push(), milliseconds);
  }
}

/** Milliseconds: doubling from 1 s to 60 s, halved at most by chance. */
const backOff = (failures: number): number => Math.min(60_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
