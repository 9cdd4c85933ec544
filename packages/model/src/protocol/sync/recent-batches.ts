import type { Batch } from './client.ts';
import { rules } from './rules.ts';

/** Changes that are remembered, about. */
const most = 1000;

/**
 * What the feed told last. Whoever goes back a little, because an older page came or another tab knew less (R2, R17),
 * hears it again from here, and the server is spared.
 */
export class RecentBatches {
  readonly #most: number;
  #batches: readonly Batch[] = [];

  /** @param mostBatches - How many are remembered; each with few changes as a rule. */
  constructor(mostBatches: number = most) {
    this.#most = mostBatches;
  }

  add(batch: Batch): void {
    const others = this.#batches.filter(({ from, to }) => from < batch.from || to > batch.to);
    this.#batches = [...others, batch].toSorted((a, b) => a.from - b.from).slice(-this.#most);
  }

  /** What leads on from a cursor, in its order, and tells of these modules; as far as it is remembered without a hole. */
  after(cursor: number, modules: ReadonlySet<string>): readonly Batch[] {
    let at = cursor;
    return this.#batches.filter((batch) => {
      if (batch.from > at || batch.to <= at || !rules.tellsOf(batch, modules)) return false;
      at = batch.to;
      return true;
    });
  }

  clear(): void {
    this.#batches = [];
  }
}
