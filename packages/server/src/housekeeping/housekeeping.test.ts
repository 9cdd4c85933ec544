import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Database } from '../database/database.ts';
import { ChangeFeed } from '../store/feed.ts';
import { SqlStore } from '../store/sql-store.ts';
import { addTenant } from '../store/tenants.ts';
import { engines } from '../testing/test-database.ts';
import { choresOf, type Chore } from './chores.ts';
import { Housekeeper } from './housekeeper.ts';

const day = 24 * 3_600_000;

for (const engine of engines)
  describe(`the house, on ${engine.name}`, { skip: engine.skip }, () => {
    const clock = { now: Date.parse('2026-01-01T00:00:00.000Z') };
    let database: Database;
    let tenant: string;
    let store: SqlStore;
    let feed: ChangeFeed;

    before(async () => {
      database = await engine.open();
      feed = new ChangeFeed(database);
    });
    after(async () => {
      feed.close();
      await database.close();
    });
    beforeEach(async () => {
      tenant = crypto.randomUUID();
      const now = (): string => new Date(clock.now).toISOString();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, now());
      store = new SqlStore({ database, registry: builtInRegistry(), tenant, identity: { type: 'system' }, feed, now });
    });

    const housekeeper = (chores: readonly Chore[] = choresOf()): Housekeeper =>
      new Housekeeper({
        database,
        chores,
        now: () => clock.now,
        failed: (_name, error) => assert.fail(error as Error),
      });
    const made = async (): Promise<string> => {
      const id = crypto.randomUUID();
      await store.apply([{ op: 'create', module: 'accounts', id, values: { name: 'Acme', employees: 1 } }]);
      return id;
    };
    const remove = async (id: string): Promise<unknown> => store.apply([{ op: 'delete', module: 'accounts', id }]);
    const restore = async (id: string): Promise<unknown> => store.apply([{ op: 'restore', module: 'accounts', id }]);
    const rename = async (id: string, base?: number): Promise<unknown> =>
      store.apply([
        {
          op: 'update',
          module: 'accounts',
          id,
          values: { name: `At ${clock.now}` },
          ...(base !== undefined && { base }),
        },
      ]);
    /** How many of the tenant's changes are remembered, record by record. */
    const remembered = async (id: string): Promise<number | null> =>
      (
        await database.run(tenant, {
          sql: 'select 1 from v_changes where tenant_id = $1 and record_id = $2',
          parameters: [tenant, id],
        })
      ).rowCount;

    test('forgets what was deleted long ago, keeps the past of what is there, and sends old readers back to the start', async () => {
      const [living, deleted, restored, young] = [await made(), await made(), await made(), await made()];
      await rename(living);
      for (const id of [deleted, restored]) await remove(id);
      await restore(restored);
      const edge = await feed.head(tenant);
      clock.now += 80 * day;
      await remove(young);
      clock.now += 11 * day;
      await housekeeper().work();
      assert.deepEqual(
        await Promise.all([living, deleted, restored, young].map(remembered)),
        [2, 0, 3, 2],
        'living, deleted, restored, deleted of late',
      );
      assert.equal((await store.history('accounts', living)).length, 2);
      assert.equal(await feed.since(tenant, edge - 1, 100), null);
      assert.deepEqual(
        (await feed.since(tenant, edge, 100))?.flatMap(({ changes }) => changes.map(({ id, op }) => [op, id])),
        [['delete', young]],
      );
      clock.now += 80 * day;
      await housekeeper().work();
      assert.deepEqual([await remembered(young), await remembered(living)], [0, 2]);
    });

    test('goes over many changes in pieces', async () => {
      const gone: string[] = [];
      for (let index = 0; index < 12; index++) gone.push(await made());
      for (const id of gone.slice(0, 10)) await remove(id);
      await database.maintain((connection) =>
        connection.script(
          `insert into tessera.changes select tenant_id, seq + 100 + n, ordinal, at, actor, module, record_id, 0, 'update', '{}', source, request_id
           from tessera.changes, generate_series(1, 2500) as n where tenant_id = '${tenant}' and seq = 12`,
        ),
      );
      clock.now += 91 * day;
      await housekeeper().work();
      assert.deepEqual(await Promise.all(gone.map(remembered)), [...Array<number>(10).fill(0), 1, 2501]);
    });

    test('asks to read again where it is too long ago to merge', async () => {
      const id = await made();
      await rename(id);
      await remove(id);
      clock.now += 91 * day;
      await housekeeper().work();
      await restore(id);
      await assert.rejects(rename(id, 1), (error) => isCrmError(error, 'version-conflict'));
      await rename(id, 4);
    });

    test('forgets devices that are gone, and answers that nobody asks for again', async () => {
      const client = crypto.randomUUID();
      const push = async (mid: number) => store.push({ client, heard: 0, mid, changes: [] });
      await push(1);
      await store.apply([{ op: 'create', module: 'accounts', id: crypto.randomUUID(), values: { name: 'A' } }], {
        idempotencyKey: 'key',
      });
      const counts = async () =>
        Promise.all(
          ['clients', 'outcomes', 'idempotency'].map(
            async (table) =>
              (
                await database.run(tenant, {
                  sql: `select 1 from v_${table} where tenant_id = $1`,
                  parameters: [tenant],
                })
              ).rowCount,
          ),
        );
      clock.now += 6 * day;
      await housekeeper().work();
      assert.deepEqual(await counts(), [1, 1, 1]);
      clock.now += 100 * day;
      await push(2);
      await housekeeper().work();
      assert.deepEqual(await counts(), [1, 2, 0]);
      clock.now += 181 * day;
      await housekeeper().work();
      assert.deepEqual(await counts(), [0, 0, 0]);
      assert.deepEqual(await push(3), { gap: true });
    });

    test('forgets nothing that is kept for ever', async () => {
      const id = await made();
      await remove(id);
      clock.now += 4000 * day;
      await housekeeper(choresOf({ deleted: null, clients: null, replies: null })).work();
      assert.equal(await remembered(id), 2);
    });

    test('is done by one of several, as often as it is due', async () => {
      const done: string[] = [];
      const chore: Chore = {
        name: 'test',
        every: 60_000,
        run: async (_database, of) => void (of === tenant && done.push(of)),
      };
      const several = Array.from({ length: 4 }, () => housekeeper([chore]));
      const all = async (): Promise<number> => {
        await Promise.all(several.map((one) => one.work()));
        return done.length;
      };
      assert.equal(await all(), 1);
      assert.equal(await all(), 1);
      clock.now += 60_000;
      assert.equal(await all(), 2);
    });

    test('goes on with the rest when something fails, and ends when it is told to', async () => {
      const failed: string[] = [];
      const done: string[] = [];
      const chore = (name: string, work: () => void): Chore => ({ name, every: day, run: async () => work() });
      const one = new Housekeeper({
        database,
        chores: [chore('broken', () => assert.fail('no')), chore('whole', () => void done.push('whole'))],
        now: () => clock.now,
        failed: (name) => void failed.push(name),
      });
      await one.work();
      assert.deepEqual([failed, done.includes('whole')], [['broken'], true]);
      await one.stop();
      clock.now += day;
      await one.work();
      assert.deepEqual(failed, ['broken']);
    });
  });
