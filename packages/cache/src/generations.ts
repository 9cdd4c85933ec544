import { inTime } from './at-most.ts';
import type { Generation } from './generation.ts';
import { reopening, type LastingOutbox } from './lasting-outbox.ts';
import { OpenWork } from './open-work.ts';
import { isFull, isHeldUp } from './storage-trouble.ts';

export interface GenerationsOptions {
  /** Says which one is used, in all tabs. */
  readonly outbox: LastingOutbox;
  readonly generationOf: (number: number) => Generation;
}

/** The generation of the cache that is used: one that fails, or that another tab left, gives way to a later one. */
export class Generations {
  readonly #outbox: LastingOutbox;
  readonly #generationOf: (number: number) => Generation;
  /** What is done with the one that is open. */
  readonly #work = new OpenWork();
  #open: Generation | undefined;
  #opening: Promise<Generation> | undefined;
  #moving: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor({ outbox, generationOf }: GenerationsOptions) {
    this.#outbox = outbox;
    this.#generationOf = generationOf;
  }

  /** Reads and writes what can be had again: a database that fails is opened anew, then left for another one. */
  async run<T>(work: (cache: Generation) => Promise<T>): Promise<T> {
    let cache: Generation | undefined;
    try {
      cache = await this.current();
      return await this.#work.do(work(cache));
    } catch (cause) {
      if (this.#isClosed) throw cause;
      const failed = cache ?? this.#generationOf(await this.#number());
      if (isFull(cause) || isHeldUp(cause)) return work(await this.after(failed));
      this.#leave(failed);
      await new Promise((resolve) => setTimeout(resolve, reopening.breath));
      // whoever deletes a database, as a tab that signs out, is not stopped by its being opened again
      if (this.#isClosed) throw cause;
      return this.#runAgain(work);
    }
  }

  /** Opens it where it is not open. */
  current(): Promise<Generation> {
    if (this.#isClosed) return Promise.reject(new Error('The storage is closed.'));
    this.#opening ??= this.#openCurrent().catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  /** The one after this one, where nothing is yet; a later one if another tab, or call, left this one before. */
  after(cache: Generation): Promise<Generation> {
    const moved = this.#moving.then(async () => {
      if ((await this.#number()) === cache.number) await this.#delete(cache.number + 1);
      await this.#abandon(cache);
      return this.current();
    });
    this.#moving = moved.catch(() => {});
    return moved;
  }

  /** Goes on in the one after this one. @param fill - Puts something there. @returns False to stay. */
  async moveOn(cache: Generation, fill: (next: Generation) => Promise<boolean>): Promise<void> {
    if ((await this.#number()) !== cache.number) return;
    await this.#delete(cache.number + 1);
    const next = this.#generationOf(cache.number + 1);
    try {
      await next.open();
      if (!(await fill(next))) return;
    } finally {
      next.close();
    }
    await this.#abandon(cache);
  }

  /** Gives up what is there, for something that has no room. */
  async makeRoom(): Promise<void> {
    const cache = await this.current();
    this.#leave(cache);
    await this.#delete(cache.number);
  }

  /** Deletes what a crash between two of them left behind. */
  async tidy(): Promise<void> {
    const { number } = await this.current();
    if (number > 1) await this.#delete(number - 1);
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.close();
  }

  async #runAgain<T>(work: (cache: Generation) => Promise<T>): Promise<T> {
    let cache: Generation | undefined;
    try {
      cache = await this.current();
      return await this.#work.do(work(cache));
    } catch {
      return work(await this.after(cache ?? this.#generationOf(await this.#number())));
    }
  }

  async #abandon(cache: Generation): Promise<void> {
    await this.#outbox.run((outbox) => outbox.leaveGeneration(cache.number));
    this.#leave(cache);
    await this.#delete(cache.number);
  }

  async #openCurrent(): Promise<Generation> {
    const generation = this.#generationOf(await this.#number());
    generation.onDeleted(() => this.#leave(generation));
    await inTime(reopening.patience, generation.open()).catch((cause: unknown) => {
      generation.close();
      throw cause;
    });
    // another tab left it meanwhile
    if ((await this.#number()) !== generation.number) {
      generation.close();
      await this.#delete(generation.number);
      return this.#openCurrent();
    }
    this.#open = generation;
    return generation;
  }

  #number(): Promise<number> {
    return this.#outbox.run((outbox) => outbox.generation());
  }

  #leave(generation: Generation): void {
    generation.close();
    if (this.#open !== generation) return;
    this.#open = undefined;
    this.#opening = undefined;
    this.#work.end(new Error('This generation was left.'));
  }

  #delete(number: number): Promise<void> {
    return this.#generationOf(number)
      .delete()
      .catch(() => {});
  }
}
