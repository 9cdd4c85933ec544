import { add, divide, fromDecimal, toDecimal, type Decimal } from '../decimal.ts';
import type { Issue } from '../errors.ts';
import { invalid } from '../invalid.ts';
import type { Field } from '../kind.ts';
import type { AnyRecord, Module } from '../module.ts';
import { compareText } from '../fold.ts';
import { compareSortKeys, sortKey, type SortKey } from '../query/order.ts';
import type { Aggregate, Bucket, Group } from '../query/query.ts';
import { todayIn } from '../rules/periods.ts';

/** Digits after the point of an average. */
const averageScale = 6;

/** @throws {CrmError} `validation` for fields that are not there or cannot be summed or grouped. */
export const checkAggregate = (module: Module, { rows = [], measures }: Aggregate): void => {
  const issues: Issue[] = [];
  for (const row of rows) {
    const { field, by } = bucketOf(row);
    const domain = Object.hasOwn(module.fields, field) ? module.fields[field]!.kind.domain : undefined;
    if (!domain || domain === 'opaque' || domain === 'list')
      issues.push({ path: '/rows', code: domain ? 'not-sortable' : 'unknown-field', params: { field } });
    else if (by && domain !== 'date' && domain !== 'instant')
      issues.push({ path: '/rows', code: 'not-a-date', params: { field } });
  }
  for (const { fn, field } of measures) {
    if (fn === 'count' && field === undefined) continue;
    const domain =
      field !== undefined && Object.hasOwn(module.fields, field) ? module.fields[field]!.kind.domain : undefined;
    if (!domain) issues.push({ path: '/measures', code: 'unknown-field', params: { field } });
    else if ((fn === 'sum' || fn === 'average') && domain !== 'decimal' && domain !== 'number')
      issues.push({ path: '/measures', code: 'not-a-number', params: { field } });
  }
  if (issues.length > 0) throw invalid(issues);
};

export const bucketOf = (row: string | Bucket): Bucket => (typeof row === 'string' ? { field: row } : row);

/** Which group a record belongs to. */
export interface Grouping {
  /** The same for all records of a group. */
  readonly name: string;
  readonly keys: readonly SortKey[];
  readonly shown: Group['keys'];
}

export const groupingOf = (module: Module, rows: readonly Bucket[], record: AnyRecord, timeZone: string): Grouping => {
  const keys = rows.map((row) => groupKey(module.fields[row.field]!, row, record[row.field], timeZone));
  return {
    name: keys.map((key) => `${typeof key} ${key}`).join('\0'),
    keys,
    shown: rows.map((row, index) => shownKey(module.fields[row.field]!, row, record[row.field], keys[index]!)),
  };
};

/** How many groups there are at most when nothing is said. */
const mostGroups = 1000;

/** Groups in the order of their keys, as many as are wanted; without rows there is one, even of nothing. */
export const orderGroups = <G extends Grouping>(
  module: Module,
  groups: readonly G[],
  { rows = [], limit = mostGroups }: Aggregate,
): readonly G[] => {
  const fields = rows.map((row) => module.fields[bucketOf(row).field]!);
  return groups.toSorted((a, b) => compareGroups(fields, a.keys, b.keys)).slice(0, limit);
};

/** Groups records and measures each group; groups come in the order of their keys. The meaning of aggregates. */
export const groupRecords = (
  module: Module,
  records: Iterable<AnyRecord>,
  aggregate: Aggregate,
  timeZone: string,
): readonly Group[] => {
  const rows = (aggregate.rows ?? []).map(bucketOf);
  const groups = new Map<string, Grouping & { readonly records: AnyRecord[] }>();
  for (const record of records) {
    const grouping = groupingOf(module, rows, record, timeZone);
    const group = groups.get(grouping.name);
    if (group) group.records.push(record);
    else groups.set(grouping.name, { ...grouping, records: [record] });
  }
  if (rows.length === 0 && groups.size === 0) groups.set('', { name: '', keys: [], shown: [], records: [] });
  return orderGroups(module, [...groups.values()], aggregate).map((group) => ({
    keys: group.shown,
    values: aggregate.measures.map((measure) => figure(module, group.records, measure)),
  }));
};

/** What is equal and written otherwise, such as 1.5 and 1.50, has an order too: no answer rests on that of records. */
const compareWholly = (field: Field, a: SortKey, b: SortKey): number =>
  compareSortKeys(field, a, b) || compareText(String(a), String(b));

const compareGroups = (fields: readonly Field[], a: readonly SortKey[], b: readonly SortKey[]): number => {
  for (const [index, field] of fields.entries()) {
    const compared = compareWholly(field, a[index]!, b[index]!);
    if (compared !== 0) return compared;
  }
  return 0;
};

const groupKey = (field: Field, { by }: Bucket, value: unknown, timeZone: string): SortKey => {
  const key = sortKey(field, value);
  return by && typeof key === 'string'
    ? periodStart(field.kind.domain === 'instant' ? todayIn(timeZone, Date.parse(key)) : key, by)
    : key;
};

/** A choice shows its option, not its rank. */
const shownKey = (field: Field, { by }: Bucket, value: unknown, key: SortKey): Group['keys'][number] =>
  key === null || by || !field.kind.rank ? key : (value as string);

/** The first day of the day's week (Monday, ISO 8601), month, quarter or year. */
const periodStart = (day: string, by: NonNullable<Bucket['by']>): string => {
  if (by === 'day') return day;
  if (by === 'year') return `${day.slice(0, 4)}-01-01`;
  if (by === 'month') return `${day.slice(0, 7)}-01`;
  if (by === 'quarter')
    return `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
  const time = Date.parse(day);
  return new Date(time - ((new Date(time).getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
};

const figure = (
  module: Module,
  records: readonly AnyRecord[],
  { fn, field }: Aggregate['measures'][number],
): Group['values'][number] => {
  if (field === undefined) return records.length;
  const of = module.fields[field]!;
  const keys = records.map((record) => sortKey(of, record[field])).filter((key) => key !== null);
  if (fn === 'count') return keys.length;
  if (keys.length === 0) return null;
  if (fn === 'min' || fn === 'max') return outermost(of, fn, keys);
  const sum = keys.reduce<Decimal>((total, key) => add(total, toDecimal(String(key))), zero);
  return fn === 'sum' ? sumFigure(sum) : averageFigure(sum, keys.length);
};

export const zero: Decimal = { units: 0n, scale: 0 };

export const sumFigure = (sum: Decimal): string => fromDecimal(trim(sum));

export const averageFigure = (sum: Decimal, count: number): string =>
  fromDecimal(trim(divide(sum, toDecimal(String(count)), averageScale)));

/** The least or the greatest of keys, of which there is one at least. */
export const outermost = (field: Field, fn: 'min' | 'max', keys: readonly SortKey[]): string | number => {
  const sign = fn === 'min' ? 1 : -1;
  return keys.reduce((best, key) => (compareWholly(field, key, best) * sign < 0 ? key : best)) as string | number;
};

/** Without needless zeros, so that every engine writes the same figure. */
const trim = (value: Decimal): Decimal => {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale--;
  }
  return { units, scale };
};
