/**
 * The groups of three letters of a text, each word with two blanks before and one after, as PostgreSQL's pg_trgm
 * forms them.
 *
 * @param text - Folded.
 */
export const trigramsOf = (text: string): ReadonlySet<string> => {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => {
      const letters = Array.from(`  ${word} `);
      return letters.slice(2).map((letter, index) => letters[index]! + letters[index + 1]! + letter);
    }),
  );
};

/**
 * How many of the trigrams of two texts they have in common (Jaccard index). Cheap, so it chooses whom to compare closely.
 *
 * @returns 0 to 1; 0 for a text without letters.
 */
export const trigramSimilarity = (a: string, b: string): number => {
  const left = trigramsOf(a);
  const right = trigramsOf(b);
  const common = [...left].filter((trigram) => right.has(trigram)).length;
  return common === 0 ? 0 : common / (left.size + right.size - common);
};
