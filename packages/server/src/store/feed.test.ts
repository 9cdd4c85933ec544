import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Database } from '../database/database.ts';
import { engines } from '../testing/test-database.ts';
import { ChangeFeed } from './feed.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

for (const engine of engines) {
  describe(`the feed on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let tenant: string;
    before(async () => (database = await engine.open()));
    after(() => database?.close());

    const open = async (): Promise<void> => {
      tenant = randomUUID();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
    };

    const store = (over = database, feed?: ChangeFeed): SqlStore =>
      new SqlStore({
        database: over,
        registry: builtInRegistry(),
        tenant,
        identity: { type: 'system' },
        ...(feed && { feed }),
      });

    const accounts = (count: number) =>
      Array.from({ length: count }, () => ({
        op: 'create' as const,
        module: 'accounts',
        id: randomUUID(),
        values: { name: 'Neri' },
      }));

    it('wakes those who listen to the tenant, at once, and nobody else', async () => {
      await open();
      const feed = new ChangeFeed(database);
      const heard: number[] = [];
      const others: number[] = [];
      const stop = feed.subscribe(tenant, (seq) => heard.push(seq));
      const stopOthers = feed.subscribe(randomUUID(), (seq) => others.push(seq));
      await store(database, feed).apply(accounts(1));
      assert.deepEqual(heard, [1]);
      stop();
      await store(database, feed).apply(accounts(1));
      assert.deepEqual([heard, others], [[1], []]);
      stopOthers();
      feed.close();
    });

    it('hears of what another process committed', async () => {
      await open();
      const feed = new ChangeFeed(database);
      const heard = new Promise<number>((resolve) => void feed.subscribe(tenant, (seq) => seq === 2 && resolve(seq)));
      const elsewhere = store(database, new ChangeFeed(database));
      await elsewhere.apply(accounts(1));
      await elsewhere.apply(accounts(1));
      assert.equal(await heard, 2);
      feed.close();
    });

    it('goes on when a listener fails', async () => {
      await open();
      const feed = new ChangeFeed(database);
      const heard: number[] = [];
      feed.subscribe(tenant, () => {
        throw new Error('no');
      });
      feed.subscribe(tenant, (seq) => heard.push(seq));
      const own = store(database, feed);
      await own.apply(accounts(1));
      await own.apply(accounts(1));
      assert.deepEqual(heard, [1, 2]);
      feed.close();
    });

    it('says when a cursor is too old or lies in the future', async () => {
      await open();
      const feed = new ChangeFeed(database);
      for (let index = 0; index < 3; index++) await store().apply(accounts(1));
      await database.admin({ sql: 'insert into horizons values ($1, 2)', parameters: [tenant] });
      assert.equal(await feed.since(tenant, 1, 10), null);
      assert.equal(await feed.since(tenant, 4, 10), null);
      assert.deepEqual(
        (await feed.since(tenant, 2, 10))!.map(({ seq }) => seq),
        [3],
      );
      assert.deepEqual(await feed.since(tenant, 3, 10), []);
      assert.equal(await feed.head(tenant), 3);
    });
  });
}
