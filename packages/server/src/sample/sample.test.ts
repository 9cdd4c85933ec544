import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { emailAddress } from '@tessera-crm/model/reading/email-address.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { createApp, type App } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import { loadSample } from '../commands/sample.ts';
import { ensureTenant } from '../commands/with-app.ts';
import type { Database } from '../database/database.ts';
import { ImportBench } from '../testing/import-kit.ts';
import { engines } from '../testing/test-database.ts';
import { planSample, sampleSize } from './plan-sample.ts';
import { shopEmails } from './shop-customers.ts';

const now = new Date('2026-06-15T10:00:00.000Z');

describe('the plan of the sample', () => {
  it('is the same for the same day and seed, and another for another seed', () => {
    assert.deepEqual(planSample(now.getTime(), 1), planSample(now.getTime(), 1));
    assert.notDeepEqual(planSample(now.getTime(), 1), planSample(now.getTime(), 2));
  });

  it('goes by time, and not beyond now', () => {
    const times = planSample(now.getTime()).map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.ok(times.at(-1)! <= now.getTime());
  });
});

for (const engine of engines) {
  describe(`the sample on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let app: App;
    let tenant: Tenant;
    let bench: ImportBench;
    before(async () => {
      database = await engine.open();
      app = createApp({ database, registry: builtInRegistry() });
      ({ tenant } = await ensureTenant(app));
      await loadSample({ app, database, tenant, now });
      bench = ImportBench.over(database, tenant.id);
    });
    after(async () => {
      bench.close();
      await app.stop();
      await database.close();
    });

    const count = async (module: string, where = {}): Promise<number> =>
      (await bench.store.list(module, { where, limit: 1, count: 'exact' })).count ?? 0;

    it('has as much of everything as it promises', async () => {
      const { orders, ...rest } = sampleSize;
      const wanted = Object.entries({
        ...rest,
        salesOrders: orders,
        users: 8,
        groups: 4,
        stages: 7,
        products: 60,
        notes: undefined,
      });
      for (const [module, size] of wanted) if (size !== undefined) assert.equal(await count(module), size, module);
      assert.ok((await count('notes')) >= sampleSize.notes);
    });

    it('has one administrator, and deals in all stages, won and lost ones included', async () => {
      assert.equal(await count('users', { isAdmin: true }), 1);
      const groups = await bench.store.aggregate('deals', { rows: ['stage'], measures: [{ fn: 'count' }] });
      assert.equal(groups.length, 7);
      assert.ok(
        groups.every(({ values: [deals] }) => Number(deals) > 3),
        JSON.stringify(groups),
      );
      assert.equal(await count('deals', { outcome: 'lost', lostReason: { is: null } }), 0);
    });

    it('happened over years: what is new, what is closed and what is due lie around today', async () => {
      const closings = await bench.all('deals', { where: { outcome: 'open' }, fields: ['expectedCloseDate'] });
      const days = closings.map(
        ({ expectedCloseDate }) => (Date.parse(String(expectedCloseDate)) - now.getTime()) / 86_400_000,
      );
      assert.ok(Math.min(...days) < 0 && Math.max(...days) > 30);
      const made = await bench.all('salesOrders', { fields: ['createdAt', 'orderDate'] });
      const months = new Set(made.map(({ orderDate }) => String(orderDate).slice(0, 7)));
      assert.ok(months.size >= 12, `${months.size} months`);
      assert.ok(made.every(({ createdAt }) => String(createdAt) <= now.toISOString()));
    });

    it('knows of most customers, people and deals when there was last something with them', async () => {
      for (const module of ['accounts', 'contacts', 'deals']) {
        const known = await count(module, { lastActivityAt: { empty: false } });
        assert.ok(known > 50, `${known} ${module}`);
        assert.equal(await count(module, { lastActivityAt: { gt: now.toISOString() } }), 0, module);
      }
    });

    it('knows of customers what is to be done next, which is nothing for those without open work', async () => {
      const open = { tasks: { notIn: ['completed', 'cancelled'] }, events: { is: 'planned' } };
      const accounts = await bench.all('accounts', { fields: ['nextActivityAt'] });
      const busy = await Promise.all(
        Object.entries(open).map(([module, status]) => bench.all(module, { where: { status }, fields: ['account'] })),
      );
      const known = accounts.filter(({ nextActivityAt }) => nextActivityAt !== null).map(({ id }) => id);
      assert.ok(known.length > 20, `${known.length} accounts`);
      assert.deepEqual(new Set(known), new Set(busy.flat().map(({ account }) => account)));
    });

    it('has mailboxes that are addresses', async () => {
      for (const { emails } of await bench.all('contacts', { fields: ['emails'] }))
        for (const { value } of emails as readonly { readonly value: string }[])
          assert.equal(emailAddress(value), value);
    });

    for (const [name, orders, tickets] of [
      ['giulia', 7, 4],
      ['marco', 3, 2],
    ] as const)
      it(`knows ${name}, a customer of the shop, with orders, tickets and access to the portal`, async () => {
        const contact = await bench.one('contacts', { emails: { is: shopEmails[name] } });
        const account = String(contact['primaryAccount']);
        assert.equal(contact['portalUser'], true);
        assert.ok((await count('salesOrders', { account })) >= orders);
        assert.ok((await count('salesOrders', { contact: contact.id })) >= orders);
        assert.ok((await count('tickets', { contact: contact.id })) >= tickets);
        const { lifecycle, revenueTotal } = await bench.store.get('accounts', account);
        assert.equal(lifecycle, 'customer');
        assert.ok(Number((revenueTotal as { readonly amount: string }).amount) > 0);
      });

    it('is loaded once', async () => {
      assert.equal(await loadSample({ app, database, tenant, now }), 0);
      assert.equal(await count('accounts'), sampleSize.accounts);
    });
  });
}
