import { countries } from '../codes/countries.ts';
import { regionOf } from '../codes/italian-provinces.ts';
import type { AddressParts } from '../format/address.ts';
import { codeNamed } from '../format/display-names.ts';
import { tidy } from '../tidy.ts';

/** Short for the kinds of Italian streets; the point is optional. */
const streetKinds: readonly (readonly [RegExp, string])[] = [
  [/^v\.?le\b\.?\s*/i, 'Viale '],
  [/^p\.?(?:z\.?)?z?a\b\.?\s*/i, 'Piazza '],
  [/^p\.?le\b\.?\s*/i, 'Piazzale '],
  [/^c\.?so\b\.?\s*/i, 'Corso '],
  [/^l\.?go\b\.?\s*/i, 'Largo '],
  [/^str\.\s*/i, 'Strada '],
  [/^loc\.\s*/i, 'Località '],
  [/^fraz\.\s*/i, 'Frazione '],
  [/^v\.\s*/i, 'Via '],
];

/** Words that stay small within names. */
const small = new Set([
  'di',
  'del',
  'della',
  'dello',
  'dei',
  'degli',
  'delle',
  'da',
  'dal',
  'e',
  'il',
  'al',
  'alla',
  'in',
  'sul',
  'sulla',
]);

const capital = (word: string): string =>
  word.replaceAll(/(^|['’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

/** A word within a name: `della`, `dell'Industria`, `Garibaldi`. */
const inner = (word: string): string => {
  const article = /^(?:dell|dall|nell|sull|all)['’]/.exec(word)?.[0] ?? '';
  return small.has(word) ? word : article + capital(word.slice(article.length));
};

/** Only text without a mix of capitals is touched: whoever wrote `De Amicis` meant it. */
const titled = (text: string, begins = true): string => {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return text;
  const words = text
    .toLowerCase()
    .replaceAll(/(\p{L})\.(?=\p{L})/gu, '$1. ')
    .split(' ');
  return words.map((word, index) => (index > 0 || !begins ? inner(word) : capital(word))).join(' ');
};

const expanded = (street: string): string => {
  const [pattern, kind] = streetKinds.find(([candidate]) => candidate.test(street)) ?? [];
  return pattern === undefined ? titled(street) : `${kind}${titled(street.replace(pattern, ''), false)}`;
};

const withoutNumber = /[\s,]+(s\.?\s?n\.?\s?c\.?)$/i;
const withNumber = /[\s,]+(?:n(?:\.|°|r\.?|um\.?)?\s*)?(\d{1,5})(?:\s*[/-]?\s*([a-z]{1,3}|\d{1,3}))?$/i;

/** `v.le g.garibaldi 12 a` → Viale G. Garibaldi, 12/A. */
const readStreet = (text: string): Pick<AddressParts, 'line1' | 'number'> => {
  const none = withoutNumber.exec(text);
  if (none) return { line1: expanded(text.slice(0, none.index)), number: 's.n.c.' };
  const found = withNumber.exec(text);
  if (!found) return { line1: text === '' ? null : expanded(text), number: null };
  const number = found[2] === undefined ? found[1]! : `${found[1]}/${found[2].toUpperCase()}`;
  return { line1: expanded(text.slice(0, found.index)), number };
};

/** `milano mi` → Milano, MI, Lombardia. */
const readTown = (text: string): Pick<AddressParts, 'city' | 'province' | 'region'> => {
  const found = /^(.*?)[\s,]*\(?\b([a-z]{2})\)?$/i.exec(text);
  const province = found?.[2]?.toUpperCase() ?? '';
  const region = regionOf(province);
  return region === null
    ? { city: titled(text) || null, province: null, region: null }
    : { city: titled(tidy(found![1]!)) || null, province, region };
};

const trimmed = (text: string): string => tidy(text).replaceAll(/^[\s,–-]+|[\s,–-]+$/g, '');

const nothing: AddressParts = {
  line1: null,
  line2: null,
  number: null,
  postalCode: null,
  city: null,
  province: null,
  region: null,
  country: null,
};

const readItalian = (text: string): AddressParts => {
  // The postal code stands after the street, and is the last number of five digits
  const code = /^(.*?)(?:\b(?:I-)?)(\d{5})\b(?!.*\b\d{5}\b)(.*)$/s.exec(text);
  if (code) {
    return {
      ...nothing,
      ...readStreet(trimmed(code[1]!)),
      postalCode: code[2]!,
      ...readTown(trimmed(code[3]!)),
      country: 'IT',
    };
  }
  const comma = text.lastIndexOf(',');
  if (comma < 0) return { ...nothing, ...readStreet(trimmed(text)), country: 'IT' };
  const last = trimmed(text.slice(comma + 1));
  // `Via Roma, 1` ends in the number of the house, not in a town
  if (/^\d|^s\.?n\.?c/i.test(last)) return { ...nothing, ...readStreet(trimmed(text)), country: 'IT' };
  return { ...nothing, ...readStreet(trimmed(text.slice(0, comma))), ...readTown(last), country: 'IT' };
};

/** Abroad the order of the parts differs by country: only what is sure is taken apart. */
const readForeign = (text: string, country: string): AddressParts => {
  const parts = text.split(/[,\n]/).map(tidy).filter(Boolean);
  const town = parts.length > 1 ? parts.pop()! : null;
  const [line1 = null, ...others] = parts;
  return { ...nothing, line1, line2: others.join(', ') || null, city: town, country };
};

/**
 * Takes an address apart as people write it in one line.
 *
 * @param home - The country of addresses that name none, ISO 3166-1 alpha-2.
 */
export const readAddress = (text: string, home: string): AddressParts => {
  const parts = tidy(text.replaceAll('\n', ', ').replace(/[\s,]+(?:italia|italy)$/i, ', IT'))
    .split(',')
    .map(tidy);
  const last = parts.at(-1) ?? '';
  const named = parts.length > 1 ? (countries.includes(last) ? last : codeNamed(last, 'region', countries)) : undefined;
  const rest = named === undefined ? parts.join(', ') : parts.slice(0, -1).join(', ');
  const country = named ?? home;
  return country === 'IT' ? readItalian(rest) : readForeign(rest, country);
};
