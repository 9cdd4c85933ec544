import { uuid7, type Id } from '../id.ts';
import type { Field } from '../kind.ts';
import { link } from '../kinds/link.ts';
import { links } from '../kinds/links.ts';
import { text } from '../kinds/text.ts';
import { defineModule, type AnyRecord, type Fields, type Module } from '../module.ts';
import type { QueryContext } from '../query/query-context.ts';
import type { Random } from '../random.ts';
import { Registry } from '../registry.ts';
import { sampleFields } from './sample-fields.ts';

export interface StoredRecord {
  readonly module: string;
  readonly record: AnyRecord;
}

interface Pools {
  /** Ids by module, of records that there are or may come. */
  readonly ids: ReadonlyMap<string, readonly Id[]>;
  /** Strings that once broke something somewhere. */
  readonly hostile: readonly string[];
}

/** Modules that nobody designed, full of records that nobody typed. */
export interface World extends Pools {
  readonly registry: Registry;
  readonly records: readonly StoredRecord[];
  readonly context: QueryContext;
}

const modules = ['First', 'Second', 'Third'] as const;
const fieldsPerModule = 14;
const recordsPerModule = 40;
const emptiness = 0.3;
/** How often a value is one that another record has already, so that orders have ties. */
const sameness = 0.4;
const deleted = 0.1;

const some = <T>(random: Random, from: readonly T[], count: number): readonly T[] => {
  const rest = [...from];
  return Array.from(
    { length: Math.min(count, rest.length) },
    () => rest.splice(random.integer(0, rest.length - 1), 1)[0]!,
  );
};

export const randomId = (random: Random): Id =>
  uuid7(
    random.integer(0, 2 ** 40),
    Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
  ) as Id;

/** @param name - What the modules' names begin with, so that worlds may share a database. */
export const randomWorld = (
  random: Random,
  { name, hostile }: { readonly name: string; readonly hostile: readonly string[] },
): World => {
  const registry = new Registry(modules.map((module) => randomModule(random, name, module)));
  const ids = new Map(
    registry.keys.map((key) => [key, Array.from({ length: recordsPerModule }, () => randomId(random))]),
  );
  const records = registry.all.flatMap((module) => randomRecords(random, module, { ids, hostile }));
  const context = {
    registry,
    now: '2026-06-15T10:00:00.000Z',
    timeZone: random.pick(['Europe/Rome', 'Asia/Kolkata', 'UTC']),
    weekStart: 1,
    fiscalYearStart: 1,
  };
  return {
    registry,
    records,
    ids,
    hostile,
    context: { ...context, me: { module: 'users', id: ids.get(registry.keys[0]!)![0]! } },
  };
};

const randomModule = (random: Random, name: string, which: (typeof modules)[number]): Module => {
  const chosen = some(random, Object.entries(sampleFields), fieldsPerModule);
  const fields: Record<string, Field> = { ...Object.fromEntries(chosen), title: text({ required: true }) };
  const titled = (at: number): string => `${name}${modules[at]}`;
  fields['toFirst'] = link(titled(0));
  fields['toSecond'] = link(titled(1));
  fields['toFirsts'] = links(titled(0), { indexed: true });
  const many = {
    seconds: { module: titled(1), by: 'toFirst' },
    thirds: { module: titled(2), by: 'toFirst' },
    listing: { module: titled(2), by: 'toFirsts' },
  };
  return defineModule(`${name}${which}`, {
    area: 'quality',
    title: ['title'],
    search: ['title'],
    fields: fields as Fields & { readonly title: Field },
    ...(which === 'First' && { many }),
  });
};

const randomRecords = (random: Random, module: Module, pools: Pools): readonly StoredRecord[] => {
  const made: AnyRecord[] = [];
  for (const id of pools.ids.get(module.key)!) made.push(randomRecord(random, module, { id, made, pools }));
  return made.map((record) => ({ module: module.key, record }));
};

/** Any record of the module, which has some values of those that were made before it. */
export const randomRecord = (
  random: Random,
  module: Module,
  { id, made, pools }: { readonly id: string; readonly made: readonly AnyRecord[]; readonly pools: Pools },
): AnyRecord => {
  const values = Object.entries(module.fields).map(([name, field]) => {
    const earlier =
      made.length > 0 && !field.options.unique && random.chance(sameness) ? random.pick(made)[name] : undefined;
    return [name, earlier ?? freshValue(random, { name, field, made }, pools)] as const;
  });
  const life = {
    deletedAt: random.chance(deleted) ? '2026-01-01T00:00:00.000Z' : null,
    archivedAt: random.chance(deleted) ? '2026-01-01T00:00:00.000Z' : null,
  };
  return { id, version: random.integer(1, 9), ...Object.fromEntries(values), ...life };
};

interface Place {
  readonly name: string;
  readonly field: Field;
  readonly made: readonly AnyRecord[];
}

/** Where no two may be the same, they are not. */
const freshValue = (random: Random, { name, field, made }: Place, pools: Pools): unknown => {
  for (;;) {
    const value = randomValue(random, field, pools);
    if (
      value === null ||
      !field.options.unique ||
      !made.some((record) => keyOf(field, record[name]) === keyOf(field, value))
    )
      return value;
  }
};

const keyOf = ({ kind, options }: Field, value: unknown): unknown => (value === null ? null : kind.key(value, options));

const randomValue = (random: Random, field: Field, { ids, hostile }: Pools): unknown => {
  const { kind, options, presence } = field;
  if (presence !== 'required' && random.chance(emptiness)) return null;
  const target = 'to' in options && typeof options.to === 'string' ? ids.get(options.to) : undefined;
  if (target && random.chance(0.8))
    return kind.domain === 'list' ? some(random, target, random.integer(1, 3)) : random.pick(target);
  if (kind.domain === 'text' && random.chance(0.4)) {
    const parsed = kind.schema(options).safeParse(random.pick(hostile));
    if (parsed.success) return parsed.data;
  }
  return kind.random(random, options);
};
