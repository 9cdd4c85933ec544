import { countries } from '@tessera-crm/model/codes/countries.js';
import { tidyPersonName } from '@tessera-crm/model/rules/names.js';

/** Makes other text of a cell's text; blank means that there is nothing. */
type Transform = (text: string) => string;

const afterLast = (text: string, mark: string): string => text.slice(text.lastIndexOf(mark) + mark.length);

/** The letters before a VAT number; Greece has its own. */
const vatPrefix = /^\s*([A-Za-z]{2})(?=\s?[\dUXux])/;

const vatCountry: Transform = (text) => {
  const letters = vatPrefix.exec(text)?.[1]?.toUpperCase() ?? '';
  const code = letters === 'EL' ? 'GR' : letters;
  return countries.includes(code) ? code : '';
};

/** Seven digits are what four bytes of a `real` can tell. */
const real: Transform = (text) => (text.trim() === '' ? '' : String(Number(Number(text).toPrecision(7))));

/** What a mapping may do to the text of a cell before it is read. Each is named in `docs/import.md`. */
export const transforms = {
  /** `Accounts::::Rossi` is Rossi: how Vtiger writes references. */
  'after-colons': (text) => afterLast(text, '::::'),
  /** `All / Saleable / Services` is Services. */
  'after-slash': (text) => afterLast(text, '/').trim(),
  'before-comma': (text) => text.split(',')[0]!.trim(),
  'after-comma': (text) => (text.includes(',') ? text.slice(text.indexOf(',') + 1).trim() : ''),
  /** `California (US)` is California. */
  'without-brackets': (text) => text.replace(/\s*\([^)]*\)\s*$/, ''),
  /** `2026-11-21 23:38:21` is 2026-11-21. */
  'date-part': (text) => text.trim().slice(0, 10),
  /** `0.05` is 5 per cent. */
  'fraction-to-percent': (text) => (text.trim() === '' ? '' : real(String(Number(text) * 100))),
  real,
  /** Nothing, where a system writes zero for nothing. */
  'zero-is-blank': (text) => (/^-?0+(?:[.,]0+)?$/.test(text.trim()) ? '' : text),
  'true-is-blank': (text) => (/^(?:true|1|yes)$/i.test(text.trim()) ? '' : text),
  /** `IT 0074 3110157` is 00743110157. */
  vat: (text) =>
    text
      .toUpperCase()
      .replace(vatPrefix, '')
      .replaceAll(/[\s.-]/g, ''),
  'vat-country': vatCountry,
  'person-name': (text) => tidyPersonName(text),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  /** What may stand before the @ of an address: `D'Amico Niccolò` is d.amico.niccolo. */
  'mail-name': (text) =>
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '.')
      .replaceAll(/^\.|\.$/g, ''),
  /** One line: line breaks become commas. */
  'one-line': (text) => text.trim().replaceAll(/\s*(?:\r?\n|\\n)\s*/g, ', '),
} as const satisfies Readonly<Record<string, Transform>>;

export type TransformName = keyof typeof transforms;

export const transformNames = Object.keys(transforms) as [TransformName, ...TransformName[]];

export const transformed = (text: string, names: readonly TransformName[]): string =>
  names.reduce((result, name) => transforms[name](result), text);

/** What stands before a cell that a spreadsheet would otherwise take for a formula, and is no part of the text. */
const guard = /^'(?=[=+\-@\t\r])/;

export const unguarded = (text: string): string => (text.startsWith("'") ? text.replace(guard, '') : text);
