import type { Database } from '../database/database.ts';
import { claimChore } from '../sql/forgetting.ts';
import type { Chore } from './chores.ts';

export interface HousekeeperOptions {
  readonly database: Database;
  readonly chores: readonly Chore[];
  /** Hears of chores that failed; they come again at their next turn. */
  readonly failed: (chore: string, error: unknown) => void;
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number;
}

/** Milliseconds between two looks for what is due. */
const interval = 60_000;

/** Does what is due, now and then. Of several servers over one database, one does each piece of it. */
export class Housekeeper {
  readonly #options: HousekeeperOptions;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: HousekeeperOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  start(): void {
    // nobody's process is kept alive by it
    this.#timer = setInterval(() => void this.work(), interval).unref();
  }

  /** Does what is due by now. */
  async work(): Promise<void> {
    this.#work = this.#work.then(async () => {
      for (const chore of this.#options.chores) await this.#do(chore);
    });
    return this.#work;
  }

  /** Ends once the piece under way is done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#work;
  }

  async #do(chore: Chore): Promise<void> {
    const { database, failed } = this.#options;
    if (this.#isStopped) return;
    const now = this.#now();
    const [at, next] = [now, now + chore.every].map((time) => new Date(time).toISOString());
    try {
      const { rows } = await database.admin(claimChore(chore.name, { now: at!, next: next! }));
      for (const [tenant] of rows) if (!this.#isStopped) await chore.run(database, tenant as string, now);
    } catch (error) {
      failed(chore.name, error);
    }
  }
}
