import { fold } from '../fold.ts';

/** Legal forms in full, folded, longest first where one begins another. */
const longForms: readonly string[] = [
  'societa a responsabilita limitata semplificata',
  'societa a responsabilita limitata',
  'societa in accomandita per azioni',
  'societa in accomandita semplice',
  'societa in nome collettivo',
  'societa cooperativa sociale',
  'societa cooperativa',
  'societa per azioni',
  'societa semplice',
  'societa consortile',
  'gesellschaft mit beschrankter haftung',
  'societe anonyme',
  'societe a responsabilite limitee',
  'sociedad anonima',
  'sociedad limitada',
];

/** Legal forms in short, and words that are as often left out as written. */
// prettier-ignore
const dropped: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'spa', 'srl', 'srls', 'srlu', 'sas', 'sapa', 'snc', 'ss', 'scarl', 'scrl', 'scpa', 'scsrl', 'scs', 'coop', 'arl', 'rl', 'soc', 'societa', 'onlus', 'aps', 'asd',
  'ltd', 'limited', 'plc', 'llc', 'llp', 'lp', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company',
  'gmbh', 'ag', 'kg', 'kgaa', 'ohg', 'gbr', 'ug', 'ev', 'mbh', 'sa', 'sarl', 'sasu', 'eurl', 'sl', 'slu', 'bv', 'nv', 'ab', 'oy', 'as', 'doo', 'sro', 'kft',
  'e', 'ed', 'di', 'a', 'the', 'and', 'und', 'et',
]);

/** `s.r.l.` and `s. r. l.` are `srl`; `a. rossi` stays two words. */
const acronym = /(?<![\p{L}\p{N}])(?:\p{L}\.\s?){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu;

/** `& C. S.n.c.`: partners whom the name does not tell, no letter of the legal form. */
const partners = /(?<=\s)(?:[&+]|e)\s*c\.(?=\s)/gu;

/**
 * A company's name reduced to what tells it from others: `Rossi & Figli S.r.l.` and `ROSSI E FIGLI SRL` are both
 * `rossi figli`. For comparing, never for showing.
 *
 * @returns Folded words, one space between; when nothing else is left, all of its words.
 */
export const companyKey = (name: string): string => {
  const joined = fold(name)
    .replaceAll(partners, ' c ')
    .replaceAll(acronym, (letters) => `${letters.replaceAll(/[.\s]/g, '')} `);
  const words = joined
    .replaceAll(/['’`]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const short = longForms.reduce((rest, form) => rest.replaceAll(` ${form} `, ' '), ` ${words} `);
  const telling = short.split(' ').filter((word) => word !== '' && !dropped.has(word));
  return telling.length > 0 ? telling.join(' ') : words;
};

/** `niccolò` → `Niccolò`, `D'AMICO` → `D'Amico`, `mcdonald` → `McDonald`. */
const titled = (word: string): string =>
  word.toLowerCase().replaceAll(/(^(?:mc)?|['’-])(\p{L})/gu, (_all, before: string, letter: string) => {
    const start = before === 'mc' ? 'Mc' : before;
    return start + letter.toUpperCase();
  });

/** A person's name as it is written, from whatever capitals it was typed in. */
export const tidyPersonName = (name: string): string => name.trim().split(/\s+/).map(titled).join(' ');
