import { isCrmError, type Issue } from '../errors.ts';
import { invalid } from '../invalid.ts';
import type { Field } from '../kind.ts';
import type { Module } from '../module.ts';
import { readCursor } from './cursor.ts';
import { both, type Filter } from './filter.ts';
import { parseWhere, searchWords } from './parse-where.ts';
import type { Registry } from '../registry.ts';
import type { QueryContext } from './query-context.ts';
import type { Query } from './query.ts';

export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/** Which links to follow, nested: `account.parent` is `{ account: { parent: {} } }`. */
export interface Include {
  readonly [link: string]: Include;
}

/** A checked query: what every engine runs. */
export interface Plan {
  readonly module: Module;
  readonly filter: Filter;
  readonly sort: readonly Sort[];
  readonly limit: number;
  /** The sort keys and the id after which the page begins. */
  readonly after: Position | null;
  readonly include: Include;
  readonly fields: readonly string[] | null;
  readonly count: boolean;
}

export interface Position {
  readonly keys: readonly (string | number | boolean | null)[];
  readonly id: string;
}

const defaultLimit = 50;
const maxLimit = 200;
const maxIncludeDepth = 3;

/** @throws {CrmError} `validation`, naming everything in the query that does not fit the module. */
export const planQuery = (module: Module, query: Query, context: QueryContext): Plan => {
  const issues: Issue[] = [];
  const sort = sortOf(module, query.sort ?? [], issues);
  const limit = query.limit ?? defaultLimit;
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    issues.push({ path: '/limit', code: 'range', params: { min: 1, max: maxLimit } });
  const include = includeOf(module, query.include ?? [], context.registry, issues);
  for (const field of query.fields ?? []) {
    if (!Object.hasOwn(module.fields, field))
      issues.push({ path: '/fields', code: 'unknown-field', params: { field, module: module.key } });
  }
  const filter = collect(issues, () => parseWhere(module, query.where, context));
  const after = query.after === undefined ? null : collect(issues, () => readCursor(query.after!, sort));
  if (issues.length > 0) throw invalid(issues);
  return {
    module,
    filter: both(filter!, ...searchFilter(query.search), ...lifeFilter(query)),
    sort,
    limit,
    after: after ?? null,
    include,
    fields: query.fields ?? null,
    count: query.count === 'exact',
  };
};

const searchFilter = (search: string | undefined): readonly Filter[] => {
  const words = searchWords(search ?? '');
  return words.length === 0 ? [] : [{ type: 'search', words }];
};

/** What lies in the recycle bin or the archive shows only when asked for. */
const lifeFilter = ({ deleted, archived }: Query): readonly Filter[] => [
  { type: 'test', field: 'deletedAt', test: { op: 'there' }, negate: deleted !== 'only' },
  ...(archived === 'with' || deleted === 'only'
    ? []
    : [{ type: 'test', field: 'archivedAt', test: { op: 'there' }, negate: archived !== 'only' } as const]),
];

const collect = <T>(issues: Issue[], read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!isCrmError(error, 'validation')) throw error;
    issues.push(...error.issues);
    return undefined;
  }
};

const sortOf = (module: Module, sort: readonly string[], issues: Issue[]): readonly Sort[] =>
  sort.flatMap((entry) => {
    const descending = entry.startsWith('-');
    const field = descending ? entry.slice(1) : entry;
    const found = Object.hasOwn(module.fields, field) ? module.fields[field] : undefined;
    if (found && isSortable(found)) return [{ field, descending }];
    issues.push({
      path: '/sort',
      code: found ? 'not-sortable' : 'unknown-field',
      params: { field, module: module.key },
    });
    return [];
  });

export const isSortable = ({ kind }: Field): boolean => kind.domain !== 'opaque' && kind.domain !== 'list';

const includeOf = (module: Module, paths: readonly string[], registry: Registry, issues: Issue[]): Include => {
  const tree: Record<string, Include> = {};
  for (const path of paths) {
    let level = tree;
    let at: Module | undefined = module;
    for (const [depth, link] of path.split('.').entries()) {
      const to = at && Object.hasOwn(at.fields, link) ? linkTarget(at.fields[link]!) : undefined;
      if (to === undefined || depth >= maxIncludeDepth) {
        issues.push({ path: '/include', code: depth >= maxIncludeDepth ? 'too-deep' : 'not-a-link', params: { path } });
        break;
      }
      level = (level[link] ??= {}) as Record<string, Include>;
      at = registry.find(to);
    }
  }
  return tree;
};

/** The one module a link leads to; undefined for other fields and for links to several. */
export const linkTarget = ({ options }: Field): string | undefined =>
  'to' in options && typeof options.to === 'string' && options.to !== 'any' ? options.to : undefined;
