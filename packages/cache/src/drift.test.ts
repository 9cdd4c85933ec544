import { remove, update } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import type { FeedEvent, FollowOptions, KnownVersions, SyncDoor } from '@tessera-crm/model/sync-door.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cache } from './cache.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { Drift } from './drift.ts';
import { epoch } from './epoch.ts';
import { inUse } from './testing/in-use.ts';
import { identity, profile as openProfile, registry, until } from './testing/profile.ts';
import { Truth } from './truth.ts';

type AccountId = IdOf<'accounts'>;

const circumstances = { registry, identity, settings: defaultSettings, now: () => '2026-06-15T10:00:00.000Z' };

/** Tabs that look all the time, and a door that can be made to swallow what the feed tells, or to be slow. */
const profile = () => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const { server, sync, remote } = openProfile(indexedDb);
  const name = crypto.randomUUID();
  const asked: KnownVersions[] = [];
  const faults = { isDeaf: false, records: Promise.resolve(), follow: Promise.resolve() };
  const door: SyncDoor = {
    ...remote.sync,
    verify: (module, known, options) => {
      asked.push(known);
      return remote.sync.verify(module, known, options);
    },
    records: async (...given) => {
      await faults.records;
      return remote.sync.records(...given);
    },
    follow: (options) => follow(remote.sync, options),
  };
  async function* follow(of: SyncDoor, options: FollowOptions): AsyncGenerator<FeedEvent> {
    for await (const event of of.follow(options)) {
      await faults.follow;
      yield faults.isDeaf && event.type === 'change' ? { type: 'at', seq: event.seq } : event;
    }
  }
  const open = async (): Promise<Cache> => {
    const storage = await IndexedDbStorage.open(name, { indexedDb });
    const { locks } = navigator;
    const parts = { remote, door, name, epoch, locks, circumstances, driftEvery: 5 };
    return new Cache(parts).start({ storage: inUse(storage), position: await storage.position() });
  };
  return { server, sync, remote, asked, faults, open };
};

const watched = (cache: Cache) => {
  const pages: string[] = [];
  cache.watchList('accounts', { sort: ['name'] }, { next: (page) => pages.push(names(page)) });
  return pages;
};

/** Two accounts, and a cache that follows them. */
const following = async () => {
  const given = profile();
  const made = await added(given.server, 'accounts', { name: 'Neri' });
  await added(given.server, 'accounts', { name: 'Verdi' });
  const cache = await given.open();
  const pages = watched(cache);
  await until(() => pages.at(-1) === 'Neri,Verdi');
  await until(() => given.asked.length > 0);
  return { ...given, cache, pages, key: made.id as AccountId };
};

/** Looks are made that began after now. */
const looked = async (asked: readonly unknown[], times = 3): Promise<void> => {
  const before = asked.length;
  await until(() => asked.length >= before + times);
};

describe('A record that is not as the server has it', () => {
  it('is fetched, and counted, where the feed did not tell of a change', async () => {
    const { server, faults, cache, pages, key } = await following();
    assert.equal(cache.status.current.drifted, 0);
    faults.isDeaf = true;
    await server.apply([update('accounts', key, { name: 'Bianchi' })]);
    await until(() => pages.at(-1) === 'Bianchi,Verdi');
    assert.equal(cache.status.current.drifted, 1);
    await cache.close();
  });

  it('goes, and is counted, where the feed did not tell that it is gone', async () => {
    const { server, faults, cache, pages, key } = await following();
    faults.isDeaf = true;
    await server.apply([remove('accounts', key)]);
    await until(() => pages.at(-1) === 'Verdi');
    assert.equal(cache.status.current.drifted, 1);
    await cache.close();
  });

  it('is no drift as long as the feed has not got so far', async () => {
    const { server, faults, asked, cache, pages, key } = await following();
    const open = Promise.withResolvers<void>();
    faults.follow = open.promise;
    await server.apply([update('accounts', key, { name: 'Bianchi' })]);
    await looked(asked, 1);
    open.resolve();
    await until(() => pages.at(-1) === 'Bianchi,Verdi');
    await looked(asked);
    assert.equal(cache.status.current.drifted, 0);
    await cache.close();
  });

  it('is no drift as long as it is being fetched', async () => {
    const { server, faults, asked, cache, pages, key } = await following();
    const open = Promise.withResolvers<void>();
    faults.records = open.promise;
    await server.apply([update('accounts', key, { name: 'Bianchi' })]);
    await looked(asked);
    open.resolve();
    await until(() => pages.at(-1) === 'Bianchi,Verdi');
    await looked(asked);
    assert.equal(cache.status.current.drifted, 0);
    await cache.close();
  });

  it('R4: is no drift where other rights make it so', async () => {
    const { sync, asked, cache, pages } = await following();
    sync.setSight((_module, record) => record['name'] !== 'Neri');
    await until(() => pages.at(-1) === 'Verdi');
    await looked(asked);
    assert.equal(cache.status.current.drifted, 0);
    await cache.close();
  });

  it('is no drift where it was changed here', async () => {
    const { asked, cache, pages, key } = await following();
    for (const name of ['A', 'B', 'C']) await cache.apply([update('accounts', key, { name })]);
    await until(() => cache.flush());
    await looked(asked);
    assert.deepEqual([pages.at(-1), cache.status.current.drifted], ['C,Verdi', 0]);
    await cache.close();
  });
});

describe('The look for drift', () => {
  it('is taken by the tab that leads, and by no other', async () => {
    const { asked, cache, open } = await following();
    const other = await open();
    const pages = watched(other);
    await until(() => pages.at(-1) === 'Neri,Verdi');
    await cache.close();
    await looked(asked);
    await other.close();
    const { length } = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked.length, length);
  });

  it('is not taken without network, nor on a page that nobody sees', async () => {
    const { remote, asked, cache } = await following();
    Object.assign(globalThis, { document: { visibilityState: 'hidden', addEventListener() {} } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { length } = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked.length, length);
    Reflect.deleteProperty(globalThis, 'document');
    await looked(asked);
    remote.isOnline = false;
    await until(() => !cache.status.current.online);
    const { length: then } = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked.length, then);
    await cache.close();
  });

  it('is taken at a thousand records, and at the next ones then', async () => {
    const changed = (): void => {};
    const truth = new Truth({ changed, stepped: changed, rightsChanged: changed });
    const rows = (module: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ module, record: { id: `${module}${n}`, version: 1 } }));
    truth.take({ asOf: 1, aclSeq: 0, rows: [...rows('notes', 700), ...rows('tasks', 800)], gone: [] });
    truth.opened(1);
    const asked: (readonly [string, number, string | undefined])[] = [];
    const verify: SyncDoor['verify'] = async (module, known) => {
      asked.push([module, known.length, known[0]?.[0]]);
      return { asOf: 1, aclSeq: 0, last: 0, fieldsSeq: 0, gone: [], changed: [] };
    };
    const drift = new Drift({
      door: { verify },
      truth,
      reach: (answer) => answer,
      signal: new AbortController().signal,
      drifted: () => assert.fail('nothing drifted'),
    });
    for (let n = 0; n < 2; n++) await drift.look();
    assert.deepEqual(asked, [
      ['notes', 700, 'notes0'],
      ['tasks', 300, 'tasks0'],
      ['tasks', 500, 'tasks300'],
      ['notes', 500, 'notes0'],
    ]);
  });
});
