import { divide, fromDecimal, toDecimal } from '@tessera-crm/model/decimal.js';
import { bucketOf } from '@tessera-crm/model/memory/group.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import type { Aggregate, Bucket, Group } from '@tessera-crm/model/query/query.js';
import { sql, type RawBuilder } from 'kysely';
import type { Row, Statement } from '../database/database.ts';
import { house } from './compiler.ts';
import { columnAt, type Place, type Scene } from './conditions.ts';
import { matching } from './select.ts';
import { shapeOf, type FieldShape } from './shape.ts';

/** Digits after the point of an average. */
const averageScale = 6;

const defaultLimit = 1000;

/** What records are grouped by: a column of the answer, and how its cell becomes the group's key. */
interface Key {
  readonly column: RawBuilder<unknown>;
  read(cell: unknown): Group['keys'][number];
}

/** Columns of the answer, and how their cells become a measure's figure. */
interface Figure {
  readonly columns: readonly RawBuilder<unknown>[];
  read(cells: readonly unknown[]): string | number | null;
}

export interface Grouping {
  readonly statement: Statement;
  toGroup(row: Row): Group;
}

export interface AggregateScene extends Scene {
  /** In whose days instants are counted; IANA name. */
  readonly timeZone: string;
}

/** Counts and sums by group, in the order of the groups' keys. */
export const groupingOf = (
  module: Module,
  { filter, aggregate }: { readonly filter: Filter; readonly aggregate: Aggregate },
  scene: AggregateScene,
): Grouping => {
  const place: Place = { module, depth: 0, scene };
  const { fields, view } = shapeOf(module);
  const keys = (aggregate.rows ?? [])
    .map(bucketOf)
    .map((row) => keyOf(fields.get(row.field)!, row, { place, timeZone: scene.timeZone }));
  const figures = aggregate.measures.map(({ fn, field }) =>
    figureOf(fn, field === undefined ? undefined : fields.get(field), place),
  );
  const columns = [...keys.map(({ column }) => column), ...figures.flatMap((figure) => figure.columns)];
  const numbers = sql.raw(keys.map((_, index) => index + 1).join(', '));
  const grouped = keys.length === 0 ? sql`` : sql`group by ${numbers} order by ${numbers}`;
  const from = sql.raw(`${view} as t0`);
  const text = sql`select ${sql.join(columns)} from ${from} where ${matching(place, filter)} ${grouped} limit ${aggregate.limit ?? defaultLimit}`;
  return { statement: text.compile(house), toGroup: (row) => toGroup(row, keys, figures) };
};

const toGroup = (row: Row, keys: readonly Key[], figures: readonly Figure[]): Group => {
  let at = keys.length;
  return {
    keys: keys.map((key, index) => key.read(row[index])),
    values: figures.map((figure) => figure.read(row.slice(at, (at += figure.columns.length)))),
  };
};

const asIs = (cell: unknown): Group['keys'][number] => cell as Group['keys'][number];

const keyOf = (
  { field, compared }: FieldShape,
  { by }: Bucket,
  { place, timeZone }: { readonly place: Place; readonly timeZone: string },
): Key => {
  const column = columnAt(place, compared.name);
  if (by) {
    const local = compared.type === 'instant' ? sql`${column} at time zone ${timeZone}` : sql`${column}::timestamp`;
    return { column: sql`date_trunc(${by}, ${local})::date`, read: asIs };
  }
  const rank = field.kind.rank?.(field.options);
  if (!rank) return { column, read: asIs };
  return { column: ranked(column, rank), read: (cell) => (cell === null ? null : rank[(cell as number) - 1]!) };
};

const ranked = (column: RawBuilder<unknown>, rank: readonly string[]): RawBuilder<unknown> =>
  sql`array_position(${rank}::text[], ${column})`;

const first = (cells: readonly unknown[]): string | number | null => cells[0] as string | number | null;

const count: Figure = { columns: [sql`count(*)`], read: first };

const figureOf = (fn: Aggregate['measures'][number]['fn'], shape: FieldShape | undefined, place: Place): Figure => {
  if (!shape) return count;
  const { field, compared } = shape;
  const rank = field.kind.rank?.(field.options);
  const column = columnAt(place, compared.name);
  const figures: Readonly<Record<typeof fn, () => Figure>> = {
    count: () => ({ columns: [sql`count(${column})`], read: first }),
    min: () => ({ columns: [extreme('min', rank ? ranked(column, rank) : column, compared.type)], read: first }),
    max: () => ({ columns: [extreme('max', rank ? ranked(column, rank) : column, compared.type)], read: first }),
    sum: () => ({ columns: [total(column)], read: ([sum]) => (sum === null ? null : plainest(sum as string)) }),
    average: () => ({
      columns: [total(column), sql`count(${column})`],
      read: ([sum, n]) =>
        sum === null
          ? null
          : plainest(fromDecimal(divide(toDecimal(sum as string), toDecimal(String(n)), averageScale))),
    }),
  };
  return figures[fn]();
};

const total = (column: RawBuilder<unknown>): RawBuilder<unknown> => sql`sum(${column}::numeric)`;

/** Without needless zeros, so that every engine writes the same figure. */
const plainest = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);

/** Not every version has least and greatest of these. */
const extreme = (fn: 'min' | 'max', column: RawBuilder<unknown>, type: string): RawBuilder<unknown> => {
  if (type === 'boolean') return fn === 'min' ? sql`bool_and(${column})` : sql`bool_or(${column})`;
  return sql`${sql.raw(fn)}(${type === 'id' ? sql`${column}::text` : column})`;
};
