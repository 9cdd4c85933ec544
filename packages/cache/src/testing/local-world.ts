import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { linkTarget } from '@tessera-crm/model/query/plan.js';
import type { Query, Where } from '@tessera-crm/model/query/query.js';
import type { Random } from '@tessera-crm/model/random.js';
import { randomQuery } from '@tessera-crm/model/testing/random-query.js';
import { randomRecord, type World } from '@tessera-crm/model/testing/random-world.js';
import type { Patch } from '../entry.ts';
import { LocalRecords } from '../local-records.ts';
import { MemoryStorage } from '../memory-storage.ts';
import { Watchers } from '../watchers.ts';

/** Local records of a random world, and whoever watches them, without a cache around. */
export const localWorld = ({ registry, context }: World): { records: LocalRecords; watchers: Watchers } => {
  const watchers = new Watchers();
  const storage = new MemoryStorage();
  const records = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => context,
    changed: (module, id, change) => watchers.changed(module, id, change),
  });
  return { records, watchers };
};

/** What decides where a record is found, more often than chance alone would have it. */
const telling = ['toFirst', 'toSecond', 'toFirsts', 'title'] as const;

/** Queries of any shape, and more of those whose answer changes with every second change. */
export const randomListQuery = (random: Random, world: World, isAcross: boolean): [Module, Query] => {
  // Relations to many lead from the first module only
  const module = random.chance(0.5) ? world.registry.all[0]! : random.pick(world.registry.all);
  const limit = random.pick([1, 3, 5, 10, 50]);
  const { deleted: _deleted, ...query } = randomQuery(random, module, world);
  const { where: _where, search: _search, ...open } = query;
  const include = random.chance(0.3) && { include: [random.pick(['toFirst', 'toSecond.toFirst'])] };
  const tilting = { ...open, ...include, where: tiltingWhere(random, module, world, isAcross ? 2 : 0) };
  return [module, { ...(random.chance(0.7) ? tilting : query), limit }];
};

/** @param depth - How many relations it leads across at most. */
// oxlint-disable-next-line max-params
const tiltingWhere = (random: Random, module: Module, world: World, depth: number): Where => {
  if (depth > 0 && random.chance(0.8)) return across(random, module, world, depth);
  return random.pick<Where>([
    {},
    { title: { contains: random.pick(['a', 'e', 'i']) } },
    { title: { notContains: random.pick(['a', 'o', 't']) } },
    { toFirst: { empty: true } },
    { toFirsts: { empty: false } },
  ]);
};

// oxlint-disable-next-line max-params
const across = (random: Random, module: Module, world: World, depth: number): Where => {
  const inner = (of: string): Where => tiltingWhere(random, world.registry.get(of), world, depth - 1);
  const many = Object.entries(module.many);
  if (many.length > 0 && random.chance(0.7)) {
    const [name, { module: of }] = random.pick(many);
    return { [name]: { [random.pick(['some', 'none'])]: inner(of) } };
  }
  const link = random.pick(['toFirst', 'toSecond']);
  const where = { [link]: { has: inner(linkTarget(module.fields[link]!)!) } };
  // Any deeper, and there are too many levels
  return depth > 1 && random.chance(0.2) ? { none: [where] } : where;
};

const gone = '2026-06-01T00:00:00.000Z';

/** What somebody may make of a record: a few other values, its end, or its return. */
export const randomValues = (
  random: Random,
  module: Module,
  { world, among, id }: { readonly world: World; readonly among: Iterable<AnyRecord>; readonly id: string },
): Readonly<Record<string, unknown>> => {
  const other = randomRecord(random, module, { id, made: [...among], pools: world });
  const pool = random.chance(0.5) ? telling : Object.keys(module.fields);
  const names = Array.from({ length: random.integer(1, 4) }, () => random.pick(pool));
  return {
    ...Object.fromEntries(names.map((name) => [name, other[name] ?? null])),
    ...(random.chance(0.2) && { deletedAt: random.pick([gone, null]) }),
    ...(random.chance(0.1) && { archivedAt: random.pick([gone, null]) }),
  };
};

/** A patch of a record that is there, or one that makes a record. */
export const randomPatch = (
  random: Random,
  world: World,
  { records, module = random.pick(world.registry.all) }: { readonly records: RecordMap; readonly module?: Module },
): Patch => {
  const id = random.pick(world.ids.get(module.key)!);
  const among = records.all(module.key);
  if (records.getAny(module.key, id))
    return { module: module.key, id, isNew: false, values: randomValues(random, module, { world, among, id }) };
  const {
    id: _id,
    version: _version,
    ...values
  } = randomRecord(random, module, { id, made: [...among], pools: world });
  return { module: module.key, id, isNew: true, values };
};
