import { isStorable } from '@tessera-crm/model/characters.js';
import { isCalendarDate } from '@tessera-crm/model/calendar.js';
import { isId } from '@tessera-crm/model/id.js';
import type { ColumnType } from '@tessera-crm/model/kind.js';
import { sql, type RawBuilder } from 'kysely';

type Comparable = string | number | boolean;
type Operator = 'eq' | 'lt' | 'lte' | 'gt' | 'gte' | 'in';

export interface Comparison {
  readonly column: RawBuilder<unknown>;
  readonly type: ColumnType;
  readonly op: Operator;
  /** One, or for `in` any number. */
  readonly keys: readonly Comparable[];
}

const signs: Readonly<Record<Operator, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=', in: '=' };

interface Comparing {
  /** The type as which operands are sent. */
  readonly cast: string;
  /** Whether the database can read the operand as that type. */
  fits(key: Comparable): boolean;
  /** How a column is compared with what does not fit: as the text or number that travels. Without it nothing is equal. */
  readonly otherwise?: { readonly cast: string; readonly as: (column: RawBuilder<unknown>) => RawBuilder<unknown> };
}

const asText: Comparing = { cast: 'text', fits: (key) => isStorable(String(key)) };

const number: Comparing = {
  cast: 'bigint',
  fits: Number.isSafeInteger,
  otherwise: { cast: 'double precision', as: (column) => sql`${column}::double precision` },
};

/** From the year 1 on; others are written differently, and no record holds them. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** How operands become values of a column's type. */
const comparing: Readonly<Record<ColumnType, Comparing>> = {
  text: asText,
  key: asText,
  integer: number,
  bigint: number,
  float: { cast: 'double precision', fits: () => true },
  decimal: { cast: 'numeric', fits: () => true },
  boolean: { cast: 'boolean', fits: () => true },
  date: {
    cast: 'date',
    fits: (key) => isCalendarDate(String(key)),
    otherwise: { cast: 'text', as: (column) => sql`${column}::text collate "C"` },
  },
  time: asText,
  instant: {
    cast: 'timestamptz',
    fits: (key) => instant.test(String(key)) && !String(key).startsWith('0000'),
    otherwise: {
      cast: 'text',
      as: (column) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') collate "C"`,
    },
  },
  id: { cast: 'uuid', fits: isId },
  json: asText,
};

/** An operand as a value of a column's type; undefined when it cannot be one. */
export const operand = (type: ColumnType, key: Comparable): RawBuilder<unknown> | undefined => {
  const { cast, fits } = comparing[type];
  return fits(key) ? sql`${key}::${sql.raw(cast)}` : undefined;
};

/** Whether a column's value stands in a relation to operands that may be anything a filter let through. */
export const comparison = ({ column, type, op, keys }: Comparison): RawBuilder<boolean> => {
  const { cast, fits, otherwise } = comparing[type];
  const fitting = keys.filter(fits);
  const others = otherwise ? keys.filter((key) => !fits(key)) : [];
  const some = [
    ...(fitting.length > 0 ? [compare(column, { op, keys: fitting, cast })] : []),
    ...(otherwise && others.length > 0
      ? [compare(otherwise.as(column), { op, keys: others, cast: otherwise.cast })]
      : []),
  ];
  if (some.length === 0) return sql`false`;
  return some.length === 1 ? some[0]! : sql`(${sql.join(some, sql` or `)})`;
};

const compare = (
  column: RawBuilder<unknown>,
  { op, keys, cast }: { readonly op: Operator; readonly keys: readonly Comparable[]; readonly cast: string },
): RawBuilder<boolean> =>
  op === 'in'
    ? sql`${column} = any(${keys}::${sql.raw(cast)}[])`
    : sql`${column} ${sql.raw(signs[op])} ${keys[0]}::${sql.raw(cast)}`;
