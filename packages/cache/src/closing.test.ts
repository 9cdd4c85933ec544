import { create } from '@tessera-crm/model/change.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { fiveAccounts, id, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profile as openProfile } from './testing/profile.ts';

const profile = () => openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });

const account = () => [create('accounts', id('accounts'), { name: 'Acme' })];

/** Lets so many turns of the machine pass. */
const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

describe('Cache that closes', () => {
  it('takes nothing any more', async () => {
    const { open, server } = profile();
    const cache = await open();
    await cache.close();
    await refusal(cache.apply(account()), 'aborted');
    assert.deepEqual((await server.list('accounts')).records, []);
  });

  it('has what it took at the next visit, and refuses what it did not take, whenever that was', async () => {
    const ends = new Set<string>();
    for (let wait = 0; wait < 25; wait++) {
      const { open, remote } = profile();
      remote.isOnline = false;
      const first = await open();
      const end = first.apply(account()).then(
        () => 'taken',
        (error: unknown) => (isCrmError(error, 'aborted') ? 'refused' : assert.fail(String(error))),
      );
      await turns(wait);
      await first.close();
      const second = await open();
      ends.add(await end);
      assert.equal(second.outgoing.waiting().length, (await end) === 'taken' ? 1 : 0, `after ${wait} turns`);
      await second.close();
    }
    assert.deepEqual([...ends].toSorted(), ['refused', 'taken']);
  });

  it('closes although its database takes nothing more', async (context) => {
    const { open, server } = profile();
    await fiveAccounts(server);
    const cache = await open();
    await cache.list('accounts');
    context.mock.method(IDBObjectStore.prototype, 'put', () => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    void cache.list('accounts', { limit: 2 });
    await turns(3);
    await cache.close();
    assert.equal(cache.status.current.trouble, null);
  });
});
