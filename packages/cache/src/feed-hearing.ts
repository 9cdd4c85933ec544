import type { Batch } from '@tessera-crm/model/protocol/sync/client.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { CatchingUp } from './catching-up.ts';
import type { Stands, Told } from './feed-stream.ts';
import type { Truth } from './truth.ts';

export interface FeedHearingOptions {
  readonly door: SyncDoor;
  readonly truth: Truth;
  /** Waits for an answer, and notes whether the server was reached. */
  readonly reach: <T>(answer: Promise<T>) => Promise<T>;
  readonly reached: (isOnline: boolean) => void;
  /** Something changed that is not here. */
  readonly heard: (module: string, id: string) => void;
  /** Nobody knows what happened: everything is to be asked again. */
  readonly unsure: () => void;
  /** So much was missed that what is kept counts for nothing. */
  readonly reset: () => Promise<void>;
}

/** Hears what a stream tells, be it this tab's or another one's, and fetches what it did not hear of. */
export class FeedHearing {
  readonly #options: FeedHearingOptions;
  readonly #catchingUp: CatchingUp;
  #turn: Promise<void> = Promise.resolve();
  /** How far streams told. */
  #at: number | null = null;
  #isLost = false;

  constructor(options: FeedHearingOptions) {
    this.#options = options;
    this.#catchingUp = new CatchingUp({
      ...options,
      target: () => this.#at,
      hear: (batch) => this.#hear(batch),
      reset: () => this.#inTurn(() => this.#reset()),
    });
  }

  /** Takes one after the other. Resolves when this one is taken. */
  take(told: Told): Promise<void> {
    return this.#inTurn(() => this.#take(told));
  }

  /** The tab that leads told where its stream stands. */
  stands({ at, aclSeq, lost }: Stands): Promise<void> {
    return this.#inTurn(async () => {
      // R16: rights come first
      this.#options.truth.rightsChanged(aclSeq);
      if (lost && !this.#isLost) await this.#take(lost);
      if (at === null) return;
      this.#begin(at);
      this.#reachedTo(at);
    });
  }

  /** What is known may have gone back behind what was told: it has to be told again. */
  look(): void {
    this.#catchingUp.look();
  }

  /** The server may be reachable again. */
  retry(): void {
    this.#catchingUp.retry();
  }

  /** From now on nothing is heard: what is known is as far as anybody here wants to know. */
  stop(): void {
    this.#at = null;
    this.#catchingUp.stop();
  }

  async #take(told: Told): Promise<void> {
    const { truth, reached, unsure } = this.#options;
    switch (told.type) {
      case 'open':
        reached(true);
        if (this.#isLost || !told.isSure) unsure();
        this.#isLost = false;
        return;
      case 'batch':
        this.#begin(told.batch.from);
        this.#hear(told.batch);
        return this.#reachedTo(told.batch.to);
      case 'rights':
        return truth.rightsChanged(told.aclSeq);
      case 'reset':
        return this.#reset();
      case 'lost':
        this.#isLost = true;
        reached(told.isReached);
        return unsure();
    }
  }

  /** Whoever was nowhere yet begins where the stream is. */
  #begin(at: number): void {
    const { truth } = this.#options;
    if (truth.standing.cursor === null) truth.opened(at);
  }

  #reachedTo(at: number): void {
    this.#at = Math.max(at, this.#at ?? 0);
    this.look();
  }

  #hear(batch: Batch): void {
    const { truth, heard } = this.#options;
    const unknown = batch.changes.filter(({ module, id }) => !truth.isHeld(module, id));
    truth.hear(batch);
    for (const { module, id } of unknown) heard(module, id);
  }

  async #reset(): Promise<void> {
    const { reset, unsure } = this.#options;
    this.#at = null;
    await reset();
    unsure();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
