import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Change } from '@tessera-crm/model/change.js';
import type { FieldConflict } from '@tessera-crm/model/rules/conflicts.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { autonumber } from '@tessera-crm/model/kinds/autonumber.js';
import { choice } from '@tessera-crm/model/kinds/choice.js';
import { integer } from '@tessera-crm/model/kinds/integer.js';
import { link } from '@tessera-crm/model/kinds/link.js';
import { money } from '@tessera-crm/model/kinds/money.js';
import { rollup } from '@tessera-crm/model/kinds/rollup.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { Database } from '../database/database.ts';
import { makeTables } from '../testing/filled-tables.ts';
import { engines } from '../testing/test-database.ts';
import type { Limits } from './context.ts';
import { SqlStore, type SqlStoreOptions } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const shops = defineModule('shops', {
  area: 'quality',
  title: ['name'],
  fields: {
    name: text({ required: true }),
    sold: rollup({ of: 'sales', by: 'shop', fn: 'count', where: { state: { is: 'paid' } } }, integer()),
    earned: rollup({ of: 'sales', by: 'shop', fn: 'sum', field: 'amount', where: { state: { is: 'paid' } } }, money()),
  },
  many: { sales: { module: 'sales', by: 'shop' } },
});

const sales = defineModule('sales', {
  area: 'quality',
  title: ['number'],
  fields: {
    number: autonumber({ prefix: 'S-' }),
    code: text({ unique: true }),
    shop: link('shops'),
    state: choice(['open', 'paid'], { default: 'open' }),
    amount: money(),
    note: text(),
  },
});

const registry = new Registry([shops, sales]);
const user = '00000000-0000-4000-8000-00000000000a';

const make = (
  module: string,
  values: Readonly<Record<string, unknown>>,
  id: string = randomUUID(),
): Change & { readonly op: 'create' } => ({ op: 'create', module, id, values });
const change = (module: string, id: string, values: Readonly<Record<string, unknown>>, base?: number): Change => ({
  op: 'update',
  module,
  id,
  values,
  ...(base !== undefined && { base }),
});
const euro = (amount: string) => ({ amount, currency: 'EUR' });

