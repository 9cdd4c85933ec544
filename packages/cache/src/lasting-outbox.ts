import { inTime } from './at-most.ts';
import { OutboxDatabase, type OutboxDatabaseOptions } from './outbox-database.ts';
import { isFull, isHeldUp } from './storage-trouble.ts';

export interface LastingOutboxOptions extends OutboxDatabaseOptions {
  /** Gives up what can be had again. */
  readonly makeRoom: () => Promise<void>;
}

/** Milliseconds before a database that failed is opened again, and those that it may take to open. */
export const reopening = { breath: 50, patience: 4_000 };

/** What must not be lost: when there is no room, that of the cache is given up for it; when it fails, it is opened anew. */
export class LastingOutbox {
  readonly #options: LastingOutboxOptions;
  #database: OutboxDatabase;
  #opening: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: LastingOutboxOptions) {
    this.#options = options;
    this.#database = new OutboxDatabase(options);
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async run<T>(work: (outbox: OutboxDatabase) => Promise<T>): Promise<T> {
    const database = this.#database;
    try {
      return await work(database);
    } catch (cause) {
      if (this.#isClosed || isHeldUp(cause)) throw cause;
      if (isFull(cause)) await this.#options.makeRoom();
      else await this.#leave(database, cause);
      return work(this.#database);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#database.close();
  }

  /** What fails at the same time goes on in the same one. */
  async #leave(failed: OutboxDatabase, cause: unknown): Promise<void> {
    if (failed === this.#database) this.#opening ??= this.#reopen(cause).finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  async #reopen(cause: unknown): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, reopening.breath));
    // whoever deletes a database, as a tab that signs out, is not stopped by its being opened again
    if (this.#isClosed) throw cause;
    this.#database.close();
    const database = new OutboxDatabase(this.#options);
    this.#database = database;
    await inTime(reopening.patience, database.open()).catch((reason: unknown) => {
      database.close();
      throw reason;
    });
  }
}
