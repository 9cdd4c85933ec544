import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { groupRecords } from '@tessera-crm/model/memory/group.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Aggregate } from '@tessera-crm/model/query/query.js';
import { everything } from '@tessera-crm/model/query/filter.js';
import { isSortable } from '@tessera-crm/model/query/plan.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import type { Database } from '../database/database.ts';
import { fillTables, makeTables } from '../testing/filled-tables.ts';
import { randomWorld, type World } from '../testing/random-world.ts';
import { engines } from '../testing/test-database.ts';
import { groupingOf } from './aggregate.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const worlds = Number(process.env['TESSERA_WORLDS'] ?? 2);
const questions = 60;
const firstSeed = 77;

/** Amounts of several currencies, equal but written with more or fewer digits, may show either way. */
const isPlain = ({ kind, options }: Field): boolean =>
  kind.storage(options).columns.length < 2 || kind.domain !== 'decimal';

const randomAggregate = (random: Random, module: Module): Aggregate => {
  const fields = Object.entries(module.fields).filter(([, field]) => isSortable(field) && isPlain(field));
  const pick = (fits: (field: Field) => boolean): string => random.pick(fields.filter(([, field]) => fits(field)))[0];
  const rows = Array.from({ length: random.integer(0, 2) }, () => {
    if (random.chance(0.5)) return pick(() => true);
    return {
      field: pick(({ kind }) => kind.domain === 'date' || kind.domain === 'instant'),
      by: random.pick(['day', 'week', 'month', 'quarter', 'year'] as const),
    };
  });
  const numeric = fields
    .filter(([, { kind }]) => kind.domain === 'decimal' || kind.domain === 'number')
    .map(([name]) => name);
  const measures = Array.from({ length: random.integer(1, 3) }, () => {
    const fn = random.pick(['count', 'min', 'max', 'sum', 'average'] as const);
    if (fn === 'count' && random.chance(0.5)) return { fn };
    return {
      fn,
      field:
        fn === 'sum' || fn === 'average'
          ? random.pick(numeric.length > 0 ? numeric : [pick(() => true)])
          : pick(() => true),
    };
  });
  return { rows, measures: numeric.length > 0 ? measures : [{ fn: 'count' }] };
};

/** The first and the last day that can be written fall out of the calendar in zones that are behind or ahead. */
const isOutermost = (value: unknown): boolean => typeof value === 'string' && /^(0001|9999)-.*Z$/.test(value);

const within = (world: World): World => ({
  ...world,
  records: world.records.map(({ module, record }) => ({
    module,
    record: {
      ...record,
      ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, isOutermost(value) ? null : value])),
    },
  })),
});

describe('aggregates give the same groups and figures', () => {
  for (const engine of engines) {
    describe(`in memory and on ${engine.name}`, { skip: engine.skip }, () => {
      let database: Database;
      before(async () => (database = await engine.open()));
      after(() => database?.close());

      for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
        it(`in the world of seed ${seed}`, async () => {
          const random = seededRandom(seed);
          const world = within(randomWorld(random, { name: `a${seed}`, hostile: ['Città', 'città ', '%', '"'] }));
          await makeTables(database, world.registry);
          await fillTables(database, world, tenant);
          for (let index = 0; index < questions; index++) {
            const module = random.pick(world.registry.all);
            const aggregate = randomAggregate(random, module);
            const records = world.records.filter((one) => one.module === module.key).map(({ record }) => record);
            const { timeZone } = world.context;
            const grouping = groupingOf(
              module,
              { filter: everything, aggregate },
              { tenant, registry: world.registry, timeZone },
            );
            const { rows } = await database.run(tenant, grouping.statement);
            const expected = groupRecords(module, records, aggregate, timeZone);
            assert.deepEqual(
              rows.map((row) => grouping.toGroup(row)),
              expected,
              `seed ${seed}, question ${index}: ${JSON.stringify(aggregate)}`,
            );
          }
        });
      }
    });
  }
});
