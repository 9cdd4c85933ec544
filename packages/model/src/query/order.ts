import { compareDecimals, toDecimal } from '../decimal.ts';
import { compareText } from '../fold.ts';
import type { Field } from '../kind.ts';
import type { AnyRecord, Module } from '../module.ts';
import type { Position, Sort } from './plan.ts';

export type SortKey = string | number | boolean | null;

/** The value by which a record sorts: its kind's key, or the position of that key in the kind's ranking. */
export const sortKey = ({ kind, options }: Field, value: unknown): SortKey => {
  if (value === null || value === undefined) return null;
  const key = kind.key(value, options) as SortKey;
  const rank = kind.rank?.(options);
  return rank ? rank.indexOf(key as string) + 1 || null : key;
};

/** Empty values count as greater than all others: last when ascending, first when descending, as in PostgreSQL. */
export const compareSortKeys = ({ kind, options }: Field, a: SortKey, b: SortKey): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (kind.rank?.(options) || kind.domain === 'number') return (a as number) - (b as number);
  if (kind.domain === 'decimal') return compareDecimals(toDecimal(a as string), toDecimal(b as string));
  if (kind.domain === 'boolean') return Number(a) - Number(b);
  return compareText(a as string, b as string);
};

export const positionOf = (module: Module, sort: readonly Sort[], record: AnyRecord): Position => ({
  keys: sort.map(({ field }) => sortKey(module.fields[field]!, record[field])),
  id: record.id,
});

/** Orders positions by the sort and then by id. */
export const comparePositions = (module: Module, sort: readonly Sort[]): ((a: Position, b: Position) => number) => {
  const fields = sort.map(({ field, descending }) => ({ field: module.fields[field]!, sign: descending ? -1 : 1 }));
  return (a, b) => {
    for (const [index, { field, sign }] of fields.entries()) {
      const compared = compareSortKeys(field, a.keys[index]!, b.keys[index]!) * sign;
      if (compared !== 0) return compared;
    }
    return compareText(a.id, b.id);
  };
};
