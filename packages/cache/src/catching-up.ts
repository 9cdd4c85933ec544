import type { Batch } from '@tessera-crm/model/protocol/sync/client.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { backOff } from './asking.ts';
import { namedIn } from './named-in.ts';
import type { Truth } from './truth.ts';

export interface CatchingUpOptions {
  readonly door: SyncDoor;
  readonly truth: Truth;
  /** Waits for an answer, and notes whether the server was reached. */
  readonly reach: <T>(answer: Promise<T>) => Promise<T>;
  /** How far a stream told; null where nobody listens to one. */
  readonly target: () => number | null;
  readonly hear: (batch: Batch) => void;
  /** So much was missed that everything begins anew. */
  readonly reset: () => Promise<void>;
}

/** Milliseconds in which what is remembered may fill the gap. */
const collecting = 10;

/**
 * Fetches what a stream told before it was listened to, or has to be heard again: R2, R5, R17. By questions, because
 * there is one stream for all tabs, and it is further on.
 */
export class CatchingUp {
  readonly #options: CatchingUpOptions;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(options: CatchingUpOptions) {
    this.#options = options;
  }

  /** Looks in a moment whether anything was missed. */
  look(): void {
    if (this.#asking || this.#timer !== undefined || !this.#isBehind()) return;
    this.#timer = setTimeout(() => void this.#run(), this.#failures > 0 ? backOff(this.#failures) : collecting);
  }

  /** The server may be reachable again. */
  retry(): void {
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.look();
  }

  stop(): void {
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
  }

  async #run(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#timer = undefined;
    try {
      while (!asking.signal.aborted && this.#isBehind()) await this.#once(asking.signal);
      this.#failures = 0;
    } catch {
      if (!asking.signal.aborted) this.#failures++;
    }
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    this.look();
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { door, truth, reach, target, hear, reset } = this.#options;
    const from = truth.standing.cursor!;
    const to = target()!;
    const { life } = truth;
    const of = namedIn(truth.wanted);
    const news = await reach(door.news(from, { signal, modules: of }));
    // what began anew meanwhile has nothing to do with it
    if (signal.aborted || truth.life !== life) return;
    if (news.reset) return reset();
    // R16: rights come first
    truth.rightsChanged(news.aclSeq);
    let at = from;
    for (const { seq, changes } of news.events) {
      hear({ from: at, to: seq, changes, of });
      at = seq;
    }
    // numbers under which there is nothing end no question: if there is nothing after `from`, there is nothing up to `to`
    const end = news.cursor > from ? news.cursor : to;
    if (end > at) hear({ from: at, to: end, changes: [], of });
    truth.hearAgain();
  }

  #isBehind(): boolean {
    const { truth, target } = this.#options;
    const { cursor } = truth.standing;
    const at = target();
    return at !== null && cursor !== null && cursor < at;
  }
}
