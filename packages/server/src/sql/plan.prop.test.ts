import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isStorable } from '@tessera-crm/model/characters.js';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import { seededRandom } from '@tessera-crm/model/random.js';
import { randomQuery } from '@tessera-crm/model/testing/random-query.js';
import { randomWorld, type World } from '@tessera-crm/model/testing/random-world.js';
import type { Database } from '../database/database.ts';
import { engines } from '../testing/test-database.ts';
import { fillTables, makeTables } from '../testing/filled-tables.ts';
import { readPage, readPageText, type Run } from '../store/read-page.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';

/** Seeds that once showed a difference are tried for ever. */
const keptSeeds: readonly number[] = [];
const worlds = Number(process.env['TESSERA_WORLDS'] ?? 4);
const queriesPerWorld = Number(process.env['TESSERA_QUERIES'] ?? 120);
const firstSeed = Number(process.env['TESSERA_SEED'] ?? 20_260_615);

const hostileFile = fileURLToPath(new URL('../../../../../shared/data/hostile/blns.json', import.meta.url));
const hostile: readonly string[] = existsSync(hostileFile)
  ? (JSON.parse(readFileSync(hostileFile, 'utf8')) as string[]).filter(isStorable)
  : ["Robert'); drop table m_deals;--", '%', '_', '\\', 'ß İ ς ﷽', '"$1"'];

describe('queries give the same records in the same order', () => {
  for (const engine of engines) {
    describe(`in memory and on ${engine.name}`, { skip: engine.skip }, () => {
      let database: Database;
      before(async () => (database = await engine.open()));
      after(() => database?.close());

      const seeds = [...keptSeeds, ...Array.from({ length: worlds }, (_, index) => firstSeed + index)];
      for (const seed of seeds) {
        it(`in the world of seed ${seed}`, async () => {
          const random = seededRandom(seed);
          const world = randomWorld(random, { name: `w${seed}`, hostile });
          await makeTables(database, world.registry);
          await fillTables(database, world, tenant);
          await fillTables(database, { ...world, records: world.records.slice(0, 20) }, other);
          for (let index = 0; index < queriesPerWorld; index++) {
            const module = random.pick(world.registry.all);
            const query = randomQuery(random, module, world);
            await compare(database, world, { module, query, label: `seed ${seed}, query ${index}` });
          }
        });
      }
    });
  }
});

const compare = async (
  database: Database,
  world: World,
  { module, query, label }: { readonly module: Module; readonly query: Query; readonly label: string },
): Promise<void> => {
  const memory = mapOf(world);
  const plan = planQuery(module, query, world.context);
  const expected = runPlan(plan, memory.all(module.key), memory);
  const scene = { tenant, registry: world.registry };
  const run: Run = (statement) => database.run(tenant, statement);
  const found = await readPage(plan, scene, run);
  assert.deepEqual(summary(found), summary(expected), `${label}: ${JSON.stringify({ module: module.key, query })}`);
  assert.deepEqual(found, expected, `${label}: ${JSON.stringify({ module: module.key, query })}`);
  const whole = { ...plan, fields: null, include: {}, count: false };
  assert.deepEqual(
    JSON.parse(await readPageText(whole, scene, run)),
    throughJson(runPlan(whole, memory.all(module.key), memory)),
    `${label}, as text: ${JSON.stringify({ module: module.key, query })}`,
  );
  await walk(database, world, { plan, query, label, memory });
};

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const summary = (page: Page<AnyRecord>) => ({
  ids: page.records.map(({ id }) => id),
  count: page.count,
  next: page.next,
});

/** Follows the cursors to the end, and finds every record once. */
const walk = async (
  database: Database,
  world: World,
  {
    plan,
    query,
    label,
    memory,
  }: { readonly plan: Plan; readonly query: Query; readonly label: string; readonly memory: RecordMap },
): Promise<void> => {
  const { after: _after, count: _count, include: _include, ...rest } = query;
  const whole = runPlan({ ...plan, after: null, limit: 10_000 }, memory.all(plan.module.key), memory);
  const ids: string[] = [];
  let next: string | null = null;
  const limit = Math.max(7, Math.ceil(whole.records.length / 4));
  do {
    const paged = planQuery(plan.module, { ...rest, limit, ...(next !== null && { after: next }) }, world.context);
    const page: Page<AnyRecord> = await readPage(paged, { tenant, registry: world.registry }, (statement) =>
      database.run(tenant, statement),
    );
    ids.push(...page.records.map(({ id }) => id));
    next = page.next;
  } while (next !== null && ids.length <= whole.records.length);
  assert.deepEqual(
    ids,
    whole.records.map(({ id }) => id),
    `${label}, page by page: ${JSON.stringify(query)}`,
  );
};

const maps = new WeakMap<World, RecordMap>();

const mapOf = (world: World): RecordMap => {
  let map = maps.get(world);
  if (!map) {
    maps.set(world, (map = new RecordMap(world.registry)));
    for (const { module, record } of world.records) map.put(module, record);
  }
  return map;
};
