import { CrmError } from '@tessera-crm/model/errors.js';
import { fold } from '@tessera-crm/model/fold.js';
import type { Module } from '@tessera-crm/model/module.js';
import { isWritable } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { jaroWinkler } from '@tessera-crm/model/rules/jaro-winkler.js';
import { linkedModule } from './check-mapping.ts';
import { mappingOf, type Mapping } from './mapping.ts';

/** Names of columns in English and Italian: module → field as a mapping writes it → names. */
export type ColumnNames = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** How alike two names must be to mean the same, 0 to 1. */
const enough = 0.93;

/** Words that are as often left out as written. */
const small = new Set(['di', 'del', 'della', 'dei', 'da', 'of', 'the', 'n', 'no', 'nr']);

/** Words without case, accents, punctuation and small words: `Data di nascita` and `data nascita` are the same. */
const plain = (name: string): string => {
  const words = fold(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  return words.filter((word) => !small.has(word)).join(' ');
};

/** `billingAddress` is `billing address`. */
const spaced = (key: string): string => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

interface Candidate {
  readonly field: string;
  readonly names: readonly string[];
}

const candidatesOf = (module: Module, names: ColumnNames): readonly Candidate[] => {
  const own = Object.entries(module.fields)
    .filter(([, field]) => isWritable(field) && field.kind.control(field.options).as !== 'lines')
    .map(([key, { options }]) => ({ field: key, names: [key, spaced(key), options.label ?? key].map(plain) }));
  const listed = Object.entries(names[module.key] ?? {}).map(([field, more]) => ({ field, names: more.map(plain) }));
  return [...listed, ...own];
};

interface Hit {
  readonly header: string;
  readonly field: string;
  readonly score: number;
}

const hitsOf = (header: string, candidates: readonly Candidate[]): readonly Hit[] => {
  const wanted = plain(header);
  return candidates
    .map(({ field, names }) => ({
      header,
      field,
      score: Math.max(0, ...names.map((name) => (name === wanted ? 1 : jaroWinkler(name, wanted)))),
    }))
    .filter(({ score }) => score >= enough);
};

/** One field for each header and one header for each field, the surest first. */
const pairsOf = (headers: readonly string[], candidates: readonly Candidate[]): readonly Hit[] => {
  const hits = headers.flatMap((header) => hitsOf(header, candidates)).toSorted((a, b) => b.score - a.score);
  const [fields, taken] = [new Set<string>(), new Set<string>()];
  return hits.filter(({ header, field }) => {
    if (fields.has(field) || taken.has(header)) return false;
    fields.add(field);
    taken.add(header);
    return true;
  });
};

type Written = Parameters<typeof mappingOf>[0];
type Columns = Written['columns'];

/** What the text of a column needs before it is read, where that is not plain. */
const columnFor = (module: Module, field: string, registry: Registry): Columns[string] => {
  if (field === 'vatNumber')
    return [
      { field, transform: 'vat' },
      ...('vatCountry' in module.fields ? [{ field: 'vatCountry', transform: 'vat-country' as const }] : []),
    ];
  const { options, kind } = module.fields[/^\w+/.exec(field)![0]]!;
  const control = kind.control(options);
  if (control.as !== 'link') return field;
  const target = registry.find(linkedModule(options) ?? (control.to.includes('users') ? 'users' : ''));
  if (!target) return { field, bad: 'keep' };
  const numbers = Object.keys(target.fields).filter((name) => name === 'number' || name === 'email' || name === 'sku');
  return {
    field,
    reference: { module: target.key, by: ['externalId', ...target.title, ...numbers], type: target.key },
  };
};

/** By which a record that comes without an id is recognised. */
const naturalKeys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  accounts: [['vatNumber'], ['taxCode']],
  contacts: [['emails']],
  leads: [['emails']],
  products: [['sku']],
  users: [['email']],
};

const keysFor = (module: Module): string[][] => {
  const unique = Object.entries(module.fields)
    .filter(([, field]) => field.options.unique && isWritable(field))
    .map(([name]) => [name]);
  return [...(naturalKeys[module.key] ?? unique)].map((keys) => [...keys]);
};

const idNames = new Set(['id', 'uuid', 'external id', 'record id', 'codice esterno']);

/** A mapping for a file of which only the headers are known, or null when they say too little. */
export const matchHeaders = (
  headers: readonly string[],
  module: Module,
  { names, registry }: { readonly names: ColumnNames; readonly registry: Registry },
): Mapping | null => {
  const pairs = pairsOf(headers, candidatesOf(module, names));
  if (pairs.length === 0) return null;
  const id = headers.find((header) => idNames.has(plain(header)));
  const columns = Object.fromEntries(pairs.map(({ header, field }) => [header, columnFor(module, field, registry)]));
  return mappingOf({
    module: module.key,
    columns,
    duplicates: { keys: keysFor(module) },
    ...(id !== undefined && { externalId: { type: module.key, columns: [id] }, ignore: [id, 'version'] }),
  });
};

/** Modules whose files come without saying what they are; of two that fit alike the first is meant. */
const guessed = ['accounts', 'contacts', 'leads', 'deals', 'products', 'tickets', 'users', 'tasks'];

/** Which module a file is about, by the headers that mean something there. @throws {CrmError} `config` when they do not tell */
export const guessModule = (headers: readonly string[], registry: Registry, names: ColumnNames): Module => {
  const scores = guessed
    .flatMap((key) => registry.find(key) ?? [])
    .map((module) => ({ module, score: scoreOf(headers, module, names) }))
    .toSorted((a, b) => b.score - a.score);
  const [first] = scores;
  if (first && first.score >= 2) return first.module;
  throw new CrmError(
    'config',
    `The headers do not tell what the file is about (${headers.join(', ')}): say it with --module.`,
    { headers },
  );
};

const scoreOf = (headers: readonly string[], module: Module, names: ColumnNames): number => {
  const pairs = pairsOf(headers, candidatesOf(module, names));
  const found = new Set(pairs.map(({ field }) => /^\w+/.exec(field)![0]));
  const lacks = Object.entries(module.fields).some(
    ([name, { presence }]) => presence === 'required' && !found.has(name),
  );
  return lacks ? 0 : pairs.reduce((sum, { score }) => sum + score, 0);
};
