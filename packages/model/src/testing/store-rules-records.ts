import { create, remove, update, type Change } from '../change.ts';
import type { IdOf } from '../records.ts';
import type { FieldConflict } from '../rules/conflicts.ts';
import { deepEqual, isTrue, sameText } from './expect.ts';
import { added, id, refusal, type StoreRule } from './store-kit.ts';

/** Reading and changing records. */
export const recordsRules: Readonly<Record<string, StoreRule>> = {
  'S1 gives a record as it was created, with version 1 and every field': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri & Figli', industry: 'it' });
    const read = await store.get('accounts', made.id as IdOf<'accounts'>);
    deepEqual(read, made);
    sameText(read.name, 'Neri & Figli');
    deepEqual(
      [read.version, read.industry, read.parent, read.lifecycle, read.deletedAt],
      [1, 'it', null, 'lead', null],
    );
    isTrue(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(read.createdAt)), 'createdAt is an instant');
  },
  'S2 says not-found for a record that is not there': async (store) => {
    await refusal(store.get('accounts', id('accounts')), 'not-found');
    await refusal(store.apply([update('accounts', id('accounts'), { name: 'x' })]), 'not-found');
  },
  'S3 changes the given fields only, and moves the version': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', industry: 'it', employees: 7 });
    await store.apply([update('accounts', made.id as IdOf<'accounts'>, { name: 'Bianchi', industry: null })]);
    const read = await store.get('accounts', made.id as IdOf<'accounts'>);
    deepEqual([read.name, read.industry, read.employees], ['Bianchi', null, 7]);
    isTrue(read.version > made.version, 'the version moves');
  },
  'S4 merges changes of different fields made on the same version': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([update('accounts', key, { employees: 2 }, 1)]);
    const { version } = await store.get('accounts', key);
    await store.apply([update('accounts', key, { name: 'Bianchi' }, 1)]);
    const read = await store.get('accounts', key);
    deepEqual([read.name, read.employees], ['Bianchi', 2]);
    isTrue(read.version > version && version > 1, 'the version moves each time');
  },
  'S5 refuses a second value for the same field, and says base, mine and theirs': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([update('accounts', key, { employees: 2 }, 1)]);
    const error = await refusal(store.apply([update('accounts', key, { employees: 3, name: 'lost?' }, 1)]), 'conflict');
    // a store that knows who was first, and when, says that as well
    const conflicts = (error.facts['conflicts'] as readonly FieldConflict[]).map(
      ({ by: _by, at: _at, ...conflict }) => conflict,
    );
    deepEqual(conflicts, [{ field: 'employees', base: 1, mine: 3, theirs: 2 }]);
    deepEqual((await store.get('accounts', key)).name, 'Neri');
  },
  'S6 names all issues of a refused record at once, by pointer': async (store) => {
    const change: Change = {
      op: 'create',
      module: 'accounts',
      id: id('accounts'),
      values: { industry: 'nonsense', hacker: 1, createdAt: 'now' },
    };
    const error = await refusal(store.apply([change]), 'validation');
    deepEqual(error.issues.map(({ path, code }) => `${path} ${code}`).toSorted(), [
      '/createdAt read-only',
      '/hacker unknown-field',
      '/industry option',
      '/name required',
    ]);
  },
  'S7 takes a deleted record out of sight and brings it back': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri' });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([remove('accounts', key)]);
    await refusal(store.get('accounts', key), 'not-found');
    deepEqual((await store.list('accounts')).records.length, 0);
    deepEqual((await store.list('accounts', { deleted: 'only' })).records.length, 1);
    await store.apply([{ op: 'restore', module: 'accounts', id: key }]);
    deepEqual((await store.get('accounts', key)).name, 'Neri');
  },
  'S17 carries out a batch as a whole or not at all': async (store) => {
    const first = create('accounts', id('accounts'), { name: 'First' });
    const bad: Change = { op: 'create', module: 'accounts', id: id('accounts'), values: {} };
    await refusal(store.apply([first, bad]), 'validation');
    deepEqual((await store.list('accounts')).records.length, 0);
  },
  'S18 lets each change stand for itself when asked to': async (store) => {
    const first = create('accounts', id('accounts'), { name: 'First' });
    const bad: Change = { op: 'create', module: 'accounts', id: id('accounts'), values: {} };
    const results = await store.apply([bad, first], { atomic: false });
    deepEqual(
      results.map(({ ok }) => ok),
      [false, true],
    );
    deepEqual((await store.list('accounts')).records.length, 1);
  },
  'S19 sees within a batch what the batch did before': async (store) => {
    const account = id('accounts');
    await store.apply([
      create('accounts', account, { name: 'Acme' }),
      { op: 'create', module: 'sites', id: id('sites'), values: { account, name: 'HQ', address: { city: 'Milano' } } },
      update('accounts', account, { employees: 3 }),
    ]);
    deepEqual((await store.get('accounts', account)).employees, 3);
    deepEqual((await store.list('sites')).records.length, 1);
  },
  'S20 carries out the same key once': async (store) => {
    const change = create('accounts', id('accounts'), { name: 'Once' });
    const options = { idempotencyKey: id('accounts') };
    const [first] = await store.apply([change], options);
    const [second] = await store.apply([change], options);
    deepEqual([first?.ok, second?.ok], [true, true]);
    deepEqual((await store.list('accounts')).records.length, 1);
  },
  'S21 refuses a link to nothing': async (store) => {
    const error = await refusal(
      store.apply([
        {
          op: 'create',
          module: 'sites',
          id: id('sites'),
          values: { account: id('accounts'), name: 'HQ', address: { city: 'Roma' } },
        },
      ]),
      'validation',
    );
    deepEqual(
      error.issues.map(({ path, code }) => `${path} ${code}`),
      ['/account missing-link'],
    );
  },
  'S22 deletes what belongs to a record along with it, and restores both': async (store) => {
    const account = await added(store, 'accounts', { name: 'Acme' });
    await added(store, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
    await store.apply([remove('accounts', account.id as IdOf<'accounts'>)]);
    deepEqual((await store.list('sites')).records.length, 0);
    await store.apply([{ op: 'restore', module: 'accounts', id: account.id }]);
    deepEqual((await store.list('sites')).records.length, 1);
  },
  'S28 refuses to bring back a record whose value another one took meanwhile': async (store) => {
    const price = { amount: '1.00', currency: 'EUR' };
    const first = await added(store, 'products', { name: 'Screw', sku: 'S1', price });
    await store.apply([remove('products', first.id as IdOf<'products'>)]);
    const second = await added(store, 'products', { name: 'Another screw', sku: 's1', price });
    const back: Change = { op: 'restore', module: 'products', id: first.id };
    const error = await refusal(store.apply([back]), 'validation');
    deepEqual(
      error.issues.map(({ path, code }) => `${path} ${code}`),
      ['/sku taken'],
    );
    deepEqual((await store.list('products')).records.length, 1);
    await store.apply([update('products', second.id as IdOf<'products'>, { sku: 'S2' }), back]);
    deepEqual((await store.list('products', { where: { sku: 'S1' } })).records.length, 1);
  },
  'S23 keeps any text exactly': async (store) => {
    for (const name of [
      '😀 <b>&amp;</b>',
      "Robert'); DROP TABLE accounts;--",
      '‮evil',
      'ﬁ ß İ ς',
      ' padded ',
      '%_\\',
      '\t',
    ]) {
      const made = await added(store, 'accounts', { name });
      sameText((await store.get('accounts', made.id as IdOf<'accounts'>)).name, name);
      deepEqual((await store.list('accounts', { where: { name: { is: name } } })).records.length, 1);
    }
    await refusal(store.apply([create('accounts', id('accounts'), { name: 'nul \u0000' })]), 'validation');
  },
};
