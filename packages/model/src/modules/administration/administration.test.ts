import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { availabilityOf, availableOf, offeredToday } from '../../rules/products.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const name = { salutation: null, first: 'Ada', middle: null, last: 'Neri', suffix: null };

describe('a user', () => {
  test('has an address of their own', async () => {
    const bench = new RuleBench();
    await bench.add('users', { name, email: 'ada@example.com' });
    const again = bench.add('users', { name, email: 'Ada@EXAMPLE.com' });
    assert.deepEqual(await issuesOf(again), ['/email taken']);
  });

  test('is deactivated, never deleted, and the last administrator stays', async () => {
    const bench = new RuleBench();
    const ada = await bench.add('users', { name, email: 'ada@example.com', isAdmin: true });
    assert.deepEqual(await issuesOf(bench.remove('users', ada)), [' deactivate-instead']);
    assert.deepEqual(await issuesOf(bench.set('users', ada, { status: 'left' })), ['/isAdmin last-admin']);
    await bench.add('users', { name, email: 'bob@example.com', isAdmin: true });
    assert.equal((await bench.set('users', ada, { status: 'left' }))['status'], 'left');
  });
});

describe('a role', () => {
  test('stands in one tree', async () => {
    const bench = new RuleBench();
    const top = await bench.add('roles', { name: 'CEO' });
    const middle = await bench.add('roles', { name: 'Manager', parent: top.id });
    const low = await bench.add('roles', { name: 'Rep', parent: middle.id });
    assert.deepEqual(await issuesOf(bench.set('roles', top, { parent: low.id })), ['/parent cycle']);
    assert.equal((await bench.set('roles', low, { parent: top.id }))['parent'], top.id);
  });
});

describe('what people may do', () => {
  const ada = { module: 'users', id: '0197a000-0000-7000-8000-000000000001' };

  test('names modules and fields that there are, and conditions that can be asked', async () => {
    const bench = new RuleBench();
    const rule = { from: ada, to: ada, access: 'read' };
    const sharing = (module: string, condition: unknown) =>
      issuesOf(bench.add('sharingRules', { module, rules: [{ ...rule, condition }] }));
    assert.deepEqual(await sharing('deels', null), ['/module unknown-module']);
    assert.deepEqual(await sharing('deals', { wings: true }), ['/rules filter']);
    assert.deepEqual(await sharing('deals', { amount: { empty: false } }), []);
    assert.deepEqual(await sharing('deals', null), ['/module taken']);
    const fields = [
      { module: 'deals', field: 'wings', access: 'hidden' },
      { module: 'deels', field: 'amount', access: 'hidden' },
    ];
    const profile = bench.add('profiles', { name: 'Rep', fields, modules: [{ module: 'deels', may: ['view'] }] });
    assert.deepEqual((await issuesOf(profile)).toSorted(), [
      '/fields unknown-field',
      '/fields unknown-module',
      '/modules unknown-module',
    ]);
  });

  test('is up to those who administer, and to nobody else', async () => {
    const bench = new RuleBench();
    const bea = await bench.add('users', { name, email: 'bea@example.com' });
    bench.identity = { type: 'user', id: bea.id, admin: false };
    const refused = [' admins-only'];
    assert.deepEqual(await issuesOf(bench.add('roles', { name: 'CEO' })), refused);
    assert.deepEqual(await issuesOf(bench.add('users', { name, email: 'new@example.com' })), refused);
    assert.deepEqual(await issuesOf(bench.set('users', bea, { isAdmin: true })), refused);
    assert.equal((await bench.set('users', bea, { title: 'Rep' }))['title'], 'Rep');
    bench.identity = { type: 'user', id: bea.id, admin: true };
    const group = await bench.add('groups', { name: 'Desk', members: [{ module: 'users', id: bea.id }] });
    bench.identity = { type: 'user', id: bea.id, admin: false };
    assert.deepEqual(await issuesOf(bench.remove('groups', group)), refused);
  });
});

