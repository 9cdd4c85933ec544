import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { deleteManyChildren } from '@tessera-crm/model/testing/many-children.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import type { Database } from '../database/database.ts';
import { engines } from '../testing/test-database.ts';
import { ChangeFeed } from './feed.ts';
import { sqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

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
      return { store: sqlStore({ database, registry: builtInRegistry(), tenant, identity, feed }) };
    };

    describeStore({ describe, it }, { name: 'SQL', open });

    it('reaches all children when it deletes their parent, however many', async () =>
      deleteManyChildren((await open()).store));
  });
}
