import { isDecimal } from '@tessera-crm/model/decimal.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Domain } from '@tessera-crm/model/kind.js';
import { isAlwaysThere } from '@tessera-crm/model/module.js';
import type { Plan, Position } from '@tessera-crm/model/query/plan.js';
import { sql, type RawBuilder } from 'kysely';
import { comparison, operand } from './comparisons.ts';
import { always, columnAt, joined, never, type Condition, type Place } from './conditions.ts';
import { shapeOf, type FieldShape } from './shape.ts';

/** One part of an order: what is compared, which way, and where the page before ended. */
interface Term {
  readonly column: RawBuilder<unknown>;
  readonly descending: boolean;
  /** Whether it may be null, which counts as greater than everything. */
  readonly nullable: boolean;
  compare(op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte', key: Key): Condition;
  /** The key as a value of the column's type; undefined when it cannot be one. */
  operand(key: Key): RawBuilder<unknown> | undefined;
}

type Key = string | number | boolean;

const ids = (place: Place): Term => {
  const column = columnAt(place, 'id');
  return {
    column,
    descending: false,
    nullable: false,
    compare: (op, key) => comparison({ column, type: 'id', op, keys: [key] }),
    operand: (key) => operand('id', key),
  };
};

const termOf = (shape: FieldShape, descending: boolean, place: Place): Term => {
  const { field, compared } = shape;
  const rank = field.kind.rank?.(field.options);
  const stored = columnAt(place, compared.name);
  const column = rank ? sql`array_position(${rank}::text[], ${stored})` : stored;
  const type = rank ? 'integer' : compared.type;
  return {
    column,
    descending,
    nullable: rank !== undefined || !isAlwaysThere(field),
    compare: (op, key) => comparison({ column, type, op, keys: [key] }),
    operand: (key) => operand(type, key),
  };
};

const termsOf = ({ sort }: Plan, place: Place): readonly Term[] => {
  const { fields } = shapeOf(place.module);
  return [...sort.map(({ field, descending }) => termOf(fields.get(field)!, descending, place)), ids(place)];
};

/** Empty values count as greater than all others, which is PostgreSQL's own rule. */
export const orderBy = (plan: Plan, place: Place): RawBuilder<unknown> =>
  sql.join(termsOf(plan, place).map(({ column, descending }) => (descending ? sql`${column} desc` : sql`${column}`)));

/**
 * A page in an order whose first part may be empty is read in two steps: the filled ones, which an index finds from
 * the position on, and only if they run out the empty ones behind them.
 */
export type Part = 'whole' | 'filled' | 'empty';

export const partsOf = ({ module, sort, after }: Plan): readonly Part[] => {
  const [first] = sort;
  if (!after || !first || first.descending || (after.keys[0] ?? null) === null) return ['whole'];
  const field = module.fields[first.field]!;
  return isAlwaysThere(field) && !field.kind.rank ? ['whole'] : ['filled', 'empty'];
};

/** What comes after the end of the page before, in an order whose parts may go both ways. */
export const afterPosition = (plan: Plan, place: Place, part: Part): Condition => {
  if (plan.after === null) return always;
  const keys = checkedKeys(plan, plan.after);
  const [first, ...rest] = termsOf(plan, place);
  if (part === 'empty') return isNull(first!);
  const terms = [part === 'filled' ? { ...first!, nullable: false } : first!, ...rest];
  const steps = terms.map((term, index) =>
    joined(
      [...terms.slice(0, index).map((earlier, at) => same(earlier, keys[at]!)), beyond(term, keys[index]!)],
      'and',
    ),
  );
  // implied by the rest, but an index can begin there
  return asRow(terms, keys) ?? joined([atLeast(terms[0]!, keys[0]!), joined(steps, 'or')], 'and');
};

/** All parts compared at once, which an index follows to the very position; undefined where they go different ways. */
const asRow = (terms: readonly Term[], keys: readonly (Key | null)[]): Condition | undefined => {
  if (terms.some(({ descending, nullable }) => descending || nullable)) return undefined;
  const operands = terms.map((term, index) => (keys[index] === null ? undefined : term.operand(keys[index]!)));
  if (operands.includes(undefined)) return undefined;
  return sql`(${sql.join(terms.map(({ column }) => column))}) > (${sql.join(operands)})`;
};

const isNull = ({ column }: Term): Condition => sql`${column} is null`;

const same = (term: Term, key: Key | null): Condition => (key === null ? isNull(term) : term.compare('eq', key));

const beyond = (term: Term, key: Key | null): Condition => {
  if (key === null) return term.descending ? sql`${term.column} is not null` : never;
  if (term.descending) return term.compare('lt', key);
  return term.nullable ? joined([term.compare('gt', key), isNull(term)], 'or') : term.compare('gt', key);
};

const atLeast = (term: Term, key: Key | null): Condition => {
  if (key === null) return term.descending ? always : isNull(term);
  if (term.descending) return term.compare('lte', key);
  return term.nullable ? joined([term.compare('gte', key), isNull(term)], 'or') : term.compare('gte', key);
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What the key of a domain looks like: cursors come from outside. */
const isKeyOf: Readonly<Record<Domain, (key: Key) => boolean>> = {
  text: (key) => typeof key === 'string',
  number: (key) => typeof key === 'number',
  decimal: (key) => typeof key === 'string' && isDecimal(key),
  date: (key) => typeof key === 'string' && /^\d{4}-\d\d-\d\d$/.test(key),
  instant: (key) => typeof key === 'string' && instant.test(key),
  boolean: (key) => typeof key === 'boolean',
  choice: (key) => typeof key === 'string',
  link: (key) => typeof key === 'string',
  list: () => false,
  opaque: () => false,
};

/** @throws {CrmError} `validation` for a cursor that somebody made up. */
const checkedKeys = ({ module, sort }: Plan, { keys, id }: Position): readonly (Key | null)[] => {
  const fits = sort.every(({ field }, index) => {
    const { kind, options } = module.fields[field]!;
    const key = keys[index] ?? null;
    return key === null || (kind.rank?.(options) ? Number.isSafeInteger(key) : isKeyOf[kind.domain](key));
  });
  if (!fits || !isId(id)) throw invalid([{ path: '/after', code: 'cursor' }]);
  return [...keys, id];
};
