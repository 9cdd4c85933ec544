import { diff3Merge } from 'node-diff3';

/** A text as both knew it, and what each made of it; empty for none. */
export interface Texts {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Of one version, and pairs of equal ones in two versions: with these the work grows, and with pairs faster still. */
const maxPieces = 2_000;
const maxPairs = 40_000;

/** Either what both versions have, or what each has instead of the other. */
interface Region {
  readonly ok?: readonly string[];
  readonly conflict?: { readonly a: readonly string[]; readonly b: readonly string[] };
}

const pairsOf = (base: readonly string[], other: readonly string[]): number => {
  const counts = new Map<string, number>();
  for (const piece of base) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return other.reduce((sum, piece) => sum + (counts.get(piece) ?? 0), 0);
};

/** How many pieces all versions begin with. */
const commonStart = (versions: readonly (readonly string[])[]): number => {
  const [first = [], ...others] = versions;
  const end = first.findIndex((piece, index) => others.some((other) => other[index] !== piece));
  return end < 0 ? first.length : end;
};

/** Null when there is too much to compare. */
const mergePieces = (texts: Texts, split: (text: string) => string[]): string | null => {
  const wholes = [split(texts.base), split(texts.mine), split(texts.theirs)] as const;
  const start = commonStart(wholes);
  const ends = wholes.map((pieces) => pieces.slice(start).toReversed());
  const end = commonStart(ends);
  const [base, mine, theirs] = wholes.map((pieces) => pieces.slice(start, pieces.length - end)) as [
    string[],
    string[],
    string[],
  ];
  const isTooMuch = [mine, theirs].some((other) => other.length > maxPieces || pairsOf(base, other) > maxPairs);
  if (isTooMuch || base.length > maxPieces) return null;
  const regions = diff3Merge(theirs, base, mine, { excludeFalseConflicts: true }) as readonly Region[];
  const merged = regions.flatMap(({ ok, conflict }) => ok ?? [...(conflict?.a ?? []), ...(conflict?.b ?? [])]);
  return [...wholes[0].slice(0, start), ...merged, ...wholes[0].slice(wholes[0].length - end)].join('');
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
