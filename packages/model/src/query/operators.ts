import { compareDecimals, isDecimal, toDecimal } from '../decimal.ts';
import { fold } from '../fold.ts';
import type { Domain, Key } from '../kind.ts';
import { lastRange, nextRange, relativeRange, todayIn, zonedDayStart, type DateRange } from '../rules/periods.ts';
import type { Filter, Test } from './filter.ts';
import { matchesGlob } from './glob.ts';
import type { QueryContext } from './query-context.ts';

/** Thrown inside this folder when an operand does not fit; `parse-where` adds where. */
export class BadOperand extends Error {}

/** Turns an operand into tests of one field. A list of filters is joined by "and". */
type Operator = (field: string, operand: unknown, context: QueryContext) => Filter;

const test = (field: string, of: Test, negate = false): Filter => ({ type: 'test', field, test: of, negate });

const all = (...of: readonly Filter[]): Filter => ({ type: 'all', of });

const bad = (expected: string): never => {
  throw new BadOperand(expected);
};

const list = (operand: unknown): readonly unknown[] => {
  if (!Array.isArray(operand)) return bad('a list');
  return operand.length > 500 ? bad('at most 500 values') : operand;
};

const empty: Operator = (field, operand) =>
  typeof operand === 'boolean' ? test(field, { op: 'there' }, operand) : bad('true or false');

/** The operators of equality, given how an operand becomes a key. */
const equality = (key: (operand: unknown) => string | number | boolean): Readonly<Record<string, Operator>> => ({
  is: (field, operand) =>
    operand === null ? test(field, { op: 'there' }, true) : test(field, { op: 'eq', key: key(operand) }),
  isNot: (field, operand) =>
    operand === null ? test(field, { op: 'there' }) : test(field, { op: 'eq', key: key(operand) }, true),
  in: (field, operand) => test(field, { op: 'in', keys: list(operand).map(key) }),
  notIn: (field, operand) => test(field, { op: 'in', keys: list(operand).map(key) }, true),
  empty,
});

const ordered = (key: (operand: unknown) => string | number): Readonly<Record<string, Operator>> => ({
  ...equality(key),
  lt: (field, operand) => test(field, { op: 'lt', key: key(operand) }),
  lte: (field, operand) => test(field, { op: 'lte', key: key(operand) }),
  gt: (field, operand) => test(field, { op: 'gt', key: key(operand) }),
  gte: (field, operand) => test(field, { op: 'gte', key: key(operand) }),
  between: (field, operand) => {
    const [from, to, ...more] = list(operand);
    if (more.length > 0 || to === undefined) return bad('a pair');
    return all(test(field, { op: 'gte', key: key(from) }), test(field, { op: 'lte', key: key(to) }));
  },
});

const string = (operand: unknown): string => (typeof operand === 'string' ? operand : bad('text'));
const folded = (operand: unknown): string => fold(string(operand));
const number = (operand: unknown): number =>
  typeof operand === 'number' && Number.isFinite(operand) ? operand : bad('a number');
const boolean = (operand: unknown): boolean => (typeof operand === 'boolean' ? operand : bad('true or false'));
const decimal = (operand: unknown): string =>
  typeof operand === 'string' && operand.length <= 40 && isDecimal(operand) ? operand : bad('a decimal number as text');

const datePattern = /^\d{4}-\d\d-\d\d$/;
const date = (operand: unknown): string => {
  const text = string(operand);
  return datePattern.test(text) && !Number.isNaN(Date.parse(text)) ? text : bad('a date, YYYY-MM-DD');
};
const instant = (operand: unknown): string => {
  const time = Date.parse(string(operand));
  return Number.isNaN(time) ? bad('an instant, RFC 3339') : new Date(time).toISOString();
};

type Span = (operand: unknown, context: QueryContext) => DateRange;

const units = new Set(['day', 'week', 'month', 'quarter', 'year']);

const amount = (operand: unknown): { n: number; unit: 'day' | 'week' | 'month' | 'quarter' | 'year' } => {
  const { n, unit } = (operand ?? {}) as { n?: unknown; unit?: unknown };
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > 10_000) return bad('{ n, unit }');
  return typeof unit === 'string' && units.has(unit)
    ? { n, unit: unit as 'day' }
    : bad('a unit: day, week, month, quarter, year');
};

const calendar = (context: QueryContext) => ({
  today: todayIn(context.timeZone, Date.parse(context.now)),
  weekStart: context.weekStart,
  fiscalYearStart: context.fiscalYearStart,
});

const spans: Readonly<Record<string, Span>> = {
  relative: (operand, context) =>
    relativeRange(string(operand), calendar(context)) ?? bad('a known period, such as thisMonth'),
  last: (operand, context) => lastRange(amount(operand).n, amount(operand).unit, calendar(context)),
  next: (operand, context) => nextRange(amount(operand).n, amount(operand).unit, calendar(context)),
};

/** Date operators; `edge` turns the first moment of a day into the field's own form. */
const temporal = (
  key: (operand: unknown) => string,
  edge: (day: string, context: QueryContext) => string,
): Readonly<Record<string, Operator>> => ({
  ...ordered(key),
  before: (field, operand, context) => test(field, { op: 'lt', key: pointOf(operand, key, edge, context) }),
  after: (field, operand, context) => test(field, { op: 'gte', key: afterOf(operand, key, edge, context) }, false),
  ...Object.fromEntries(
    Object.entries(spans).map(([name, span]): [string, Operator] => [
      name,
      (field, operand, context) => within(field, span(operand, context), (day) => edge(day, context)),
    ]),
  ),
  olderThan: (field, operand, context) => {
    const { n, unit } = amount(operand);
    return test(field, { op: 'lt', key: edge(lastRange(n, unit, calendar(context)).from, context) });
  },
});

