/** A list of rows of equal height, seen through a box that scrolls. Lengths in px. */
export interface Scroll {
  readonly count: number;
  /** From the start of one row to the start of the next. */
  readonly pitch: number;
  /** How far the list is scrolled. */
  readonly offset: number;
  /** How much of the list the box shows. */
  readonly extent: number;
}

/** Rows `first` up to, not including, `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * The rows to render: those a person sees and a few around them, so that scrolling shows no gaps before the next frame.
 *
 * @param spare - Rows before and after the visible ones.
 */
export const visibleRange = ({ count, pitch, offset, extent }: Scroll, spare = 2): Range => {
  if (count === 0 || pitch <= 0) return { first: 0, end: 0 };
  // Overscrolling and a list that just became shorter give offsets beyond either end
  const top = clamp(offset, 0, Math.max(0, count * pitch - extent));
  return {
    first: clamp(Math.floor(top / pitch) - spare, 0, count),
    end: clamp(Math.ceil((top + extent) / pitch) + spare, 0, count),
  };
};

/** How far to scroll so that a row is seen as a whole; the present offset when it is already. */
export const offsetShowing = (row: number, { pitch, offset, extent }: Scroll, gap = 0): number => {
  const start = row * pitch;
  const end = start + pitch - gap;
  if (start < offset) return start;
  return end > offset + extent ? Math.max(0, end - extent) : offset;
};

interface Keyed {
  readonly id: string;
}

/**
 * Keeps what a person looks at in place while rows come and go above it.
 *
 * @param before - The rows as they were shown at `offset`.
 * @returns The offset at which the first visible row that is still there stands where it stood.
 */
export const anchoredOffset = (
  before: readonly Keyed[],
  after: readonly Keyed[],
  { pitch, offset, extent }: Omit<Scroll, 'count'>,
): number => {
  // At the very top new rows are meant to be seen
  if (offset <= 0 || pitch <= 0) return offset;
  const first = Math.floor(offset / pitch);
  const last = Math.min(before.length, Math.ceil((offset + extent) / pitch));
  for (let row = first; row < last; row++) {
    const { id } = before[row]!;
    const now = after[row]?.id === id ? row : after.findIndex((one) => one.id === id);
    if (now >= 0) return Math.max(0, offset + (now - row) * pitch);
  }
  return offset;
};
