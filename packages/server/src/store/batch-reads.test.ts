import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Change } from '@tessera-crm/model/change.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Database } from '../database/database.ts';
import { newId } from '../testing/import-kit.ts';
import { engines } from '../testing/test-database.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

/** A database that remembers what transactions ran. */
const listening = (database: Database, heard: string[]): Database => ({
  ...database,
  engine: database.engine,
  clock: database.clock,
  single: database.single,
  run: (tenant, statement) => database.run(tenant, statement),
  admin: (statement) => database.admin(statement),
  maintain: (work) => database.maintain(work),
  close: () => database.close(),
  reading: (tenant, work) => database.reading(tenant, work),
  transaction: (tenant, work) =>
    database.transaction(tenant, (connection) =>
      work({
        run: (statement) => {
          heard.push(statement.sql);
          return connection.run(statement);
        },
      }),
    ),
});

const create = (module: string, values: Readonly<Record<string, unknown>>): Change & { readonly op: 'create' } => ({
  op: 'create',
  module,
  id: newId(),
  values,
});

for (const engine of engines) {
  describe(`what a batch reads on ${engine.name}`, { skip: engine.skip }, () => {
    const heard: string[] = [];
    let database: Database;
    let store: SqlStore;
    before(async () => {
      database = await engine.open();
    });
    after(() => database.close());
    beforeEach(async () => {
      const tenant = newId();
      await addTenant(database, { id: tenant, slug: `t-${tenant}`, name: 'Test' }, new Date().toISOString());
      store = new SqlStore({
        database: listening(database, heard),
        registry: builtInRegistry(),
        tenant,
        identity: { type: 'system' },
      });
      heard.length = 0;
    });

    const asked = (view: string): number =>
      heard.filter((sql) => sql.startsWith('select') && sql.includes(`"v_m_${view}"`)).length;

    it('is nothing of what links to a record that the batch makes', async () => {
      const account = create('accounts', { name: 'Rossi' });
      await store.apply([account]);
      heard.length = 0;
      const people = Array.from({ length: 20 }, (_, index) =>
        create('contacts', { name: { last: `N${index}` }, primaryAccount: account.id }),
      );
      await store.apply(people);
      assert.equal(asked('account_contacts'), 0);
      const { records } = await store.list('accountContacts', { where: { account: account.id } });
      assert.deepEqual(new Set(records.map(({ contact }) => contact)), new Set(people.map(({ id }) => id)));
    });

    it('still is what links to a record that was there before', async () => {
      const [account, other] = [create('accounts', { name: 'Rossi' }), create('accounts', { name: 'Bianchi' })];
      const person = create('contacts', { name: { last: 'Neri' }, primaryAccount: account.id });
      await store.apply([account, other, person]);
      await store.apply([
        create('accountContacts', { account: other.id, contact: person.id, isPrimary: true }),
        create('tasks', { subject: 'Call', assignees: [{ module: 'users', id: newId() }] }),
      ]);
      const { records } = await store.list('accountContacts', { where: { contact: person.id } });
      const primary = new Map(records.map(({ account: of, isPrimary }) => [of, isPrimary]));
      assert.deepEqual([primary.get(account.id), primary.get(other.id)], [false, true]);
      assert.equal((await store.get('contacts', person.id))['primaryAccount'], other.id);
    });

    it('is asked once for the same question, and once for all products of all lines', async () => {
      const pipeline = create('pipelines', { name: 'Sales', default: true });
      const stage = create('stages', { pipeline: pipeline.id, name: 'New', kind: 'open' });
      const account = create('accounts', { name: 'Rossi' });
      const products = ['A', 'B', 'C'].map((name) =>
        create('products', { name, price: { amount: '1', currency: 'EUR' } }),
      );
      await store.apply([pipeline, stage, account, ...products]);
      heard.length = 0;
      const deals = Array.from({ length: 10 }, (_, index) =>
        create('deals', { name: `D${index}`, account: account.id, expectedCloseDate: '2026-12-31' }),
      );
      await store.apply(deals);
      // those of the pipeline, and the one in which all deals begin
      assert.ok(asked('stages') <= 2, `${asked('stages')} times`);
      heard.length = 0;
      const lines = products.map(({ id }) => ({
        id: newId(),
        item: id,
        description: 'x',
        quantity: '1',
        unitPrice: '1',
      }));
      await store.apply(
        [1, 2, 3].map((index) => create('salesOrders', { subject: `O${index}`, account: account.id, lines })),
      );
      assert.equal(asked('products'), 1);
    });
  });
}
