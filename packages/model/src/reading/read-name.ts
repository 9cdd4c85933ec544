import type { Name } from '../kinds/name.ts';
import { tidy } from '../tidy.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Written without points and capitals. */
const salutations = /* @__PURE__ */ words(
  'sig sigra signor signora dott dottssa dr dra drssa ing avv prof profssa arch geom rag mr mrs ms miss mx herr frau mme',
);

const suffixes = /* @__PURE__ */ words('jr sr ii iii iv phd md');

/** Words that begin a family name. */
const particles = /* @__PURE__ */ words(
  'de di da del della dello dei degli delle dal dalla dalle lo la li le du des dos das van von der den ten ter mc mac el al bin ibn',
);

const bare = (word: string): string => word.toLowerCase().replaceAll('.', '');

const nothing: Name = { salutation: null, first: null, middle: null, last: null, suffix: null };

/** `Rossi, Mario` and `Smith, John, Jr.`: the family name is what stands before the comma. */
const readTurned = (parts: readonly string[]): Name => {
  const [last = '', first = '', suffix = ''] = parts.map(tidy);
  return { ...nothing, last: last || null, first: first || null, suffix: suffix || null };
};

/**
 * Tells the parts of a name apart: `Dott. Anna Maria De Rossi` is Dott. · Anna Maria · De Rossi.
 *
 * A single word is a family name. Middle names are never guessed, because many first names are two words.
 */
export const readName = (text: string): Name => {
  if (text.includes(',')) return readTurned(text.split(','));
  const rest = tidy(text).split(' ');
  const titles: string[] = [];
  while (rest.length > 1 && salutations.has(bare(rest[0]!))) titles.push(rest.shift()!);
  const suffix = rest.length > 2 && suffixes.has(bare(rest.at(-1)!)) ? rest.pop()! : null;
  const particle = rest.findIndex((word, index) => index > 0 && index < rest.length - 1 && particles.has(bare(word)));
  const from = particle < 0 ? rest.length - 1 : particle;
  return {
    ...nothing,
    salutation: titles.join(' ') || null,
    first: rest.slice(0, from).join(' ') || null,
    last: rest.slice(from).join(' ') || null,
    suffix,
  };
};
