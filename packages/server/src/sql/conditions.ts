import { isStorable } from '@tessera-crm/model/characters.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Module } from '@tessera-crm/model/module.js';
import { both, type Filter, type Test } from '@tessera-crm/model/query/filter.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { sql, type RawBuilder } from 'kysely';
import { comparison } from './comparisons.ts';
import { itemsOf } from './list-items.ts';
import { quoted } from './names.ts';
import { shapeOf, type FieldShape } from './shape.ts';

export type Condition = RawBuilder<boolean>;

/** What statements are made for. */
export interface Scene {
  readonly tenant: string;
  readonly registry: Registry;
  /** Which records of a module exist for whoever asks; all of them when absent. */
  readonly scope?: (module: Module) => Filter;
}

/** Where a filter stands: at the records listed, or at records reached from them. */
export interface Place {
  readonly module: Module;
  /** How many relations away; it names the table, `t0`, `t1`. */
  readonly depth: number;
  readonly scene: Scene;
}

export const always: Condition = sql`true`;
export const never: Condition = sql`false`;

export const aliasOf = (depth: number): string => `t${depth}`;

export const columnAt = ({ depth }: Pick<Place, 'depth'>, column: string): RawBuilder<unknown> =>
  sql.raw(`${aliasOf(depth)}.${quoted(column)}`);

export const joined = (of: readonly Condition[], by: 'and' | 'or'): Condition => {
  if (of.length === 0) return by === 'and' ? always : never;
  return of.length === 1 ? of[0]! : sql`(${sql.join(of, sql.raw(` ${by} `))})`;
};

/** SQL knows a third truth, for empty values; filters do not: what is not true is false. */
export const not = (of: Condition): Condition => sql`(${of}) is not true`;

/** The filter, and what whoever asks may see at all. */
export const visible = (module: Module, filter: Filter, { scope }: Scene): Filter =>
  scope ? both(filter, scope(module)) : filter;

export const condition = (filter: Filter, place: Place): Condition => {
  switch (filter.type) {
    case 'all':
      return joined(
        filter.of.map((of) => condition(of, place)),
        'and',
      );
    case 'any':
      return joined(
        filter.of.map((of) => condition(of, place)),
        'or',
      );
    case 'none':
      return not(
        joined(
          filter.of.map((of) => condition(of, place)),
          'or',
        ),
      );
    case 'id': {
      const found = sql<boolean>`${columnAt(place, 'id')} = any(${filter.ids.filter(isId)}::uuid[])`;
      return filter.negate ? not(found) : found;
    }
    case 'search':
      return joined(
        filter.words.map((word) => like(columnAt(place, 'search_key'), word, { before: '%', after: '%' })),
        'and',
      );
    case 'test':
      return tested(filter, place);
    case 'has':
      return has(filter, place);
    case 'some':
      return some(filter, place);
  }
};

const tested = ({ field, test: of, negate }: Filter & { readonly type: 'test' }, place: Place): Condition => {
  const shape = shapeOf(place.module).fields.get(field)!;
  // said in the words of partial indexes
  if (of.op === 'there' && negate) return sql`${columnAt(place, shape.columns[0]!.name)} is null`;
  return negate ? not(test(of, shape, place)) : test(of, shape, place);
};

const test = (of: Test, shape: FieldShape, place: Place): Condition => {
  const column = columnAt(place, shape.compared.name);
  switch (of.op) {
    case 'there':
      return sql`${columnAt(place, shape.columns[0]!.name)} is not null`;
    case 'contains':
      return like(column, of.key, { before: '%', after: '%' });
    case 'starts':
      return like(column, of.key, { before: '', after: '%' });
    case 'ends':
      return like(column, of.key, { before: '%', after: '' });
    case 'glob':
      return glob(column, of.key);
    case 'oneIs':
      return isOne(of.key, shape, place);
    case 'oneContains':
      return inList(column, of.key, { before: '%', after: '%' });
    case 'oneStarts':
      return inList(column, of.key, { before: '%\n', after: '%' });
    case 'in':
      return comparison({ column, type: shape.compared.type, op: 'in', keys: of.keys });
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return comparison({ column, type: shape.compared.type, op: of.op, keys: [of.key] });
  }
};

interface Wildcards {
  readonly before: string;
  readonly after: string;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Text that no record can hold is found in none. */
const like = (column: RawBuilder<unknown>, text: string, { before, after }: Wildcards): Condition =>
  isStorable(text) ? sql`${column} like ${before + escaped(text) + after}` : never;

const glob = (column: RawBuilder<unknown>, pattern: string): Condition =>
  isStorable(pattern) ? sql`${column} like ${escaped(pattern).replaceAll('*', '%').replaceAll('?', '_')}` : never;

/** Lists lie between line breaks, which no value of theirs holds. */
const inList = (column: RawBuilder<unknown>, text: string, wildcards: Wildcards): Condition =>
  text.includes('\n') ? never : like(column, text, wildcards);

const items = (place: Place, { compared }: FieldShape): RawBuilder<unknown> =>
  sql.raw(itemsOf(`${aliasOf(place.depth)}.${quoted(compared.name)}`));

/** Where an index holds the items of lists, it is asked in its own words. */
const isOne = (text: string, shape: FieldShape, place: Place): Condition => {
  const isItem = isStorable(text) && text !== '' && !text.includes('\n');
  return shape.field.options.indexed && isItem
    ? sql`${items(place, shape)} @> array[${text}]::text[]`
    : inList(columnAt(place, shape.compared.name), text, { before: '%\n', after: '\n%' });
};

const has = ({ field, module, filter }: Filter & { readonly type: 'has' }, place: Place): Condition => {
  const { columns } = shapeOf(place.module).fields.get(field)!;
  if (columns[0]!.type !== 'id') return never;
  const there = inside(module, place);
  return exists(there, filter, sql`${columnAt(there, 'id')} = ${columnAt(place, columns[0]!.name)}`);
};

const some = ({ module, by, filter }: Filter & { readonly type: 'some' }, place: Place): Condition => {
  const there = inside(module, place);
  const shape = shapeOf(there.module).fields.get(by)!;
  const { compared } = shape;
  const id = columnAt(place, 'id');
  const link = columnAt(there, compared.name);
  if (compared.type === 'id') return exists(there, filter, sql`${link} = ${id}`);
  const isList = there.module.fields[by]!.kind.domain === 'list';
  return isList
    ? exists(there, filter, sql`${items(there, shape)} @> array[${id}::text]`)
    : exists(there, filter, sql`${link} = ${`${place.module.key}:`} || ${id}`);
};

const inside = (module: string, { depth, scene }: Place): Place => ({
  module: scene.registry.get(module),
  depth: depth + 1,
  scene,
});

/** Deleted records count for nothing. */
// oxlint-disable-next-line max-params
const exists = (there: Place, filter: Filter, link: Condition): Condition => {
  const { view } = shapeOf(there.module);
  const living = sql<boolean>`${columnAt(there, 'deleted_at')} is null`;
  const fits = condition(visible(there.module, filter, there.scene), there);
  const from = sql.raw(`${view} as ${aliasOf(there.depth)}`);
  return sql`exists (select from ${from} where ${columnAt(there, 'tenant_id')} = ${there.scene.tenant} and ${link} and ${living} and ${fits})`;
};