for (const engine of engines) {
  describe(`batches on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let tenant: string;
    before(async () => {
      database = await engine.open();
      await makeTables(database, registry);
    });
    after(() => database?.close());
    beforeEach(async () => {
      tenant = randomUUID();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
    });

    const open = (options: Partial<SqlStoreOptions> = {}): SqlStore =>
      new SqlStore({ database, registry, tenant, identity: { type: 'user', id: user, admin: true }, ...options });

    const counted = async (module: string): Promise<number> =>
      (await open().list(module, { count: 'exact', limit: 1 })).count!;

    describe('with a key', () => {
      it('are carried out once, however many send them at the same time', async () => {
        const changes = [make('sales', { code: 'a' }), make('sales', { code: 'b' })];
        const replies = await Promise.all(
          Array.from({ length: 6 }, () => open().apply(changes, { idempotencyKey: 'k' })),
        );
        for (const reply of replies) assert.deepEqual(reply, replies[0]);
        assert.equal(await counted('sales'), 2);
        assert.equal((await open().history('sales', changes[0]!.id)).length, 1);
      });

      it('are refused when the key was used for something else', async () => {
        await open().apply([make('sales', { code: 'a' })], { idempotencyKey: 'k' });
        await assert.rejects(open().apply([make('sales', { code: 'b' })], { idempotencyKey: 'k' }), (error) =>
          isCrmError(error, 'conflict'),
        );
        await open({ principal: 'somebody else' }).apply([make('sales', { code: 'c' })], { idempotencyKey: 'k' });
      });

      it('may be sent again after they failed', async () => {
        const shop = randomUUID();
        const changes = [make('sales', { shop })];
        await assert.rejects(open().apply(changes, { idempotencyKey: 'k' }), (error) =>
          isCrmError(error, 'validation'),
        );
        await open().apply([make('shops', { name: 'Neri' }, shop)]);
        assert.equal((await open().apply(changes, { idempotencyKey: 'k' }))[0]!.ok, true);
      });

      it('repeat refusals of single changes as they were', async () => {
        const changes = [make('sales', { code: 'a' }), make('sales', { code: 'a' })];
        const first = await open().apply(changes, { idempotencyKey: 'k', atomic: false });
        const second = await open().apply(changes, { idempotencyKey: 'k', atomic: false });
        assert.deepEqual(
          first.map(({ ok }) => ok),
          [true, false],
        );
        assert.deepEqual(second, first);
        assert.ok(!second[1]!.ok && isCrmError(second[1]!.error, 'validation'));
      });
    });

    describe('and values that have to be unique', () => {
      const isTaken = (error: unknown): boolean =>
        isCrmError(error, 'validation') && error.issues[0]?.path === '/code' && error.issues[0].code === 'taken';

      it('let one of several win that come at once', async () => {
        const ends = await Promise.allSettled(
          Array.from({ length: 8 }, () => open().apply([make('sales', { code: 'Città' })])),
        );
        assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
        for (const end of ends)
          assert.ok(end.status === 'fulfilled' || isTaken(end.reason), String(end.status === 'rejected' && end.reason));
      });

      it('compare without case and accents, and not with deleted records', async () => {
        const first = make('sales', { code: 'Città' });
        await open().apply([first]);
        await assert.rejects(open().apply([make('sales', { code: 'CITTA' })]), isTaken);
        await open().apply([{ op: 'delete', module: 'sales', id: first.id }]);
        await open().apply([make('sales', { code: 'CITTA' })]);
      });

      it('may hand a value on from record to record within a batch', async () => {
        const [a, b] = [make('sales', { code: 'a' }), make('sales', { code: 'b' })];
        await open().apply([a, b]);
        await open().apply([change('sales', a.id, { code: 'c' }), change('sales', b.id, { code: 'a' })]);
        await open().apply([{ op: 'delete', module: 'sales', id: b.id }, make('sales', { code: 'a' })]);
        assert.equal(await counted('sales'), 2);
      });

      it('find a value taken earlier in the same batch', async () => {
        await assert.rejects(open().apply([make('sales', { code: 'a' }), make('sales', { code: 'A' })]), isTaken);
        const applied = await open().apply(
          [make('sales', { code: 'a' }), make('sales', { code: 'A' }), make('sales', { code: 'b' })],
          { atomic: false },
        );
        assert.deepEqual(
          applied.map(({ ok }) => ok),
          [true, false, true],
        );
      });

      it('refuse an id that is taken', async () => {
        const first = make('sales', {});
        await open().apply([first]);
        for (const batch of [[first], [make('sales', {}), first]])
          await assert.rejects(
            open().apply(batch),
            (error) => isCrmError(error, 'conflict') && error.issues[0]?.path === '/id',
          );
      });
    });

    describe('of several writers', () => {
      it('lose no update of one record, whichever way they take', async () => {
        const sale = make('sales', {});
        await open().apply([sale]);
        const fields = ['note', 'amount', 'state', 'code'] as const;
        const values = { note: 'x', amount: euro('1.00'), state: 'paid', code: 'x' };
        await Promise.all(fields.map((field) => open().apply([change('sales', sale.id, { [field]: values[field] })])));
        const record = await open().get('sales', sale.id);
        assert.deepEqual(Object.fromEntries(fields.map((field) => [field, record[field]])), values);
        assert.equal(record.version, 5);
        assert.deepEqual(
          (await open().history('sales', sale.id)).map(({ version }) => version),
          [5, 4, 3, 2, 1],
        );
      });

      it('merge on a base that is several versions old, and say what conflicts', async () => {
        const sale = make('sales', { note: 'one' });
        await open().apply([sale]);
        await open().apply([change('sales', sale.id, { note: 'two' })]);
        await open().apply([change('sales', sale.id, { code: 'x' }), change('sales', sale.id, { code: 'y' })]);
        await open().apply([change('sales', sale.id, { amount: euro('2.00') }, 1)]);
        await assert.rejects(open().apply([change('sales', sale.id, { note: 'three' }, 1)]), (error) => {
          assert.ok(isCrmError(error, 'conflict'));
          const [{ at, by, ...conflict }, ...more] = error.facts['conflicts'] as readonly [FieldConflict];
          assert.deepEqual([conflict, more], [{ field: 'note', base: 'one', mine: 'three', theirs: 'two' }, []]);
          return typeof at === 'string' && by?.startsWith('users:') === true;
        });
      });
    });

    it('give each record of a series its own number', async () => {
      const batches = await Promise.all(
        Array.from({ length: 5 }, () => open().apply([make('sales', {}), make('sales', {})])),
      );
      const singles = await Promise.all(Array.from({ length: 10 }, () => open().apply([make('sales', {})])));
      const numbers = [...batches, ...singles].flat().map((applied) => applied.ok && applied.record!['number']);
      assert.equal(new Set(numbers).size, 20);
      for (const number of numbers) assert.match(String(number), /^S-\d+$/);
    });

    it('keep sums over other records right, for both the old and the new parent', async () => {
      const [first, second] = [make('shops', { name: 'First' }), make('shops', { name: 'Second' })];
      const sale = make('sales', { shop: first.id, state: 'paid', amount: euro('10.00') });
      const sums = async (): Promise<readonly unknown[]> =>
        (await Promise.all([first, second].map(({ id }) => open().get('shops', id)))).map(({ sold, earned }) => [
          sold,
          (earned as { readonly amount: string } | null)?.amount,
        ]);
      await open().apply([
        first,
        second,
        sale,
        make('sales', { shop: first.id, state: 'open', amount: euro('99.00') }),
      ]);
      assert.deepEqual((await sums())[0], [1, '10.00']);
      await open().apply([change('sales', sale.id, { amount: euro('12.50') })]);
      assert.deepEqual((await sums())[0], [1, '12.50']);
      await open().apply([change('sales', sale.id, { shop: second.id })]);
      assert.deepEqual(await sums(), [
        [0, '0.00'],
        [1, '12.50'],
      ]);
      await open().apply([{ op: 'delete', module: 'sales', id: sale.id }]);
      assert.deepEqual((await sums())[1], [0, '0.00']);
    });

    it('keep sums right when many change them at once', async () => {
      const shop = make('shops', { name: 'First' });
      await open().apply([shop]);
      await Promise.all(
        Array.from({ length: 12 }, () =>
          open().apply([make('sales', { shop: shop.id, state: 'paid', amount: euro('1.00') })]),
        ),
      );
      assert.deepEqual((await open().get('shops', shop.id))['sold'], 12);
    });

    it('of hundreds keep their order and their records', async () => {
      const changes = Array.from({ length: 300 }, (_, index) =>
        make('sales', { code: `c${index}`, note: index % 2 === 0 ? 'even' : null }),
      );
      const applied = await open().apply(changes);
      assert.deepEqual(
        applied.map(({ id }) => id),
        changes.map(({ id }) => id),
      );
      const stored = await open().get('sales', changes[299]!.id);
      assert.deepEqual(stored, applied[299]!.ok && applied[299]!.record);
      assert.equal(await counted('sales'), 300);
    });

    describe('within limits', () => {
      const own = make('shops', { name: 'Own' });
      const foreign = make('shops', { name: 'Foreign' });
      const limits: Limits = {
        scope: ({ key }): Filter =>
          key === 'shops'
            ? { type: 'id', ids: [own.id], negate: false }
            : { type: 'test', field: 'shop', test: { op: 'eq', key: own.id }, negate: false },
      };
      const sale = make('sales', { shop: own.id, note: 'mine' });
      const other = make('sales', { shop: foreign.id, note: 'theirs' });
      const limited = (): SqlStore => open({ limits });
      beforeEach(() => open().apply([own, foreign, sale, other]));

      it('show nothing outside: in lists, counts, sums, single records, relations and what comes along', async () => {
        const store = limited();
        assert.deepEqual((await store.list('sales', { count: 'exact' })).count, 1);
        assert.deepEqual(
          (await store.aggregate('sales', { rows: ['note'], measures: [{ fn: 'count' }] })).map(({ keys }) => keys),
          [['mine']],
        );
        await assert.rejects(store.get('sales', other.id), (error) => isCrmError(error, 'not-found'));
        await assert.rejects(store.history('sales', other.id), (error) => isCrmError(error, 'not-found'));
        assert.deepEqual(
          (await store.list('sales', { where: { any: [{ shop: { has: { name: 'Foreign' } } }, { id: other.id }] } }))
            .records,
          [],
        );
        assert.deepEqual((await store.list('shops', { where: { sales: { some: { note: 'theirs' } } } })).records, []);
        assert.deepEqual(Object.keys((await store.list('sales', { include: ['shop'] })).included!['shops']!), [own.id]);
      });

      it('change nothing outside, and take nothing out or in', async () => {
        const refused = (wanted: Change, code: 'not-found' | 'forbidden' | 'validation'): Promise<void> =>
          assert.rejects(limited().apply([wanted]), (error) => isCrmError(error, code));
        await refused(change('sales', other.id, { note: 'x' }), 'not-found');
        await refused({ op: 'delete', module: 'sales', id: other.id }, 'not-found');
        await refused(make('sales', { shop: foreign.id }), 'validation');
        await refused(make('sales', {}), 'forbidden');
        await refused(change('sales', sale.id, { shop: null }), 'forbidden');
        assert.equal((await open().get('sales', sale.id)).version, 1);
        assert.equal(
          (await limited().apply([change('sales', sale.id, { note: 'x' }), make('sales', { shop: own.id })])).length,
          2,
        );
      });

      it('refuse what may not be asked for at all', async () => {
        const mayWrite: NonNullable<Limits['mayWrite']> = (wanted) => {
          if (wanted.op === 'delete') throw Object.assign(new Error('never'), {});
        };
        await assert.rejects(
          open({ limits: { ...limits, mayWrite } }).apply([{ op: 'delete', module: 'sales', id: sale.id }]),
        );
        assert.equal((await open().get('sales', sale.id)).version, 1);
      });
    });
  });
}
