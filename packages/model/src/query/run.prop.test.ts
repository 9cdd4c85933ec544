import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import { seededRandom } from '../random.ts';
import { randomQuery } from '../testing/random-query.ts';
import { randomWorld } from '../testing/random-world.ts';
import { writeCursor } from './cursor.ts';
import { matches } from './matches.ts';
import { comparePositions, positionOf } from './order.ts';
import { planQuery, type Plan } from './plan.ts';
import { runPlan } from './run.ts';
import { Smallest } from './smallest.ts';

/** Everything that matches, sorted as a whole and then cut. */
const sortedWhole = (plan: Plan, memory: RecordMap) => {
  const { module, sort, after, limit } = plan;
  const compare = comparePositions(module, sort);
  const position = (record: AnyRecord) => positionOf(module, sort, record);
  const found = [...memory.all(module.key)].filter((record) => matches(module, record, plan.filter, memory));
  const rest = found.filter((record) => !after || compare(position(record), after) > 0);
  const page = rest.toSorted((a, b) => compare(position(a), position(b))).slice(0, limit);
  const next = rest.length > limit ? writeCursor(position(page.at(-1)!), sort) : null;
  return { ids: page.map(({ id }) => id), next, count: plan.count ? found.length : undefined };
};

describe('a page of many records', () => {
  it('is the first of them sorted as a whole, to the last tie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const random = seededRandom(seed);
        const world = randomWorld(random, { name: 'w', hostile: ['ß İ ς', '%', '😀'] });
        const memory = new RecordMap(world.registry);
        for (const { module, record } of world.records) memory.put(module, record);
        for (let index = 0; index < 20; index++) {
          const module = random.pick(world.registry.all);
          const query = { ...randomQuery(random, module, world), limit: random.pick([1, 2, 5, 20, 50]) };
          let plan = planQuery(module, query, world.context);
          for (let pages = 0; pages < 3; pages++) {
            const { records, next, count } = runPlan(plan, memory.all(module.key), memory);
            const wanted = sortedWhole(plan, memory);
            assert.deepEqual({ ids: records.map(({ id }) => id), next, count }, wanted);
            if (next === null) break;
            plan = planQuery(module, { ...query, after: next }, world.context);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('holds no more than twice as many as are wanted', () => {
    const compared = { times: 0 };
    const first = new Smallest<number>(50, (a, b) => (compared.times++, a - b));
    const random = seededRandom(1);
    const given = Array.from({ length: 20_000 }, () => random.integer(0, 5_000));
    for (const one of given) first.add(one);
    assert.deepEqual(first.inOrder(), given.toSorted((a, b) => a - b).slice(0, 50));
    assert.equal(first.size, 20_000);
    assert.ok(compared.times < 2 * given.length, `${compared.times} comparisons`);
  });
});