const within = (field: string, range: DateRange, edge: (day: string) => string): Filter =>
  all(test(field, { op: 'gte', key: edge(range.from) }), test(field, { op: 'lt', key: edge(range.to) }));

type Edge = (day: string, context: QueryContext) => string;

const isDay = (operand: unknown): operand is string => typeof operand === 'string' && datePattern.test(operand);

const pointOf = (operand: unknown, key: (operand: unknown) => string, edge: Edge, context: QueryContext): string =>
  isDay(operand) ? edge(date(operand), context) : key(operand);

/** After a day means from the next one on; after an instant, from the next millisecond on. */
const afterOf = (operand: unknown, key: (operand: unknown) => string, edge: Edge, context: QueryContext): string =>
  isDay(operand) ? edge(dayAfter(date(operand)), context) : new Date(Date.parse(key(operand)) + 1).toISOString();

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const dayOf: Operator = (field, operand, context) => {
  if (operand === null) return test(field, { op: 'there' }, true);
  if (!isDay(operand)) return test(field, { op: 'eq', key: instant(operand) });
  const day = date(operand);
  return within(field, { from: day, to: dayAfter(day) }, (edge) => zonedDayStart(edge, context.timeZone));
};

const me = (context: QueryContext): string => context.me?.id ?? '';

const oneOf = (field: string, operand: unknown): readonly Filter[] =>
  list(operand).map((value) => test(field, { op: 'oneIs', key: folded(value) }));

/** THE table of operators: what a filter may say about a field, by the way in which its values compare. */
export const operators: Readonly<Record<Domain, Readonly<Record<string, Operator>>>> = {
  text: {
    ...equality(folded),
    contains: (field, operand) => test(field, { op: 'contains', key: folded(operand) }),
    notContains: (field, operand) => test(field, { op: 'contains', key: folded(operand) }, true),
    starts: (field, operand) => test(field, { op: 'starts', key: folded(operand) }),
    ends: (field, operand) => test(field, { op: 'ends', key: folded(operand) }),
    matches: (field, operand) => test(field, { op: 'glob', key: folded(operand) }),
  },
  number: ordered(number),
  decimal: ordered(decimal),
  date: temporal(date, (day) => day),
  instant: {
    ...temporal(instant, (day, context) => zonedDayStart(day, context.timeZone)),
    is: dayOf,
  },
  boolean: {
    is: (field, operand) => test(field, { op: 'eq', key: boolean(operand) }),
    isNot: (field, operand) => test(field, { op: 'eq', key: boolean(operand) }, true),
    empty,
  },
  choice: equality(string),
  link: {
    ...equality(linkKey),
    isMe: (field, operand, context) => test(field, { op: 'in', keys: meKeys(context) }, operand === false),
  },
  list: {
    is: (field, operand) => test(field, { op: 'oneIs', key: folded(operand) }),
    isNot: (field, operand) => test(field, { op: 'oneIs', key: folded(operand) }, true),
    contains: (field, operand) => test(field, { op: 'oneContains', key: folded(operand) }),
    notContains: (field, operand) => test(field, { op: 'oneContains', key: folded(operand) }, true),
    starts: (field, operand) => test(field, { op: 'oneStarts', key: folded(operand) }),
    containsAny: (field, operand) => ({ type: 'any', of: oneOf(field, operand) }),
    containsAll: (field, operand) => ({ type: 'all', of: oneOf(field, operand) }),
    containsNone: (field, operand) => ({ type: 'none', of: oneOf(field, operand) }),
    empty,
  },
  opaque: { empty },
};

/** Links to one module hold an id; those to several hold `module:id`. Both are given as they appear on the wire. */
function linkKey(operand: unknown): string {
  if (typeof operand === 'object' && operand !== null && 'id' in operand) {
    const { id, module, type } = operand as { id: unknown; module?: unknown; type?: unknown };
    return `${string(module ?? type)}:${string(id)}`;
  }
  return string(operand);
}

const meKeys = (context: QueryContext): readonly string[] =>
  context.me
    ? [me(context), `${context.me.module}:${context.me.id}`, `${context.me.module.replace(/s$/, '')}:${context.me.id}`]
    : [];

/** Whether the key of a value passes; the same truth that SQL gives over the stored key. */
export const passes = (key: Key, of: Test, domain: Domain): boolean => {
  if (key === null || key === undefined) return false;
  if (of.op === 'there') return true;
  if (of.op === 'in') return of.keys.some((candidate) => compareKeys(key, candidate, domain) === 0);
  if (of.op === 'oneIs' || of.op === 'oneContains' || of.op === 'oneStarts') return one(key, of.op, of.key);
  if (of.op === 'contains') return (key as string).includes(of.key);
  if (of.op === 'starts') return (key as string).startsWith(of.key);
  if (of.op === 'ends') return (key as string).endsWith(of.key);
  if (of.op === 'glob') return matchesGlob(of.key, key as string);
  const order = compareKeys(key, of.key, domain);
  return { eq: order === 0, lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[of.op];
};

const one = (key: Key, op: 'oneIs' | 'oneContains' | 'oneStarts', wanted: string): boolean =>
  (key as readonly string[]).some((value) =>
    op === 'oneIs' ? value === wanted : op === 'oneContains' ? value.includes(wanted) : value.startsWith(wanted),
  );

const compareKeys = (a: Key, b: Key, domain: Domain): number => {
  if (domain === 'decimal') return compareDecimals(toDecimal(a as string), toDecimal(b as string));
  return a === b ? 0 : (a as string) < (b as string) ? -1 : 1;
};
