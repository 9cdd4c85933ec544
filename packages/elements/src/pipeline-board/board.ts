import type { RecordOf } from '@tessera-crm/model/records.js';

export type Deal = RecordOf<'deals'>;
export type Stage = RecordOf<'stages'>;
export type Pipeline = RecordOf<'pipelines'>;

/** The key of the column for deals whose stage is none of the pipeline's: they are shown, never lost from sight. */
export const strayKey = 'stray';

/** One column of the board: a stage, or what fits no stage. */
export interface Column {
  /** The stage's id, or `strayKey`. */
  readonly key: string;
  readonly stage: Stage | null;
  readonly deals: readonly Deal[];
  /** Whether these are all deals of the stage; more come when a person scrolls down. */
  readonly isComplete: boolean;
  /** Shown as a narrow zone that takes drops and opens when pressed. */
  readonly isFolded: boolean;
  /** Whether the first page is still on its way. */
  readonly isLoading: boolean;
}

/** Deals that close first come first; ids break ties, as stores break them. */
export const byCloseDate = (a: Deal, b: Deal): number =>
  compare(a.expectedCloseDate ?? '\uffff', b.expectedCloseDate ?? '\uffff') || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where in a column a deal belongs: the row it gets when it is put in. */
export const rowOf = (deals: readonly Deal[], deal: Deal): number => {
  let low = 0;
  let high = deals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byCloseDate(deals[middle]!, deal) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const rowsFound = new WeakMap<readonly Deal[], Map<string, number>>();

/**
 * The row of a deal, −1 when it is in no row. Remembered, because a column has thousands of rows that lie all over the
 * memory, and this is asked again and again while somebody waits for a card to drop.
 */
export const indexOfId = (deals: readonly Deal[], id: string): number => {
  let rows = rowsFound.get(deals);
  if (!rows) rowsFound.set(deals, (rows = new Map()));
  let row = rows.get(id);
  if (row === undefined) rows.set(id, (row = deals.findIndex((deal) => deal.id === id)));
  return row;
};

/** Whether two lists hold the very same things in the same order. */
export const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
