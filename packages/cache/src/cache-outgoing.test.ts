import { create, remove, update, type Change } from '@tessera-crm/model/change.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added, id } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profile as openProfile } from './testing/profile.ts';

type AccountId = IdOf<'accounts'>;

const profile = () => openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });

const revenue = (amount: number) => ({ amount: `${amount}.00`, currency: 'EUR' });

/** An account that two people gave another revenue: 2 here, 3 there. */
const conflicting = async () => {
  const { server, remote, open } = profile();
  const made = await added(server, 'accounts', { name: 'Neri', annualRevenue: revenue(1), industry: null });
  const key = made.id as AccountId;
  const cache = await open();
  await cache.get('accounts', key);
  remote.isOnline = false;
  await cache.apply([update('accounts', key, { name: 'Neri Spa', annualRevenue: revenue(2) }, 1)]);
  await server.apply([update('accounts', key, { annualRevenue: revenue(3) })]);
  remote.isOnline = true;
  await cache.flush();
  const [refused] = cache.outgoing.refused();
  const { version } = refused!.error.facts as { readonly version: number };
  const choose = (values: object): Change => update('accounts', key, values, version);
  return { server, remote, cache, key, refused: refused!, choose };
};

describe('what a cache has not got to its server', () => {
  it('says what waits, since when and where it lies, and tells of every change of that', async () => {
    const { server, remote, open } = profile();
    const { id: key } = await added(server, 'accounts', { name: 'Neri' });
    const cache = await open();
    await cache.get('accounts', key as AccountId);
    assert.deepEqual(cache.outgoing.waiting(), []);
    assert.deepEqual(cache.outgoing.state, { online: true, storage: 'indexeddb', trouble: null });
    const told: unknown[] = [];
    const stop = cache.outgoing.subscribe(() =>
      told.push(cache.outgoing.state.online, cache.outgoing.waiting().length),
    );
    remote.isOnline = false;
    const change = update('accounts', key as AccountId, { name: 'Bruni' }, 1);
    await cache.apply([change]);
    assert.equal(await cache.outgoing.retry(), false);
    const [waiting] = cache.outgoing.waiting();
    assert.deepEqual(waiting!.changes, [change]);
    assert.ok(Date.parse(waiting!.at) > 0);
    assert.equal(cache.outgoing.state.online, false);
    assert.deepEqual(told.slice(-2), [false, 1]);
    remote.isOnline = true;
    assert.equal(await cache.outgoing.retry(), true);
    assert.deepEqual(told.slice(-2), [true, 0]);
    stop();
    await cache.close();
  });

  it('gives all of it as one plain thing, with what the records are called', async () => {
    const { cache, remote, key, refused } = await conflicting();
    remote.isOnline = false;
    const other = create('accounts', id('accounts') as AccountId, { name: 'New' });
    await cache.apply([other]);
    await cache.apply([remove('accounts', key)]);
    const file = await cache.outgoing.export();
    assert.deepEqual([file.format, file.version], ['tessera-unsent', 1]);
    assert.deepEqual(
      file.waiting.map(({ changes }) => changes),
      [[{ record: 'New', ...other }], [{ record: 'Neri', op: 'delete', module: 'accounts', id: key }]],
    );
    assert.deepEqual(file.refused[0]!.changes, [{ record: 'Neri Spa', ...refused.changes[0]! }]);
    assert.deepEqual(file.refused[0]!.error, { ...refused.error });
    assert.deepEqual(JSON.parse(JSON.stringify(file)), file);
    await cache.close();
  });

  it('makes what a person chose in the place of what was refused', async () => {
    const { cache, server, key, refused, choose } = await conflicting();
    await cache.outgoing.again(refused, [choose({ name: 'Neri Spa' })]);
    assert.equal(await cache.flush(), true);
    const { name, annualRevenue } = await server.get('accounts', key);
    assert.deepEqual([name, annualRevenue?.amount], ['Neri Spa', '3.00']);
    assert.deepEqual(cache.outgoing.refused(), []);
    await cache.close();
  });

  it('never writes a choice over what came after it was shown', async () => {
    const { cache, server, key, refused, choose } = await conflicting();
    await server.apply([update('accounts', key, { annualRevenue: revenue(4) })]);
    const failure = await cache.outgoing.again(refused, [choose({ annualRevenue: revenue(2) })]).then(
      () => cache.flush(),
      (error: unknown) => error,
    );
    assert.equal((await server.get('accounts', key)).annualRevenue?.amount, '4.00');
    const [left] = cache.outgoing.refused();
    const { facts } = isCrmError(failure) ? failure : left!.error;
    const [conflict] = facts['conflicts'] as readonly { readonly mine: unknown; readonly theirs: unknown }[];
    assert.deepEqual([conflict!.mine, conflict!.theirs], [revenue(2), revenue(4)]);
    assert.equal(cache.outgoing.refused().length, 1);
    await cache.close();
  });

  it('brings a deleted record back with what was changed of it', async () => {
    const { server, remote, open } = profile();
    const { id: key } = await added(server, 'accounts', { name: 'Neri' });
    const cache = await open();
    await cache.get('accounts', key as AccountId);
    remote.isOnline = false;
    await cache.apply([update('accounts', key as AccountId, { name: 'Bruni' }, 1)]);
    await server.apply([remove('accounts', key as AccountId)]);
    remote.isOnline = true;
    await cache.flush();
    const [refused] = cache.outgoing.refused();
    assert.deepEqual([refused!.error.code, refused!.error.facts['reason']], ['not-found', 'deleted']);
    const restore: Change = { op: 'restore', module: 'accounts', id: key };
    await cache.outgoing.again(refused!, [restore, ...refused!.changes]);
    assert.equal((await server.get('accounts', key as AccountId)).name, 'Bruni');
    assert.deepEqual(cache.outgoing.refused(), []);
    await cache.close();
  });
});
