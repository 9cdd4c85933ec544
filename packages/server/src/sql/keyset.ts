import { isDecimal } from '@tessera-crm/model/decimal.js';
import { invalid } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Domain } from '@tessera-crm/model/kind.js';
import { isAlwaysThere } from '@tessera-crm/model/module.js';
import type { Plan, Position } from '@tessera-crm/model/query/plan.js';
import { sql, type RawBuilder } from 'kysely';
import { comparison } from './comparisons.ts';
import { always, columnAt, joined, never, type Condition, type Place } from './conditions.ts';
import { shapeOf, type FieldShape } from './shape.ts';

/** One part of an order: what is compared, which way, and where the page before ended. */
interface Term {
  readonly column: RawBuilder<unknown>;
  readonly descending: boolean;
  /** Whether it may be null, which counts as greater than everything. */
  readonly nullable: boolean;
  compare(op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte', key: Key): Condition;
}

type Key = string | number | boolean;

const ids = (place: Place): Term => {
  const column = columnAt(place, 'id');
  return {
    column,
    descending: false,
    nullable: false,
    compare: (op, key) => comparison({ column, type: 'id', op, keys: [key] }),
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
  };
};

const termsOf = ({ sort }: Plan, place: Place): readonly Term[] => {
  const { fields } = shapeOf(place.module);
  return [...sort.map(({ field, descending }) => termOf(fields.get(field)!, descending, place)), ids(place)];
};

/** Empty values count as greater than all others, which is PostgreSQL's own rule. */
export const orderBy = (plan: Plan, place: Place): RawBuilder<unknown> =>
  sql.join(termsOf(plan, place).map(({ column, descending }) => (descending ? sql`${column} desc` : sql`${column}`)));

/** What comes after the end of the page before, in an order whose parts may go both ways. */
export const afterPosition = (plan: Plan, place: Place): Condition => {
  if (plan.after === null) return always;
  const keys = checkedKeys(plan, plan.after);
  const terms = termsOf(plan, place);
  const steps = terms.map((term, index) =>
    joined(
      [...terms.slice(0, index).map((earlier, at) => same(earlier, keys[at]!)), beyond(term, keys[index]!)],
      'and',
    ),
  );
  // implied by the rest, but an index can begin there
  return joined([atLeast(terms[0]!, keys[0]!), joined(steps, 'or')], 'and');
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
