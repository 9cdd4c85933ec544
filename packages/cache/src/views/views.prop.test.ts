import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { groupRecords } from '@tessera-crm/model/memory/group.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Aggregate, Page } from '@tessera-crm/model/query/query.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import { randomAggregate } from '@tessera-crm/model/testing/random-aggregate.js';
import { randomWorld, type World } from '@tessera-crm/model/testing/random-world.js';
import fc from 'fast-check';
import type { LocalRecords } from '../local-records.ts';
import { localWorld, randomListQuery, randomPatch, randomValues } from '../testing/local-world.ts';
import type { Changes } from '../watchers.ts';
import { give } from '../testing/give.ts';
import { GroupView } from './group-view.ts';
import { ListView } from './list-view.ts';

const runs = Number(process.env['TESSERA_WORLDS'] ?? 40);
const hostile = ['ß İ ς', '%', '😀', 'Città'];

/** What may happen to records, each with chance of its own so that histories can be shortened. */
const happenings: Readonly<Record<string, (random: Random, world: World, records: LocalRecords) => void>> = {
  given(random, world, records) {
    const { module, id, values } = randomPatch(random, world, { records: records.shown });
    const known = records.base(module, id);
    const record = { ...known, ...values, id, version: (known?.version ?? 0) + random.integer(0, 2) };
    if (known || Object.hasOwn(values, 'title')) give(records, [{ module, id, record: whole(world, module, record) }]);
  },
  takenAway(random, world, records) {
    const { module, id } = randomPatch(random, world, { records: records.shown });
    give(records, [{ module, id, record: null }]);
  },
  changedHere(random, world, records) {
    records.overlay(random.pick(['a', 'b', 'c']), [randomPatch(random, world, { records: records.shown })]);
  },
  settled(random, _world, records) {
    const key = random.pick(['a', 'b', 'c']);
    const [patch] = records.pending.get(key) ?? [];
    if (patch && random.chance(0.7)) {
      const { module, id } = patch;
      const shown = records.shown.getAny(module, id);
      give(records, [{ module, id, record: shown ? { ...shown } : null }]);
    }
    records.overlay(key, undefined);
  },
  muchAtOnce(random, world, records) {
    const module = random.pick(world.registry.all);
    const all = [...records.shown.all(module.key)].filter(({ id }) => records.base(module.key, id));
    give(
      records,
      all.map((record) => {
        const values = randomValues(random, module, { world, among: all, id: record.id });
        return { module: module.key, id: record.id, record: { ...record, ...values, version: record.version + 1 } };
      }),
    );
  },
};

/** Every field is there, as in all records. */
const whole = (world: World, module: string, record: AnyRecord): AnyRecord => ({
  ...Object.fromEntries(Object.keys(world.registry.get(module).fields).map((name) => [name, null])),
  ...record,
});

const history = fc.record({
  seed: fc.integer({ min: 0 }),
  steps: fc.array(
    fc.record({
      what: fc.constantFrom(...Object.keys(happenings), 'given', 'given', 'changedHere'),
      seed: fc.integer({ min: 0 }),
      // Several happenings may be told at once
      isTold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  ),
});

/** A world of which about a half is known at first. */
const halfKnown = (random: Random) => {
  const world = randomWorld(random, { name: 'w', hostile });
  const { records, watchers } = localWorld(world);
  const known = world.records.filter(() => random.chance(0.5));
  give(
    records,
    known.map(({ module, record }) => ({ module, id: record.id, record })),
  );
  watchers.tell();
  return { world, records, watchers };
};

/** Random queries, some of them for a later page. */
const randomPlan = (random: Random, world: World, { shown }: LocalRecords): Plan => {
  const [module, given] = randomListQuery(random, world, true);
  const query = { ...given, ...(random.chance(0.1) && { deleted: 'only' as const }) };
  const plan = planQuery(module, query, world.context);
  const { next } = runPlan(plan, shown.all(module.key), shown);
  return next !== null && random.chance(0.3) ? planQuery(module, { ...query, after: next }, world.context) : plan;
};

const comparePage = (
  { plan, page }: { readonly plan: Plan; readonly page: Page<AnyRecord> },
  { shown }: LocalRecords,
  before: Page<AnyRecord>,
): void => {
  const naive = runPlan(plan, shown.all(plan.module.key), shown);
  assert.deepEqual(page, naive);
  if (plan.fields === null) assert.ok(page.records.every((record, index) => record === naive.records[index]));
  const isSame = isDeepStrictEqual(page, before) && isAlike(page, before, plan);
  assert.equal(page === before, isSame, 'is another page only if it shows something else');
};

/** Whether two equal pages hold the very same records; parts of records are made for each page. */
const isAlike = (a: Page<AnyRecord>, b: Page<AnyRecord>, { fields }: Plan): boolean => {
  const all = ({ records, included = {} }: Page<AnyRecord>) => [
    ...(fields === null ? records : []),
    ...Object.values(included as Readonly<Record<string, object>>).flatMap((some) => Object.values(some) as object[]),
  ];
  const others = all(b);
  return all(a).every((record, index) => record === others[index]);
};

const compareGroups = (view: GroupView, plan: Plan, aggregate: Aggregate, { shown }: LocalRecords, zone: string) => {
  const found = [...shown.all(plan.module.key)].filter((record) => matches(plan.module, record, plan.filter, shown));
  assert.deepEqual(view.groups, groupRecords(plan.module, found, aggregate, zone));
};

describe('views of all records at hand', () => {
  it('show after every change what a search from scratch finds', () => {
    fc.assert(
      fc.property(history, ({ seed, steps }) => {
        const random = seededRandom(seed);
        const { world, records, watchers } = halfKnown(random);
        const views = Array.from({ length: 8 }, () => {
          const plan = randomPlan(random, world, records);
          const view = new ListView(plan, records.shown);
          const one = { plan, page: view.page };
          // As the cache does: who is not told does not look
          const look = (changes: Changes): void => {
            view.apply(changes);
            one.page = view.page;
          };
          watchers.add({ of: new Set(view.modules), look });
          return one;
        });
        for (const { what, seed: chance, isTold } of steps) {
          happenings[what]!(seededRandom(chance), world, records);
          if (!isTold) continue;
          const before = views.map(({ page }) => page);
          watchers.tell();
          for (const [index, one] of views.entries()) comparePage(one, records, before[index]!);
        }
      }),
      { numRuns: runs },
    );
  });

  it('count and add up after every change what groups from scratch come to', () => {
    fc.assert(
      fc.property(history, ({ seed, steps }) => {
        const random = seededRandom(seed);
        const { world, records, watchers } = halfKnown(random);
        const { timeZone } = world.context;
        const views = Array.from({ length: 8 }, () => {
          const plan = randomPlan(random, world, records);
          const aggregate = { ...randomAggregate(random, plan.module), ...(random.chance(0.2) && { limit: 2 }) };
          const view = new GroupView(plan, aggregate, records.shown, timeZone);
          watchers.add({ of: new Set(view.modules), look: (changes) => view.apply(changes) });
          return { plan, aggregate, view };
        });
        for (const { what, seed: chance, isTold } of steps) {
          happenings[what]!(seededRandom(chance), world, records);
          if (!isTold) continue;
          watchers.tell();
          for (const { view, plan, aggregate } of views) compareGroups(view, plan, aggregate, records, timeZone);
        }
      }),
      { numRuns: runs },
    );
  });
});
