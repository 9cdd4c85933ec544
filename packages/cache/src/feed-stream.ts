import { isCrmError } from '@tessera-crm/model/errors.js';
import type { Batch } from '@tessera-crm/model/protocol/sync/client.js';
import type { FeedEvent, SyncDoor } from '@tessera-crm/model/sync-door.js';
import { isUnreachable } from './reach.ts';

/** Where the stream of the tab that leads stands. */
export interface Stands {
  /** How far it told; null before it did. */
  readonly at: number | null;
  /** The greatest number of the caller's rights that is known there. */
  readonly aclSeq: number;
  /** What it said when it was interrupted, if it is. */
  readonly lost: Lost | null;
}

/** It is interrupted; `isReached` if it was the server that did so. */
type Lost = { readonly type: 'lost'; readonly isReached: boolean };

/** What a stream told: to the tab that follows it, and by this one to the others. */
export type Told =
  /** It flows from now on; where `isSure` is false nobody knows what came before. */
  | { readonly type: 'open'; readonly isSure: boolean }
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'rights'; readonly aclSeq: number }
  /** Too much was missed. */
  | { readonly type: 'reset' }
  | Lost;

export interface FeedStreamOptions {
  readonly door: SyncDoor;
  /** Where to begin. */
  readonly cursor: () => number | null;
  /** Of which it is to tell; undefined for all modules. */
  readonly modules: () => readonly string[] | undefined;
  readonly told: (told: Told) => Promise<void>;
}

/** The stream of what the server tells, as long as it is wanted. */
export class FeedStream {
  readonly #options: FeedStreamOptions;
  #stream: AbortController | undefined;
  #startedAt = 0;
  /** How far it told; null before it did. */
  #at: number | null = null;
  #lost: Lost | null = null;
  /** Of which it tells. */
  #of: readonly string[] | undefined;

  constructor(options: FeedStreamOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#stream !== undefined;
  }

  /** Whether it does not tell of all that it is to tell of. */
  get isNarrow(): boolean {
    const of = this.#of;
    const wanted = this.#options.modules();
    return of !== undefined && !wanted?.every((module) => of.includes(module));
  }

  get lost(): Lost | null {
    return this.#lost;
  }

  /** When it was begun, by a clock that nobody sets. */
  get startedAt(): number {
    return this.#startedAt;
  }

  get at(): number | null {
    return this.#at;
  }

  start(): void {
    if (this.#stream) return;
    const stream = new AbortController();
    this.#stream = stream;
    this.#startedAt = performance.now();
    this.#of = this.#options.modules();
    void this.#follow(stream.signal);
  }

  /** Connects anew, where that may help. */
  restart(): void {
    if (!this.#stream) return;
    this.stop();
    this.start();
  }

  stop(): void {
    this.#stream?.abort();
    this.#stream = undefined;
    this.#at = null;
    this.#lost = null;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { door, cursor, told } = this.#options;
    try {
      for await (const event of door.follow({ cursor: cursor() ?? undefined, modules: this.#of, signal })) {
        if (signal.aborted) return;
        await told(this.#toldBy(event));
      }
    } catch (cause) {
      if (!signal.aborted) await told(this.#brokeOff(!isUnreachable(cause) && isCrmError(cause)));
    }
  }

  #toldBy(event: FeedEvent): Told {
    switch (event.type) {
      case 'open':
        this.#at = event.cursor ?? null;
        this.#lost = null;
        return { type: 'open', isSure: event.cursor !== undefined };
      case 'at':
        return this.#batch(this.#at ?? event.seq, event.seq, []);
      case 'change':
        return this.#batch(this.#at ?? event.seq - 1, event.seq, event.changes);
      case 'rights':
        return { type: 'rights', aclSeq: event.aclSeq };
      case 'reset':
        this.#at = null;
        return { type: 'reset' };
      case 'lost':
        return this.#brokeOff(!isUnreachable(event.error));
    }
  }

  #brokeOff(isReached: boolean): Told {
    this.#lost = { type: 'lost', isReached };
    return this.#lost;
  }

  #batch(from: number, to: number, changes: Batch['changes']): Told {
    this.#at = Math.max(to, this.#at ?? 0);
    return { type: 'batch', batch: { from, to, changes, of: this.#of } };
  }
}
