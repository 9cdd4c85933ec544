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

/** Orders records by the sort and then by id. */
export const order = (module: Module, sort: readonly Sort[]): ((a: AnyRecord, b: AnyRecord) => number) => {
  const fields = sort.map(({ field, descending }) => ({
    name: field,
    field: module.fields[field]!,
    sign: descending ? -1 : 1,
  }));
  return (a, b) => {
    for (const { name, field, sign } of fields) {
      const compared = compareSortKeys(field, sortKey(field, a[name]), sortKey(field, b[name])) * sign;
      if (compared !== 0) return compared;
    }
    return compareText(a.id, b.id);
  };
};

export const positionOf = (module: Module, sort: readonly Sort[], record: AnyRecord): Position => ({
  keys: sort.map(({ field }) => sortKey(module.fields[field]!, record[field])),
  id: record.id,
});

/** Whether a record comes after a position. */
export const isAfter = (module: Module, sort: readonly Sort[], record: AnyRecord, position: Position): boolean => {
  for (const [index, { field, descending }] of sort.entries()) {
    const definition = module.fields[field]!;
    const compared =
      compareSortKeys(definition, sortKey(definition, record[field]), position.keys[index]!) * (descending ? -1 : 1);
    if (compared !== 0) return compared > 0;
  }
  return compareText(record.id, position.id) > 0;
};
