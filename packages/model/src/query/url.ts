import type { Issue } from '../errors.ts';
import { invalid } from '../invalid.ts';
import { plainJson } from '../plain-json.ts';
import type { Query, Where } from './query.ts';

const lists = ['sort', 'include', 'fields'] as const;

/** A query as URL parameters, `?where={…}&sort=-amount,name&limit=50`; empty parts are left out. */
export const toSearchParams = (query: Query): URLSearchParams => {
  const params = new URLSearchParams();
  if (query.where && Object.keys(query.where).length > 0) params.set('where', plainJson(query.where));
  if (query.search) params.set('search', query.search);
  for (const name of lists) if (query[name]?.length) params.set(name, query[name].join());
  if (query.limit !== undefined) params.set('limit', String(query.limit));
  for (const name of ['after', 'count', 'deleted', 'archived'] as const)
    if (query[name] !== undefined) params.set(name, query[name]);
  return params;
};

const known: ReadonlySet<string> = new Set([
  'where',
  'search',
  'sort',
  'limit',
  'after',
  'include',
  'fields',
  'count',
  'deleted',
  'archived',
]);

/** @throws {CrmError} `validation` naming unknown parameters, broken JSON and unfit values. */
export const fromSearchParams = (params: URLSearchParams): Query => {
  const issues: Issue[] = [];
  for (const name of params.keys())
    if (!known.has(name)) issues.push({ path: `/${name}`, code: 'unknown-parameter', params: { name } });
  const text = (name: string): string | undefined => params.get(name) ?? undefined;
  const list = (name: string): readonly string[] | undefined =>
    text(name)
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const value = text(name);
    if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
    issues.push({ path: `/${name}`, code: 'option', params: { options: allowed } });
    return undefined;
  };
  const query = {
    where: whereOf(text('where'), issues),
    search: text('search'),
    sort: list('sort'),
    limit: text('limit') === undefined ? undefined : Number(text('limit')),
    after: text('after'),
    include: list('include'),
    fields: list('fields'),
    count: oneOf('count', ['exact']),
    deleted: oneOf('deleted', ['only']),
    archived: oneOf('archived', ['only', 'with']),
  };
  if (issues.length > 0) throw invalid(issues);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
};

const whereOf = (text: string | undefined, issues: Issue[]): Where | undefined => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Where;
  } catch {
    issues.push({ path: '/where', code: 'json' });
    return undefined;
  }
};
