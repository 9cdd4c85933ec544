import { isCrmError } from '@tessera-crm/model/errors.js';
import type { FeedEvent, SyncDoor } from '@tessera-crm/model/sync-door.js';
import { isUnreachable } from './reach.ts';
import type { Truth } from './truth.ts';

export interface FeedFollowerOptions {
  readonly door: SyncDoor;
  readonly truth: Truth;
  readonly reached: (isOnline: boolean) => void;
  /** Something changed that is not here. */
  readonly heard: (module: string, id: string) => void;
  /** Nobody knows what happened: everything is to be asked again. */
  readonly unsure: () => void;
  /** So much was missed that what is kept counts for nothing. */
  readonly reset: () => Promise<void>;
}

/** Milliseconds for which it goes on when nobody wants it any more: somebody may come back. */
const patience = 30_000;

/** Follows what the server tells, as long as anybody here looks at anything. */
export class FeedFollower {
  readonly #options: FeedFollowerOptions;
  #stream: AbortController | undefined;
  #end: ReturnType<typeof setTimeout> | undefined;
  #wanted = 0;
  /** How far the stream told. */
  #at: number | null = null;
  #isLost = false;

  constructor(options: FeedFollowerOptions) {
    this.#options = options;
  }

  /** @returns How to say that one does not look any more. */
  want(): () => void {
    this.#wanted++;
    clearTimeout(this.#end);
    if (!this.#stream) this.#start();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#wanted > 0) return;
      this.#end = setTimeout(() => this.stop(), patience);
      // Node would wait for it
      (this.#end as { unref?(): void }).unref?.();
    };
  }

  /** Connects anew, where that may help: the network, or the page, came back. */
  restart(): void {
    if (!this.#stream) return;
    this.stop();
    this.#start();
  }

  /** What is known went back behind what was told: it has to be told again. */
  look(): void {
    const { cursor } = this.#options.truth.standing;
    if (this.#stream && this.#at !== null && cursor !== null && cursor < this.#at) this.restart();
  }

  stop(): void {
    clearTimeout(this.#end);
    this.#stream?.abort();
    this.#stream = undefined;
  }

  #start(): void {
    const stream = new AbortController();
    this.#stream = stream;
    this.#at = null;
    void this.#follow(stream.signal);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { door, truth, reached } = this.#options;
    try {
      for await (const event of door.follow({ cursor: truth.standing.cursor ?? undefined, signal })) {
        if (signal.aborted) return;
        await this.#take(event);
      }
    } catch (cause) {
      if (!signal.aborted) reached(!isUnreachable(cause) && isCrmError(cause));
    }
  }

  // oxlint-disable-next-line complexity
  async #take(event: FeedEvent): Promise<void> {
    const { truth, reached, reset, unsure } = this.#options;
    switch (event.type) {
      case 'open':
        reached(true);
        this.#at = event.cursor ?? null;
        if (this.#isLost || event.cursor === undefined) unsure();
        this.#isLost = false;
        return;
      case 'at':
        if (this.#at === null) truth.opened(event.seq);
        else truth.hear({ from: this.#at, to: event.seq, changes: [] });
        break;
      case 'change':
        this.#hear(event);
        break;
      case 'rights':
        return truth.rightsChanged(event.aclSeq);
      case 'reset':
        await reset();
        this.#at = null;
        return unsure();
      case 'lost':
        this.#isLost = true;
        reached(!isUnreachable(event.error));
        return unsure();
    }
    this.#at = Math.max(event.seq, this.#at ?? 0);
    this.look();
  }

  #hear({ seq, changes }: Extract<FeedEvent, { type: 'change' }>): void {
    const { truth, heard } = this.#options;
    const unknown = changes.filter(({ module, id }) => !truth.isHeld(module, id));
    truth.hear({ from: this.#at ?? seq - 1, to: seq, changes });
    for (const { module, id } of unknown) heard(module, id);
  }
}
