import { diff3Merge } from 'node-diff3';

/** A text as both knew it, and what each made of it; empty for none. */
export interface Texts {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Of either version: the work grows with their product. */
const maxPieces = 2_000;

/** Either what both versions have, or what each has instead of the other. */
interface Region {
  readonly ok?: readonly string[];
  readonly conflict?: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Null when there are too many pieces to compare. */
const mergePieces = (texts: Texts, split: (text: string) => string[]): string | null => {
  const [base, mine, theirs] = [split(texts.base), split(texts.mine), split(texts.theirs)];
  if ([base, mine, theirs].some(({ length }) => length > maxPieces)) return null;
  const regions = diff3Merge(theirs, base, mine, { excludeFalseConflicts: true }) as readonly Region[];
  return regions.flatMap(({ ok, conflict }) => ok ?? [...(conflict?.a ?? []), ...(conflict?.b ?? [])]).join('');
};

const linesOf = (text: string): string[] => text.match(/[^\n]*\n/g) ?? [];

/** What is added behind the last line is to stand on a line of its own. */
const closed = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/**
 * What two people made of a text, line by line. Where both changed the same lines, both stay: theirs before mine, for a
 * person to tidy up.
 *
 * @returns Null when it is too long to be compared.
 */
export const mergeText = ({ base, mine, theirs }: Texts): string | null => {
  const merged = mergePieces({ base: closed(base), mine: closed(mine), theirs: closed(theirs) }, linesOf);
  return mine.endsWith('\n') || theirs.endsWith('\n') ? merged : (merged?.replace(/\n$/, '') ?? null);
};

const block = /.*?(?:<\/(?:p|div|h[1-6]|blockquote|pre|ul|ol|li|table|tr)>|<(?:br|hr) ?\/?>|$)/gis;

/** Formatted text likewise, block by block. Whoever stores it cleans it: the pieces may not fit. */
export const mergeHtml = (texts: Texts): string | null =>
  mergePieces(texts, (text) => (text.match(block) ?? []).filter((piece) => piece !== ''));
