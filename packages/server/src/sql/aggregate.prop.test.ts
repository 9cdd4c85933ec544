import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { groupRecords } from '@tessera-crm/model/memory/group.js';
import { everything } from '@tessera-crm/model/query/filter.js';
import { seededRandom } from '@tessera-crm/model/random.js';
import { randomAggregate } from '@tessera-crm/model/testing/random-aggregate.js';
import { randomWorld, type World } from '@tessera-crm/model/testing/random-world.js';
import type { Database } from '../database/database.ts';
import { fillTables, makeTables } from '../testing/filled-tables.ts';
import { engines } from '../testing/test-database.ts';
import { groupingOf } from './aggregate.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const worlds = Number(process.env['TESSERA_WORLDS'] ?? 2);
const questions = 60;
const firstSeed = 77;

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
