import type { Database } from '../database/database.ts';
import { takeNumbers } from '../sql/numbers.ts';

/** Numbers taken together at most. */
const maxBlock = 256;
/** Milliseconds: who comes back sooner takes twice as many. */
const busy = 1_000;

interface Block {
  next: number;
  /** The last number of the block. */
  last: number;
  size: number;
  /** When it was taken, in milliseconds since 1970. */
  at: number;
}

/**
 * Numbers of series, taken from the database in blocks so that many writers do not wait for one row. In quiet times a
 * block is one number, and the series has no gaps; what is left of a block when the process ends is never given.
 */
export class NumberBlocks {
  readonly #database: Database;
  readonly #blocks = new Map<string, Block>();
  /** By series, the taking under way: those that come meanwhile wait for it. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next numbers of a series, in order. */
  async take(tenant: string, series: string, count: number): Promise<readonly number[]> {
    const key = `${tenant} ${series}`;
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(() => this.#take(key, { tenant, series, count }));
    const settled = turn.catch(() => undefined);
    this.#turns.set(key, settled);
    void settled.then(() => this.#turns.get(key) === settled && this.#turns.delete(key));
    return turn;
  }

  async #take(
    key: string,
    { tenant, series, count }: { readonly tenant: string; readonly series: string; readonly count: number },
  ): Promise<readonly number[]> {
    const numbers: number[] = [];
    while (numbers.length < count) {
      const block = this.#blocks.get(key);
      if (block && block.next <= block.last) numbers.push(block.next++);
      else await this.#refill(key, { tenant, series, atLeast: count - numbers.length });
    }
    return numbers;
  }

  async #refill(
    key: string,
    { tenant, series, atLeast }: { readonly tenant: string; readonly series: string; readonly atLeast: number },
  ): Promise<void> {
    const before = this.#blocks.get(key);
    const at = Date.now();
    const wanted = before && at - before.at < busy ? Math.min(before.size * 2, maxBlock) : 1;
    const size = Math.max(wanted, atLeast);
    const { rows } = await this.#database.run(tenant, takeNumbers({ tenant, series, count: size }));
    const last = rows[0]![0] as number;
    this.#blocks.set(key, { next: last - size + 1, last, size: wanted, at });
  }
}

const blocks = new WeakMap<Database, NumberBlocks>();

/** One for all stores of a database. */
export const numberBlocks = (database: Database): NumberBlocks => {
  let own = blocks.get(database);
  if (!own) blocks.set(database, (own = new NumberBlocks(database)));
  return own;
};
