import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Database } from '../database/database.ts';
import { ImportBench, realFile, skipRealFiles, type Imported } from '../testing/import-kit.ts';
import { engines } from '../testing/test-database.ts';

/** How many records of each module are there. */
const census = async (bench: ImportBench, modules: readonly string[]): Promise<Readonly<Record<string, number>>> => {
  const counts = modules.map(async (module) => [module, (await bench.all(module, { fields: [] })).length] as const);
  return Object.fromEntries(await Promise.all(counts));
};

const failures = ({ outcomes }: Imported): unknown => outcomes.filter(({ outcome }) => outcome === 'failed');

const values = (list: unknown): readonly unknown[] =>
  (list as readonly { readonly value: unknown }[] | null)?.map(({ value }) => value) ?? [];

const address = (record: AnyRecord): Readonly<Record<string, unknown>> =>
  record['billingAddress'] as Readonly<Record<string, unknown>>;

for (const engine of engines) {
  describe(`real files on ${engine.name}`, { skip: engine.skip || skipRealFiles }, () => {
    let database: Database;
    let bench: ImportBench;
    before(async () => {
      database = await engine.open();
    });
    after(() => database.close());

    /** Every file once more: nothing may come twice. */
    const again = async (...paths: readonly string[]): Promise<void> => {
      const { counts } = await bench.import(paths);
      assert.deepEqual(
        { imported: counts.imported, updated: counts.updated, failed: counts.failed },
        { imported: 0, updated: 0, failed: 0 },
      );
    };

    describe('of EspoCRM', () => {
      const folder = realFile('exports/espocrm');
      before(async () => {
        bench = await ImportBench.open(database);
        const imported = await bench.import(folder);
        assert.deepEqual(failures(imported), []);
      });
      after(() => bench.close());

      it('become records of the same number, and stages of the default pipeline', async () => {
        assert.deepEqual(await census(bench, ['accounts', 'contacts', 'deals', 'tickets', 'leads', 'stages']), {
          accounts: 4,
          contacts: 2,
          deals: 2,
          tickets: 1,
          leads: 0,
          stages: 7,
        });
      });

      it('keep apart two accounts that have the same name and address but ids of their own', async () => {
        assert.equal((await bench.all('accounts', { where: { name: 'Officine Rossi S.r.l.' } })).length, 2);
      });

      it('keep accents, emoji and apostrophes, and link by the ids of the other system', async () => {
        const contact = await bench.one('contacts', { emails: { is: 'maria@rossi.example' } });
        const account = await bench.one('accounts', { name: 'Officine Verdi 1795299683' });
        assert.deepEqual(
          [contact['name'], contact['description'], contact['primaryAccount'], values(contact['phones'])],
          [
            { salutation: null, first: 'Maria', middle: null, last: "D'Angelo & Figli", suffix: null },
            'à è € 😀',
            account.id,
            ['+393331234567'],
          ],
        );
        assert.deepEqual(
          [account['types'], address(account)['city'], address(account)['country']],
          [['customer'], 'Milano', 'IT'],
        );
        assert.deepEqual((account['externalIds'] as readonly object[])[0], {
          system: 'espocrm',
          type: 'Account',
          id: '6b021963e2acd0d59',
          url: null,
        });
      });

      it('put deals in the stages that mean the same', async () => {
        const [won, open] = [
          await bench.one('deals', { name: 'Bianchi opp' }),
          await bench.one('deals', { name: 'Fornitura 2026' }),
        ];
        assert.deepEqual([won['outcome'], won['amount']], ['won', { amount: '1000.00', currency: 'EUR' }]);
        assert.deepEqual(
          [open['outcome'], open['probability'], open['expectedCloseDate']],
          ['open', '10.00', '2026-12-31'],
        );
      });

      it('leave a converted lead out, and say why', async () => {
        const { outcomes } = await bench.import(join(folder, 'Lead.csv'), { isDry: true });
        assert.deepEqual(
          outcomes.map(({ outcome, messages }) => [outcome, messages[0]?.code]),
          [['skipped', 'left-out']],
        );
      });

      it('are imported once, however often', () => again(folder));
    });

    describe('of Vtiger', () => {
      const folder = realFile('exports/vtiger');
      let imported: Imported;
      before(async () => {
        bench = await ImportBench.open(database);
        imported = await bench.import(folder);
        assert.deepEqual(failures(imported), []);
      });
      after(() => bench.close());

      it('become records, with a word about every file that is left out', async () => {
        assert.deepEqual(await census(bench, ['accounts', 'contacts', 'deals', 'products', 'tickets', 'salesOrders']), {
          accounts: 2,
          contacts: 2,
          deals: 2,
          products: 1,
          tickets: 1,
          salesOrders: 0,
        });
        for (const name of ['Invoice.csv', 'Quotes.csv', 'Calendar.csv', 'Vendors.csv'])
          assert.ok(
            imported.notices.some((text) => text.startsWith(`${name} is left out`)),
            name,
          );
      });

      it('find by name what references name, lose the apostrophe before phones, and show markup as text', async () => {
        const contact = await bench.one('contacts', { emails: { is: 'maria@rossi.example' } });
        const account = await bench.one('accounts', { name: 'Officine Rossi S.r.l.' });
        const ticket = await bench.one('tickets');
        assert.deepEqual((contact['name'] as { last: string }).last, "D'Angelo & <b>Figli</b>");
        assert.deepEqual(
          [contact['primaryAccount'], ticket['account'], ticket['contact']],
          [account.id, account.id, contact.id],
        );
        assert.deepEqual([values(account['phones']), values(contact['phones'])], [['+39021234567'], ['+393331234567']]);
        assert.deepEqual([ticket['priority'], ticket['status']], ['high', 'open']);
      });

      it('keep what has no field beside the record', async () => {
        const account = await bench.one('accounts', { name: 'Officine Rossi S.r.l.' });
        const kept = (account['custom'] as { readonly import: Readonly<Record<string, string>> }).import;
        assert.deepEqual(
          [kept['SIC Code'], kept['Assigned To'], kept['Created Time']],
          ['IT01234567890', 'admin', '2026-11-21 23:09:49'],
        );
        assert.ok(imported.notices.some((text) => text.includes('called "admin"')));
      });

      it('are imported once, however often', () => again(folder));
    });

    for (const shape of [
      { name: 'labels', ending: '.csv' },
      { name: 'technical names', ending: '-import-compat.csv' },
    ]) {
      describe(`of Odoo, headed by ${shape.name}`, () => {
        const paths = ['crm.lead', 'product.template', 'res.partner', 'sale.order'].map((name) =>
          realFile(`exports/odoo/${name}${shape.ending}`),
        );
        before(async () => {
          bench = await ImportBench.open(database);
          const imported = await bench.import(paths);
          assert.deepEqual(failures(imported), []);
          assert.deepEqual([imported.counts.imported, imported.counts.skipped], [490, 0]);
        });
        after(() => bench.close());

        it('become companies, people, products, leads, deals and orders', async () => {
          assert.deepEqual(await census(bench, ['contacts', 'products', 'leads', 'deals', 'salesOrders']), {
            contacts: 399,
            products: 29,
            leads: 22,
            deals: 18,
            salesOrders: 20,
          });
        });

        it('tell companies from people, and whose people they are', async () => {
          const account = await bench.one('accounts', { name: 'Azure Interior' });
          const brandon = await bench.one('contacts', { emails: { is: 'brandon.freeman55@example.com' } });
          assert.deepEqual(
            [brandon['primaryAccount'], brandon['jobTitle'], values(brandon['phones'])],
            [account.id, 'Creative Director', ['3556873262']],
          );
          assert.deepEqual(
            [
              account['vatNumber'],
              account['vatCountry'],
              account['tags'],
              address(account)['province'],
              values(account['phones']),
            ],
            ['12345677', 'US', ['Services'], 'California', ['+582126810538']],
          );
        });

        it('collect the tags of a lead, whether they stand in one row or in several', async () => {
          const deal = await bench.one('deals', { name: 'Distributor Contract' });
          assert.deepEqual(
            [deal['tags'], deal['outcome'], deal['amount']],
            [['Information', 'Other'], 'won', { amount: '19800.00', currency: 'EUR' }],
          );
        });

        it('make lines of the rows of an order, and reckon what it is worth', async () => {
          const order = await bench.one('salesOrders', { subject: 'S00007' });
          const lines = order['lines'] as readonly Readonly<Record<string, unknown>>[];
          assert.deepEqual(
            lines.map(({ description, quantity }) => [description, quantity]),
            [
              ['Acoustic Bloc Screens', '5.0000'],
              ['Three-Seat Sofa', '1.0000'],
              ['Office Lamp', '1.0000'],
              ['Office Chair', '1.0000'],
            ],
          );
          assert.deepEqual([order['taxable'], order['status']], [{ amount: '1706.00', currency: 'EUR' }, 'confirmed']);
        });

        it('find the company and the person in one name', async () => {
          const joel = await bench.one('contacts', { name: { is: 'Willis Joel' } });
          const company = await bench.one('accounts', { name: 'YourCompany' });
          const orders = await bench.all('salesOrders', { where: { account: company.id } });
          assert.deepEqual(
            orders.map(({ contact }) => contact),
            [joel.id, joel.id],
          );
        });

        it('are imported once, however often', () => again(...paths));
      });
    }

    describe('of the S&P 500', () => {
      const path = realFile('crm/s-and-p-500-constituents.csv');
      before(async () => {
        bench = await ImportBench.open(database);
        const imported = await bench.import(path);
        assert.deepEqual(failures(imported), []);
      });
      after(() => bench.close());

      it('become accounts, one for each symbol', async () => {
        assert.deepEqual(await census(bench, ['accounts']), { accounts: 503 });
        const account = await bench.one('accounts', { tickerSymbol: 'MMM' });
        assert.deepEqual(
          [account['name'], account['industry'], address(account)['city'], address(account)['region']],
          ['3M', 'manufacturing', 'Saint Paul', 'Minnesota'],
        );
        const founded = (
          account['characteristics'] as readonly { readonly characteristic: string; readonly value: string }[]
        ).find(({ characteristic }) => characteristic === 'Founded');
        assert.equal(founded?.value, '1902');
      });

      it('are imported once, however often', () => again(path));
    });

    describe('of Northwind', () => {
      const path = realFile('erp/northwind/northwind.sql');
      before(async () => {
        bench = await ImportBench.open(database);
        const imported = await bench.import(path);
        assert.deepEqual(failures(imported), []);
        assert.ok(imported.notices.some((text) => text.includes('"suppliers" is left out')));
      });
      after(() => bench.close());

      it('become customers with their people, employees, products and orders', async () => {
        assert.deepEqual(
          await census(bench, ['accounts', 'contacts', 'accountContacts', 'users', 'products', 'salesOrders']),
          { accounts: 91, contacts: 91, accountContacts: 91, users: 9, products: 77, salesOrders: 830 },
        );
      });

      it('keep accents and give countries their codes', async () => {
        const account = await bench.one('accounts', { name: 'Ana Trujillo Emparedados y helados' });
        assert.deepEqual(
          [address(account)['line1'], address(account)['city'], address(account)['country'], account['lifecycle']],
          ['Avda. de la Constitución 2222', 'México D.F.', 'MX', 'customer'],
        );
      });

      it('reckon what orders are worth: lines, discounts and freight', async () => {
        const [first, discounted] = await Promise.all([
          bench.one('salesOrders', { sourceRef: 'northwind:orders:10248' }),
          bench.one('salesOrders', { sourceRef: 'northwind:orders:10250' }),
        ]);
        assert.deepEqual(
          [first['subtotal'], first['total'], first['orderDate'], first['status']],
          [{ amount: '440.00', currency: 'USD' }, { amount: '472.38', currency: 'USD' }, '1996-07-04', 'closed'],
        );
        // 7.7 × 10 + 42.4 × 35 − 15 % + 16.8 × 15 − 15 %, and 65.83 of freight
        assert.deepEqual(
          [discounted['subtotal'], discounted['total']],
          [
            { amount: '1552.60', currency: 'USD' },
            { amount: '1618.43', currency: 'USD' },
          ],
        );
        const { lines, products } = first as unknown as {
          readonly lines: readonly { readonly item: string; readonly unitPrice: string }[];
          readonly products: readonly string[];
        };
        assert.deepEqual([lines.length, products.length, lines[1]?.unitPrice], [3, 3, '9.8000']);
      });

      it('know who reports to whom, and who sold what', async () => {
        const [nancy, andrew] = [
          await bench.one('users', { login: 'nancy.davolio' }),
          await bench.one('users', { login: 'andrew.fuller' }),
        ];
        assert.equal(nancy['reportsTo'], andrew.id);
        const { owner } = await bench.one('salesOrders', { sourceRef: 'northwind:orders:10258' });
        assert.deepEqual(owner, { type: 'user', id: nancy.id });
      });

      it('are imported once, however often', () => again(path));
    });

    it('can be imported file by file, in the wrong order, and meet all the same', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tessera-order-'));
      const path = (name: string): string => {
        copyFileSync(realFile(`exports/espocrm/${name}.csv`), join(folder, `${name}.csv`));
        return join(folder, `${name}.csv`);
      };
      bench = await ImportBench.open(database);
      await bench.import(path('Opportunity'));
      const before = await bench.one('deals', { name: 'Bianchi opp' });
      const account = await bench.one('accounts', { name: 'Bianchi SpA' });
      assert.equal(before['account'], account.id);
      bench.close();
    });
  });
}