describe('a group', () => {
  test('is not a member of itself, not even through others', async () => {
    const bench = new RuleBench();
    const first = await bench.add('groups', { name: 'A' });
    const second = await bench.add('groups', { name: 'B', members: [{ module: 'groups', id: first.id }] });
    const third = await bench.add('groups', { name: 'C', members: [{ module: 'groups', id: second.id }] });
    const work = bench.set('groups', first, { members: [{ module: 'groups', id: third.id }] });
    assert.deepEqual(await issuesOf(work), ['/members cycle']);
  });

  test('is known to its members, until it is no more', async () => {
    const bench = new RuleBench();
    const ada = await bench.add('users', { name, email: 'ada@example.com' });
    const group = await bench.add('groups', { name: 'Desk', members: [{ module: 'users', id: ada.id }] });
    assert.deepEqual(bench.get('users', ada.id)['groups'], [group.id]);
    await bench.set('groups', group, { members: null });
    assert.equal(bench.get('users', ada.id)['groups'], null);
    await bench.set('groups', group, { members: [{ module: 'users', id: ada.id }] });
    await bench.remove('groups', group);
    assert.equal(bench.get('users', ada.id)['groups'], null);
  });
});

describe('a tag', () => {
  test('is there once, in whatever spelling', async () => {
    const bench = new RuleBench();
    await bench.add('tags', { name: 'Città' });
    assert.deepEqual(await issuesOf(bench.add('tags', { name: 'CITTA' })), ['/name taken']);
  });
});

describe('a document', () => {
  test('is what it holds, and holds something', async () => {
    const bench = new RuleBench();
    const link = await bench.add('documents', { title: 'Site', link: 'https://example.com' });
    const page = await bench.add('documents', { title: 'Page', content: '<p>Hi</p>' });
    const file = await bench.add('documents', { title: 'File', file: bench.newId() });
    assert.deepEqual([link['type'], page['type'], file['type']], ['link', 'html', 'file']);
    assert.deepEqual(await issuesOf(bench.add('documents', { title: 'Nothing' })), ['/file required']);
  });

  test('uploaded by a customer is shared with that customer', async () => {
    const bench = new RuleBench();
    const contact = await bench.add('contacts', { name });
    bench.identity = { type: 'subject', module: 'contacts', id: contact.id };
    const made = await bench.add('documents', { title: 'Photo', file: bench.newId() });
    assert.equal(made['direction'], 'from_customer');
    assert.deepEqual(made['sharedWith'], [{ module: 'contacts', id: contact.id }]);
  });

  test('sent to a customer remembers the stage of the deal then, and loses a deleted deal only', async () => {
    const bench = new RuleBench();
    const pipeline = await bench.add('pipelines', { name: 'Sales' });
    await bench.add('stages', { pipeline: pipeline.id, name: 'Offer', kind: 'open' });
    const account = await bench.add('accounts', { name: 'Neri' });
    const deal = await bench.add('deals', { name: 'Mill', account: account.id, expectedCloseDate: '2026-09-30' });
    const related = [
      { module: 'deals', id: deal.id },
      { module: 'accounts', id: account.id },
    ];
    const document = { title: 'Offer', link: 'https://example.com', direction: 'to_customer', related };
    const made = await bench.add('documents', document);
    assert.equal(made['dealStage'], 'Offer');
    await bench.remove('deals', deal);
    assert.deepEqual(bench.get('documents', made.id)['related'], [related[1]]);
  });
});

describe('a product', () => {
  test('has a code of its own and dates in order', async () => {
    const bench = new RuleBench();
    const price = { amount: '0.0123', currency: 'EUR' };
    const made = await bench.add('products', { name: 'Screw', sku: 'S1', price });
    assert.deepEqual(made['price'], price);
    assert.deepEqual(await issuesOf(bench.add('products', { name: 'Screw', sku: 's1', price })), ['/sku taken']);
    const dates = { saleFrom: '2026-02-01', saleTo: '2026-01-01' };
    const work = bench.add('products', { name: 'Screw', price, ...dates });
    assert.deepEqual(await issuesOf(work), ['/saleTo before-start']);
  });

  test('says how much there is, in words for customers too', () => {
    assert.equal(availableOf('10.0000', '4.0000'), '6.0000');
    assert.equal(availableOf(null, '4.0000'), null);
    assert.equal(availabilityOf(true, '6', '5'), 'in_stock');
    assert.equal(availabilityOf(true, '4', '5'), 'low');
    assert.equal(availabilityOf(true, '0', '5'), 'out');
    assert.equal(availabilityOf(false, '0', '5'), null);
  });

  test('is offered while it is active and on sale', async () => {
    const bench = new RuleBench();
    const add = async (values: object) =>
      bench.add('products', { name: 'Screw', price: { amount: '1', currency: 'EUR' }, ...values });
    const offered = [await add({}), await add({ saleFrom: '2026-06-15', saleTo: '2026-06-15' })];
    for (const values of [{ active: false }, { saleFrom: '2026-06-16' }, { saleTo: '2026-06-14' }]) await add(values);
    assert.deepEqual(await bench.find('products', offeredToday), offered);
  });
});
