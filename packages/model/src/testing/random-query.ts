import { isCrmError } from '../errors.ts';
import type { Domain, Field } from '../kind.ts';
import type { Module } from '../module.ts';
import { operators } from '../query/operators.ts';
import { isSortable, linkTarget, planQuery } from '../query/plan.ts';
import type { Query, Where } from '../query/query.ts';
import type { Random } from '../random.ts';
import { randomId, type World } from './random-world.ts';

const attempts = 50;

/** A query that fits the module, of any shape. */
export const randomQuery = (random: Random, module: Module, world: World): Query => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const query = draw(random, module, world);
    try {
      planQuery(module, query, world.context);
      return query;
    } catch (error) {
      // an operand that does not fit: draw again
      if (!isCrmError(error, 'validation')) throw error;
    }
  }
  return {};
};

const draw = (random: Random, module: Module, world: World): Query => {
  const fields = Object.keys(module.fields);
  const sortable = fields.filter((name) => isSortable(module.fields[name]!));
  const includable = fields.filter(
    (name) =>
      world.registry.find(linkTarget(module.fields[name]!) ?? '') && module.fields[name]!.kind.domain === 'link',
  );
  const sort = Array.from({ length: random.integer(0, 3) }, () => `${random.pick(['', '-'])}${random.pick(sortable)}`);
  return {
    ...(random.chance(0.85) && { where: randomWhere(random, module, world, 0) }),
    ...(random.chance(0.15) && {
      search: random.pick([random.pick(world.hostile), 'a', 'e i', '%', '_']).slice(0, 40),
    }),
    sort: [...new Set(sort.map((entry) => entry.replace('-', '')))].map((name) =>
      sort.find((entry) => entry.endsWith(name))!,
    ),
    limit: random.pick([1, 7, 50, 200]),
    ...(random.chance(0.3) && { count: 'exact' as const }),
    ...(random.chance(0.2) && { deleted: 'only' as const }),
    ...(random.chance(0.3) && { archived: random.pick(['only', 'with'] as const) }),
    ...(random.chance(0.3) && { fields: Array.from({ length: random.integer(0, 4) }, () => random.pick(fields)) }),
    ...(random.chance(0.2) && {
      include: [random.pick([random.pick(includable), 'toFirst.toSecond', 'toSecond.toFirst.toFirst'])],
    }),
  };
};

const maxDepth = 3;

// oxlint-disable-next-line max-params
const randomWhere = (random: Random, module: Module, world: World, depth: number): Where => {
  const parts = Array.from({ length: random.integer(0, 3) }, (): Where => {
    const kind = random.next();
    const inner = (of: Module): Where => (depth < maxDepth ? randomWhere(random, of, world, depth + 1) : {});
    if (kind < 0.15) return { [random.pick(['all', 'any', 'none'])]: [inner(module), inner(module)] };
    if (kind < 0.25) return related(random, module, world, inner);
    if (kind < 0.3) return { id: { [random.pick(['is', 'isNot'])]: random.pick(world.records).record.id } };
    return condition(random, module, world);
  });
  return parts.length === 1 ? parts[0]! : { all: parts };
};

// oxlint-disable-next-line max-params
const related = (random: Random, module: Module, world: World, inner: (of: Module) => Where): Where => {
  const many = Object.entries(module.many);
  if (many.length > 0 && random.chance(0.5)) {
    const [name, { module: of }] = random.pick(many);
    return { [name]: { [random.pick(['some', 'none'])]: inner(world.registry.get(of)) } };
  }
  const name = random.pick(['toFirst', 'toSecond']);
  return { [name]: { has: inner(world.registry.get(linkTarget(module.fields[name]!)!)) } };
};

const condition = (random: Random, module: Module, world: World): Where => {
  const [name, field] = random.pick(Object.entries(module.fields));
  const operator = random.pick(Object.keys(operators[field.kind.domain]));
  return { [name]: { [operator]: operandOf(random, { name, field, operator, module }, world) } };
};

interface Asked {
  readonly name: string;
  readonly field: Field;
  readonly operator: string;
  readonly module: Module;
}

const operandOf = (random: Random, asked: Asked, world: World): unknown => {
  const { operator } = asked;
  const one = (): unknown => operand(random, asked, world);
  if (operator === 'empty' || operator === 'isMe') return random.chance(0.5);
  if (operator === 'between') return [one(), one()];
  if (['in', 'notIn', 'containsAny', 'containsAll', 'containsNone'].includes(operator))
    return Array.from({ length: random.integer(0, 3) }, one);
  if (operator === 'relative') return random.pick(['today', 'thisMonth', 'lastYear', 'next7Days', 'thisFiscalQuarter']);
  if (['last', 'next', 'olderThan'].includes(operator))
    return { n: random.integer(1, 400), unit: random.pick(['day', 'week', 'month', 'quarter', 'year']) };
  return random.chance(0.05) ? null : one();
};

/** Mostly what some record holds, whole or in part; else anything. */
const operand = (random: Random, { name, field, operator, module }: Asked, world: World): unknown => {
  const { kind, options } = field;
  const held = random.pick(world.records.filter((one) => one.module === module.key)).record[name] ?? null;
  const value = held === null || random.chance(0.2) ? kind.random(random, options) : held;
  const key = kind.key(value, options);
  const text = (): string => {
    const whole = random.pick([
      kind.toText(value, options),
      String(Array.isArray(key) ? (key[0] ?? '') : key),
      random.pick(world.hostile),
    ]);
    const from = random.integer(0, Math.max(0, whole.length - 2));
    const part = random.chance(0.5) ? whole : whole.slice(from, from + random.integer(0, 4));
    return operator === 'matches' ? part.replace(/[aeiou]/, random.pick(['*', '?'])) : part;
  };
  const forms: Readonly<Record<Domain, () => unknown>> = {
    text,
    list: text,
    number: () => random.pick([key, (key as number) + 0.5, -1, 1e300, 2 ** 40]),
    decimal: () => random.pick([key, '0', '-1.5', '99999999999999999999.125']),
    date: () => random.pick([key, '2026-06-15', '2026-02-31', '0000-01-01', '9999-12-31']),
    instant: () =>
      random.pick([
        key,
        '2026-06-15',
        '2026-06-15T10:00:00+02:00',
        '-000001-01-01T00:00:00Z',
        '+012026-01-01T00:00:00Z',
      ]),
    boolean: () => random.chance(0.5),
    choice: () => random.pick([key, 'nonsense']),
    link: () => random.pick([value, randomId(random), 'no-id', String(key).toUpperCase()]),
    opaque: () => null,
  };
  return forms[kind.domain]();
};
