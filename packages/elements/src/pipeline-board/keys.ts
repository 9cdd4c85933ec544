/** A card by its place: the column's position and the row in it. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Names of keys as seen by reading direction: the arrow that points forward is right only where text runs so. */
export const logicalKey = (key: string, direction: 'ltr' | 'rtl'): string =>
  direction === 'ltr' ? key : key === 'ArrowLeft' ? 'ArrowRight' : key === 'ArrowRight' ? 'ArrowLeft' : key;

/**
 * Where a key leads from a card; undefined for keys that lead nowhere.
 *
 * @param counts - Cards by column; folded columns have none to go to.
 * @param page - Rows that Page Up and Page Down skip.
 */
export const placeAfter = (key: string, from: Place, counts: readonly number[], page: number): Place | undefined => {
  const last = (counts[from.column] ?? 0) - 1;
  const row = rowAfter(key, from.row, last, page);
  if (row !== undefined) return { column: from.column, row };
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return undefined;
  for (let column = from.column + step; column >= 0 && column < counts.length; column += step) {
    if (counts[column]! > 0) return { column, row: Math.min(from.row, counts[column]! - 1) };
  }
  return from;
};

const rowAfter = (key: string, row: number, last: number, page: number): number | undefined => {
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, last);
    case 'ArrowUp':
      return Math.max(row - 1, 0);
    case 'PageDown':
      return Math.min(row + page, last);
    case 'PageUp':
      return Math.max(row - page, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
};
