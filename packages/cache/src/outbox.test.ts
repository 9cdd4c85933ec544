import { create } from '@tessera-crm/model/change.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { id, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cache } from './cache.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { epoch } from './epoch.ts';
import type { Storage } from './storage.ts';
import { inUse } from './testing/in-use.ts';
import { identity, profile, registry, until } from './testing/profile.ts';

const circumstances = { registry, identity, settings: defaultSettings, now: () => '2026-06-15T10:00:00.000Z' };

/** Two tabs; one of them is held up between what it reads of the queue and what others kept. */
const tabs = async () => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const { server, remote } = profile(indexedDb);
  const name = crypto.randomUUID();
  const held = { name, gate: Promise.resolve(), entries: 0, reads: 0, read: async () => {} };
  const open = async (wrap: (storage: Storage) => Storage): Promise<Cache> => {
    const storage = wrap(await IndexedDbStorage.open(name, { indexedDb }));
    const { locks } = navigator;
    const parts = { remote, door: remote.sync, name, epoch, locks, circumstances };
    return new Cache(parts).start({ storage: inUse(storage), position: await storage.position() });
  };
  const leader = await open((storage) => storage);
  const slow = await open((storage) =>
    instead(storage, {
      outbox: async () => {
        held.reads++;
        const queue = await storage.outbox();
        held.entries = queue.entries.length;
        await held.read();
        return queue;
      },
      since: async (at) => {
        await held.gate;
        return storage.since(at);
      },
    }),
  );
  return { server, remote, leader, slow, held };
};

/** A storage of which some methods are others. */
const instead = (storage: Storage, methods: Partial<Storage>): Storage =>
  new Proxy(storage, {
    get: (_, name) => {
      const of: unknown = Reflect.get(methods, name) ?? Reflect.get(storage, name);
      return typeof of === 'function' ? (of.bind(storage) as unknown) : of;
    },
  });

const make = (cache: Cache, name: string) => cache.apply([create('accounts', id('accounts'), { name })]);

describe('The outbox of a tab', () => {
  it('knows what another tab added without reading it', async () => {
    const { remote, leader, slow, held } = await tabs();
    remote.isOnline = false;
    const before = held.reads;
    await make(leader, 'First');
    await make(leader, 'Second');
    await until(() => slow.status.current.pending === 2);
    assert.equal(held.reads, before);
    assert.deepEqual(slow.outgoing.waiting(), leader.outgoing.waiting());
    await Promise.all([leader.close(), slow.close()]);
  });

  it('is read where something was missed of what other tabs added', async () => {
    const { remote, leader, slow, held } = await tabs();
    remote.isOnline = false;
    await make(leader, 'First');
    await until(() => slow.status.current.pending === 1);
    const before = held.reads;
    const [entry] = leader.outgoing.waiting();
    const channel = new BroadcastChannel(held.name);
    channel.postMessage({ type: 'queue', epoch, added: { entry: { ...entry, mid: 3, n: 3 }, origin: 'another' } });
    await until(() => held.reads > before);
    assert.equal(slow.status.current.pending, 1);
    channel.close();
    await Promise.all([leader.close(), slow.close()]);
  });

  it('does not forget what is added while it reads what another tab sent', async () => {
    const { server, remote, leader, slow, held } = await tabs();
    remote.isOnline = false;
    await make(slow, 'First');
    await until(() => leader.status.current.pending === 1);
    const open = Promise.withResolvers<void>();
    Object.assign(held, { gate: open.promise, entries: undefined });
    remote.isOnline = true;
    await until(() => leader.flush());
    await until(() => held.entries === 0);
    remote.isOnline = false;
    await make(slow, 'Second');
    open.resolve();
    await until(() => slow.status.current.pending < 2);
    assert.equal(slow.outgoing.waiting().length, 1);
    await leader.close();
    remote.isOnline = true;
    await until(() => slow.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'First,Second');
    await slow.close();
  });

  it('reads what others made also while it adds without a break', async () => {
    const { remote, leader, slow, held } = await tabs();
    remote.isOnline = false;
    let made = 0;
    held.read = async () => void (made++ < 20 && (await make(slow, `More ${made}`)));
    await make(leader, 'By others');
    const channel = new BroadcastChannel(held.name);
    channel.postMessage({ type: 'queue', epoch });
    channel.close();
    await until(() => slow.outgoing.waiting().length > made && made > 0);
    assert.ok(made < 20, `it was read ${made} times`);
    await leader.close();
    await slow.close();
  });
});
