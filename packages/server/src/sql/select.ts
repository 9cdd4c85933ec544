import { everything, type Filter } from '@tessera-crm/model/query/filter.js';
import type { Module } from '@tessera-crm/model/module.js';
import { perModule } from '@tessera-crm/model/per-module.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';
import { aliasOf, columnAt, condition, visible, type Condition, type Place, type Scene } from './conditions.ts';
import { afterPosition, orderBy, type Part } from './keyset.ts';
import { select, shapeOf, type Selection } from './shape.ts';

const compiled = (text: RawBuilder<unknown>): CompiledQuery => text.compile(house);

const root = (module: Module, scene: Scene): Place => ({ module, depth: 0, scene });

const from = ({ module, depth }: Place): RawBuilder<unknown> => sql.raw(`${shapeOf(module).view} as ${aliasOf(depth)}`);

/** The rows of the tenant that fit a filter and that whoever asks may see. */
export const matching = (place: Place, filter: Filter): Condition =>
  sql`${columnAt(place, 'tenant_id')} = ${place.scene.tenant} and ${condition(visible(place.module, filter, place.scene), place)}`;

const living: Filter = { type: 'test', field: 'deletedAt', test: { op: 'there' }, negate: true };

/** A statement and how its rows become records. */
export interface Reading {
  readonly statement: Statement;
  readonly selection: Selection;
}

export interface PageOptions {
  /** What `selectionOf` says of the plan. */
  readonly selection: Selection;
  readonly part: Part;
  /** Records at most. */
  readonly limit: number;
}

/** The page of a list, or a part of it. */
export const pageOf = (plan: Plan, scene: Scene, { selection, part, limit }: PageOptions): Statement => {
  const place = root(plan.module, scene);
  return compiled(
    sql`select ${sql.raw(selection.columns)} from ${from(place)} where ${matching(place, plan.filter)} and ${afterPosition(plan, place, part)} order by ${orderBy(plan, place)} limit ${limit}`,
  );
};

/** The fields asked for, those of the order, because a page's end becomes its cursor, and the links to follow. */
export const selectionOf = ({ module, fields, sort, include }: Plan): Selection => {
  const shape = shapeOf(module);
  if (fields === null) return shape.whole;
  const names = new Set([...fields, ...sort.map(({ field }) => field), ...Object.keys(include)]);
  return select([...names].map((name) => shape.fields.get(name)!));
};

export const countOf = (plan: Plan, scene: Scene): Statement => {
  const place = root(plan.module, scene);
  return compiled(sql`select count(*) from ${from(place)} where ${matching(place, plan.filter)}`);
};

const getText = perModule((module) => {
  const { whole, view } = shapeOf(module);
  return `select ${whole.columns} from ${view} where tenant_id = $1 and id = $2 and deleted_at is null`;
});

/** One record that is not deleted. Its text is the same every time, unless a scope limits it. */
export const recordOf = (module: Module, id: string, scene: Scene): Reading => {
  if (scene.scope)
    return someOf(module, { type: 'all', of: [{ type: 'id', ids: [id], negate: false }, living] }, scene);
  return { statement: { sql: getText(module), parameters: [scene.tenant, id] }, selection: shapeOf(module).whole };
};

/**
 * What others have to wait with until the transaction ends: `stay` with deleting them only, `change` with changing them
 * too, and `link` even with linking to them.
 */
export type Lock = 'stay' | 'change' | 'link';

export const lockClauses: Readonly<Record<Lock, string>> = {
  stay: 'for key share',
  change: 'for no key update',
  link: 'for update',
};

export interface SomeOptions {
  /** Records at most, in the order of their ids; null for all of them. */
  readonly limit?: number | null;
  /** What others have to wait with. */
  readonly lock?: Lock | undefined;
}

/** The records that fit a filter, deleted ones included unless the filter leaves them out. */
export const someOf = (module: Module, filter: Filter, scene: Scene, { limit, lock }: SomeOptions = {}): Reading => {
  const place = root(module, scene);
  const { whole } = shapeOf(module);
  const order = limit === undefined && !lock ? sql`` : sql`order by ${columnAt(place, 'id')}`;
  const end = (limit ?? null) === null ? sql`` : sql`limit ${limit}`;
  const statement = compiled(
    sql`select ${sql.raw(whole.columns)} from ${from(place)} where ${matching(place, filter)} ${order} ${end} ${sql.raw(lock ? lockClauses[lock] : '')}`,
  );
  return { statement, selection: whole };
};

/** Records by their ids, deleted ones included. */
export const byIds = (module: Module, ids: readonly string[], scene: Scene, options: SomeOptions = {}): Reading =>
  someOf(module, { type: 'id', ids, negate: false }, scene, options);

/** Records to include: by their ids, without the deleted ones. */
export const livingByIds = (module: Module, ids: readonly string[], scene: Scene): Reading =>
  someOf(module, { type: 'all', of: [{ type: 'id', ids, negate: false }, living] }, scene);

/** Living records that fit a filter, in the order of their ids. */
export const livingOf = (module: Module, filter: Filter, scene: Scene, limit: number | null): Reading =>
  someOf(module, { type: 'all', of: [filter ?? everything, living] }, scene, { limit });
