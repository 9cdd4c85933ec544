import { indexOfId, isSameList, rowOf, type Deal } from './board.ts';

/**
 * A deal shown in another column than its record says.
 *
 * `asking` waits for a person's answers · `saving` is on its way · `saved` waits until the lists tell the same.
 */
export interface Move {
  readonly deal: Deal;
  readonly from: string;
  readonly to: string;
  readonly phase: 'asking' | 'saving' | 'saved';
}

export type Moves = ReadonlyMap<string, Move>;

export type Lists = ReadonlyMap<string, readonly Deal[]>;

/**
 * The lists with all moves made: every deal in exactly one column, in the order of the board. Lists that no move
 * touches stay the same arrays.
 */
export const withMoves = (lists: Lists, moves: Moves): Lists => {
  if (moves.size === 0) return lists;
  const result = new Map(lists);
  for (const { deal, to } of moves.values()) {
    for (const [key, deals] of result) {
      const row = indexOfId(deals, deal.id);
      if (row >= 0) result.set(key, deals.toSpliced(row, 1));
    }
    const deals = result.get(to) ?? [];
    result.set(to, deals.toSpliced(rowOf(deals, deal), 0, deal));
  }
  return result;
};

/** Lists with moves made, which stay the same arrays for as long as neither the lists nor the moves change. */
export class MovedLists {
  #given: readonly unknown[] = [];
  #moved: Lists = new Map();

  of(lists: Lists, moves: Moves): Lists {
    const given = [...lists.keys(), ...lists.values(), ...moves.values()];
    if (!isSameList(given, this.#given)) this.#moved = withMoves(lists, moves);
    this.#given = given;
    return this.#moved;
  }
}

/**
 * Whether the lists make a saved move superfluous: they show the deal as it was saved, or as somebody changed it since.
 * Lists that were read before the move was made do not: they would show the deal where it no longer is, or nowhere.
 */
export const isConfirmed = ({ deal, phase }: Move, lists: Lists): boolean =>
  phase === 'saved' &&
  [...lists.values()].some((deals) => (deals[indexOfId(deals, deal.id)]?.version ?? 0) >= deal.version);

/**
 * Whether a saved deal is no longer to be seen in any list, although the column it went to is known as far as the
 * deal's place, or is not read at all: it lies in a folded column, the filter leaves it out there, or it was deleted.
 */
export const isGone = ({ deal, phase, to }: Move, lists: Lists, isComplete: (key: string) => boolean): boolean => {
  if (phase !== 'saved' || [...lists.values()].some((deals) => indexOfId(deals, deal.id) >= 0)) return false;
  const deals = lists.get(to);
  return !deals || isComplete(to) || rowOf(deals, deal) < deals.length;
};
