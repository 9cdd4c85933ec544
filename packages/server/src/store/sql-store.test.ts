import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { create } from '@tessera-crm/model/change.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { deleteManyChildren } from '@tessera-crm/model/testing/many-children.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import type { Connection, Database } from '../database/database.ts';
import { engines, postgres } from '../testing/test-database.ts';
import { ChangeFeed } from './feed.ts';
import { sqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

/** A database in which something happens before anything is counted. */
const lateCounts = (database: Database, happen: () => Promise<unknown>): Database => {
  const late = ({ run }: Pick<Connection, 'run'>): Connection => ({
    run: async (statement) => {
      if (statement.sql.startsWith('select count(*)')) await happen();
      return run(statement);
    },
  });
  return {
    engine: database.engine,
    single: database.single,
    clock: database.clock,
    run: (tenant, statement) => late({ run: (one) => database.run(tenant, one) }).run(statement),
    transaction: (tenant, work) => database.transaction(tenant, work),
    reading: (tenant, work) => database.reading(tenant, (connection) => work(late(connection))),
    admin: (statement) => database.admin(statement),
    maintain: (work) => database.maintain(work),
    close: () => database.close(),
  };
};

const user = '00000000-0000-4000-8000-00000000000a';

for (const engine of engines) {
  describe(`on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let feed: ChangeFeed;
    before(async () => {
      database = await engine.open();
      feed = new ChangeFeed(database);
    });
    after(async () => {
      feed?.close();
      await database?.close();
    });

    const open = async () => {
      const tenant = randomUUID();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
      const identity: Identity = { type: 'user', id: user, admin: true };
      return { store: sqlStore({ database, registry: builtInRegistry(), tenant, identity, feed }), tenant, identity };
    };

    it(
      'tells of a page and its count as they were in one moment',
      { skip: engine !== postgres && 'nobody comes between on one connection' },
      async () => {
        const { store, tenant, identity } = await open();
        const add = (name: string) =>
          store.apply([create('accounts', randomUUID() as never, { name })], { atomic: true });
        await add('First');
        const late = lateCounts(database, () => add('Second'));
        const busy = sqlStore({ database: late, registry: builtInRegistry(), tenant, identity });
        const { records, count } = await busy.list('accounts', { count: 'exact' });
        assert.equal(count, records.length);
        assert.equal((await store.list('accounts', { count: 'exact' })).count, 2);
      },
    );

    describeStore({ describe, it }, { name: 'SQL', open });

    it('reaches all children when it deletes their parent, however many', async () =>
      deleteManyChildren((await open()).store));
  });
}
