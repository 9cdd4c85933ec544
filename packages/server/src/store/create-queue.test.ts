import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule } from '@tessera-crm/model/module.js';
import { Registry } from '@tessera-crm/model/registry.js';
import { toObjects, type Database } from '../database/database.ts';
import { newsAfter } from '../sql/changes.ts';
import { makeTables } from '../testing/filled-tables.ts';
import { engines } from '../testing/test-database.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const pets = defineModule('pets', {
  area: 'quality',
  title: ['name'],
  fields: { name: text({ required: true }), chip: text({ unique: true }), note: text() },
});
const registry = new Registry([pets]);

interface ChangeOfFeed {
  readonly seq: number;
  readonly record_id: string;
}

for (const engine of engines) {
  describe(`single new records that come at once on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    const tenant = randomUUID();
    before(async () => {
      database = await engine.open();
      await makeTables(database, registry);
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
    });
    after(() => database?.close());

    const asUser = (id: string): SqlStore =>
      new SqlStore({ database, registry, tenant, identity: { type: 'user', id, admin: true } });

    const createAll = (rows: readonly Readonly<Record<string, unknown>>[], users = [randomUUID()]) =>
      Promise.allSettled(
        rows.map(async (values, index) => {
          const change = { op: 'create', module: 'pets', id: randomUUID(), values } as const;
          const [applied] = await asUser(users[index % users.length]!).apply([change]);
          assert.ok(applied?.ok);
          return applied.record!;
        }),
      );

    it('are stored exactly, whatever fields each of them fills', async () => {
      const rows = [{ name: 'Ada' }, { name: 'Bo', note: '😀 \\ "quoted"\n' }, { name: 'Cy', chip: 'c-1' }];
      for (const end of await createAll(rows)) {
        assert.ok(end.status === 'fulfilled');
        assert.deepEqual(await asUser(randomUUID()).get('pets', end.value.id), end.value);
      }
    });

    it('say each for itself who made it', async () => {
      const users = [randomUUID(), randomUUID()];
      const ends = await createAll([{ name: 'Dot' }, { name: 'Eve' }, { name: 'Flo' }, { name: 'Gil' }], users);
      for (const [index, end] of ends.entries()) {
        assert.ok(end.status === 'fulfilled');
        const [version] = await asUser(users[0]!).history('pets', end.value.id);
        assert.deepEqual(version!.by, { module: 'users', id: users[index % 2] });
        assert.equal(version!.op, 'create');
        assert.deepEqual(
          version!.changes.find(({ field }) => field === 'name'),
          { field: 'name', old: null, new: end.value['name'] },
        );
      }
    });

    it('share numbers of the tenant, and each of them is in the feed once', async () => {
      const ends = await createAll(Array.from({ length: 40 }, (_, n) => ({ name: `Pet ${n}` })));
      const made = ends.map((end) => (end.status === 'fulfilled' ? end.value.id : ''));
      const feed = toObjects<ChangeOfFeed>(
        await database.run(tenant, newsAfter(tenant, { seq: 0, numbers: 1000, clock: database.clock })),
      );
      const own = feed.filter(({ record_id }) => made.includes(record_id));
      assert.equal(own.length, 40);
      assert.equal(new Set(own.map(({ record_id }) => record_id)).size, 40);
      assert.ok(new Set(own.map(({ seq }) => seq)).size < 40);
    });

    it('do not fail with one among them that the database refuses', async () => {
      const rows = ['d-1', 'd-2', 'd-1', 'd-3'].map((chip) => ({ name: 'Hal', chip }));
      const ends = await createAll(rows);
      const refused = ends.filter((end) => end.status === 'rejected');
      assert.equal(refused.length, 1);
      assert.ok(isCrmError(refused[0]!.reason, 'validation'));
      assert.equal(refused[0]!.reason.issues[0]!.path, '/chip');
    });
  });
}
