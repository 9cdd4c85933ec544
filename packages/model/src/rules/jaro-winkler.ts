/** How much of a common beginning counts, and how many letters of it. */
const prefixWeight = 0.1;
const maxPrefix = 4;

/** For every letter of `left` the place of the same letter in `right`, not too far away and taken once; -1 for none. */
const matched = (left: readonly string[], right: readonly string[]): readonly number[] => {
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  const taken = new Set<number>();
  return left.map((letter, index) => {
    const end = Math.min(index + reach + 1, right.length);
    for (let place = Math.max(0, index - reach); place < end; place++) {
      if (right[place] !== letter || taken.has(place)) continue;
      taken.add(place);
      return place;
    }
    return -1;
  });
};

const jaro = (left: readonly string[], right: readonly string[]): number => {
  const places = matched(left, right);
  const ofLeft = left.filter((_, index) => places[index] !== -1);
  const ofRight = places
    .filter((place) => place !== -1)
    .toSorted((a, b) => a - b)
    .map((place) => right[place]);
  const matches = ofLeft.length;
  if (matches === 0) return 0;
  const transposed = ofLeft.filter((letter, index) => letter !== ofRight[index]).length / 2;
  return (matches / left.length + matches / right.length + (matches - transposed) / matches) / 3;
};

/**
 * How alike two texts are, by letters that agree about where they stand; a common beginning counts for more.
 * Give it folded texts, such as those of `companyKey`.
 *
 * @returns 0 for nothing in common to 1 for equal.
 * @see W. E. Winkler, String Comparator Metrics and Enhanced Decision Rules, 1990
 */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return 1;
  const left = Array.from(a);
  const right = Array.from(b);
  const similarity = jaro(left, right);
  const differs = left.slice(0, maxPrefix).findIndex((letter, index) => letter !== right[index]);
  const prefix = differs < 0 ? Math.min(left.length, maxPrefix) : differs;
  return similarity + prefix * prefixWeight * (1 - similarity);
};
