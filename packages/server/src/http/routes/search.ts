import { fold } from '@tessera-crm/model/fold.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { searchWords } from '@tessera-crm/model/query/parse-where.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import { canRead } from '../../auth/rights.ts';
import type { KnownCall } from '../call.ts';
import { integerIn, parametersOf } from '../question.ts';
import { json, type Reply } from '../replies.ts';

interface Hit {
  readonly module: string;
  /** 2: the title begins with the words · 1: the title holds them · 0: they are elsewhere. */
  readonly rank: number;
  readonly record: AnyRecord;
}

const maxHits = 50;
const defaultHits = 20;

/**
 * Looks for words through all modules: what has them in its title comes first. Words match as they are, without case
 * and accents; a search that forgives typing errors comes later.
 */
export const searchRecords = async (call: KnownCall): Promise<Reply> => {
  const parameters = parametersOf(call.search, ['q', 'modules', 'limit']);
  const limit = integerIn(parameters, 'limit', { min: 1, max: maxHits }) ?? defaultHits;
  const words = searchWords((parameters.get('q') ?? '').slice(0, 200));
  const wanted = parameters.get('modules')?.split(',');
  if (words.length === 0) return json({ results: [] });
  const modules = call.registry.all.filter(
    (module) => isSearched(call, module) && (wanted?.includes(module.key) ?? true),
  );
  const found = await Promise.all(modules.map(async (module) => searchModule(call, module, { words, limit })));
  const hits = found
    .flat()
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, limit);
  return json({ results: hits.map(({ module, record }) => ({ module, record })) });
};

const isSearched = ({ policy }: KnownCall, module: Module): boolean => {
  const rights = policy ? policy(module) : undefined;
  return module.search.length > 0 && (rights === undefined || (rights?.may('read') ?? false));
};

/** Titles first, so that a page full of other hits does not hide them. */
const searchModule = async (
  { store, policy }: KnownCall,
  module: Module,
  { words, limit }: { readonly words: readonly string[]; readonly limit: number },
): Promise<readonly Hit[]> => {
  const rights = policy?.(module);
  const titles = module.title.filter(
    (name) => module.fields[name]!.kind.domain === 'text' && (!rights || canRead(rights, name)),
  );
  const records = new Map<string, AnyRecord>();
  if (titles.length > 0) {
    const where: Where = {
      all: words.map((word) => ({ any: titles.map((name) => ({ [name]: { contains: word } })) })),
    };
    for (const record of (await store.list(module.key, { where, limit })).records) records.set(record.id, record);
  }
  if (records.size < limit) {
    for (const record of (await store.list(module.key, { search: words.join(' '), limit })).records)
      records.set(record.id, record);
  }
  return [...records.values()]
    .slice(0, limit)
    .map((record) => ({ module: module.key, record, rank: rankOf(module, titles, { record, words }) }));
};

const rankOf = (
  module: Module,
  titles: readonly string[],
  { record, words }: { readonly record: AnyRecord; readonly words: readonly string[] },
): number => {
  const keys = titles.flatMap((name) => {
    const { kind, options } = module.fields[name]!;
    const value = record[name] ?? null;
    return value === null ? [] : [fold(String(kind.key(value, options)))];
  });
  if (!words.every((word) => keys.some((key) => key.includes(word)))) return 0;
  return keys.some((key) => key.startsWith(words.join(' '))) ? 2 : 1;
};
