import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Database } from './database.ts';
import { OutboxDatabase } from './outbox-database.ts';
import { profile as openProfile, until } from './testing/profile.ts';

const profile = () => openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });

type Method = (...args: unknown[]) => Promise<unknown>;

/** Holds up the next call of a method. @returns When that is called, and how it goes on. */
const holdUp = (prototype: object, name: string) => {
  const methods = prototype as Record<string, Method>;
  const [begun, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const method = methods[name]!;
  methods[name] = async function (this: unknown, ...args) {
    methods[name] = method;
    begun.resolve();
    await open.promise;
    return method.apply(this, args);
  };
  return { begun: begun.promise, goOn: open.resolve };
};

describe('What a tab is keeping while another one wipes everything', () => {
  for (const keepUnsent of [false, true])
    it(`does not come back, with unsent work ${keepUnsent ? 'kept' : 'deleted as well'}`, async () => {
      const { server, remote, open } = profile();
      await added(server, 'accounts', { name: 'Neri' });
      const [cache, other] = [await open(), await open()];
      const keeping = holdUp(Database.prototype, 'write');
      assert.equal(names(await cache.list('accounts')), 'Neri');
      await keeping.begun;
      await other.wipe({ keepUnsent });
      keeping.goOn();
      await until(() => cache.closed.aborted);
      await cache.close();
      remote.isOnline = false;
      const later = await open();
      assert.equal(names(await later.list('accounts')), '');
      await later.close();
    });

  it('does not bring back what was unsent', async () => {
    const { remote, open } = profile();
    const [cache, other] = [await open(), await open()];
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Before' });
    const adding = holdUp(OutboxDatabase.prototype, 'enqueue');
    const late = added(cache, 'accounts', { name: 'Late' }).then(
      () => 'kept',
      (error: { code?: string }) => error.code,
    );
    await adding.begun;
    await other.wipe();
    adding.goOn();
    assert.equal(await late, 'aborted');
    await cache.close();
    const later = await open();
    assert.equal(later.status.current.pending, 0);
    await later.close();
  });
});
