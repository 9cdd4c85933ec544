import { update } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { profile as openProfile, until } from './testing/profile.ts';
import { streamsOf } from './testing/streams-of.ts';

type AccountId = IdOf<'accounts'>;

const profile = () => {
  const given = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
  return { ...given, streams: streamsOf(given.remote) };
};

const watched = (cache: Cache) => {
  const pages: string[] = [];
  const stop = cache.watchList('accounts', { sort: ['name'] }, { next: (page) => pages.push(names(page)) });
  return { pages, stop };
};

const closeAll = async (caches: readonly Cache[]): Promise<void> => {
  for (const cache of caches) await cache.close();
};

/** A tab that holds the lock, and neither hears nor says anything. */
const frozenLeader = async (name: string) => {
  const fate = Promise.withResolvers<string>();
  const thaw = Promise.withResolvers<void>();
  await new Promise<void>((resolve) => {
    navigator.locks
      .request(`${name}/leader`, { steal: true }, () => {
        resolve();
        return thaw.promise;
      })
      .then(
        () => fate.resolve('let go'),
        (error: Error) => fate.resolve(error.name),
      );
  });
  return { fate: fate.promise, thaw: thaw.resolve };
};

/** Locks that nobody shares: whoever asks has them. */
const ownLocks = (): LockManager =>
  ({ request: async (_name: string, _options: object, work: () => unknown) => work() }) as unknown as LockManager;

describe('Tabs of one profile', () => {
  it('have one stream, and all of them hear what it tells', async () => {
    const { server, streams, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const tabs = [await open(), await open(), await open()];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await until(() => seen.every((pages) => pages.at(-1) === 'Bianchi'));
    await added(server, 'accounts', { name: 'Verdi' });
    await until(() => seen.every((pages) => pages.at(-1) === 'Bianchi,Verdi'));
    assert.equal(streams.open, 1);
    assert.equal(streams.begun, 1);
    await closeAll(tabs);
    assert.equal(streams.open, 0);
  });

  it('have another one when the tab that followed it is gone', async () => {
    const { server, streams, open } = profile();
    const tabs = [await open(), await open(), await open()];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => streams.open === 1);
    await tabs[0]!.close();
    await until(() => streams.begun === 2);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => seen.slice(1).every((pages) => pages.at(-1) === 'Neri'));
    assert.equal(streams.open, 1);
    await closeAll(tabs);
  });

  it('have one that a tab follows for the others while it looks at nothing itself', async () => {
    const { server, streams, open } = profile();
    const leader = await open();
    const other = await open();
    assert.equal(streams.open, 0);
    const { pages } = watched(other);
    await until(() => streams.open === 1);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => pages.at(-1) === 'Neri');
    await other.close();
    await until(() => streams.open === 0);
    await leader.close();
  });

  it('R4: hear of rights all of them', async () => {
    const { server, sync, streams, open } = profile();
    for (const name of ['Bianchi', 'Neri']) await added(server, 'accounts', { name });
    const tabs = [await open(), await open()];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => seen.every((pages) => pages.at(-1) === 'Bianchi,Neri'));
    sync.setSight((_module, record) => record['name'] !== 'Neri');
    await until(() => seen.every((pages) => pages.at(-1) === 'Bianchi'));
    assert.equal(streams.begun, 1);
    await closeAll(tabs);
  });

  it('know that the server is away, and ask again when it is back', async () => {
    const { server, remote, streams, open } = profile();
    const tabs = [await open(), await open()];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => streams.open === 1 && seen.every((pages) => pages.length > 0));
    remote.isOnline = false;
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => tabs.every((tab) => !tab.status.current.online));
    remote.isOnline = true;
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    await until(() => tabs.every((tab) => tab.status.current.online));
    await closeAll(tabs);
  });
});

describe('A tab that does not follow the stream itself', () => {
  it('R5: asks for what was told before it listened', async () => {
    const { server, streams, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const [leader, other] = [await open(), await open()];
    await other.list('accounts', { sort: ['name'] });
    const before = server.sync.seq;
    const first = watched(leader);
    await until(() => first.pages.at(-1) === 'Neri');
    for (const name of ['A', 'B', 'C'])
      await server.apply([update('accounts', made.id as AccountId, { name: `${name}${name}` })]);
    await until(() => first.pages.at(-1) === 'CC');
    const heard: (string | undefined)[] = [];
    other.watch('accounts', made.id as AccountId, { next: (record) => heard.push(record?.name) });
    await until(() => heard.at(-1) === 'CC' && streams.news.includes(before));
    assert.equal(streams.begun, 1);
    await closeAll([leader, other]);
  });

  it('R2: asks for what it went back behind', async () => {
    const { server, remote, streams, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const leader = await open();
    const first = watched(leader);
    await until(() => first.pages.at(-1) === 'Neri');
    const late = Promise.withResolvers<void>();
    const { sync } = remote;
    const query: typeof sync.query = async (...args): Promise<SyncPage> => {
      const page = await sync.query(...args);
      await late.promise;
      return page;
    };
    const old = server.sync.seq;
    const other = await open({
      remote: Object.assign(Object.create(remote) as typeof remote, { sync: { ...sync, query } }),
    });
    const listing = other.list('accounts', { where: { name: 'Neri' } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const name of ['AA', 'BB']) await server.apply([update('accounts', made.id as AccountId, { name })]);
    await until(() => first.pages.at(-1) === 'BB');
    const heard: (string | undefined)[] = [];
    other.watch('accounts', made.id as AccountId, { next: (record) => heard.push(record?.name) });
    await until(() => heard.at(-1) === 'BB');
    late.resolve();
    await listing;
    await until(() => streams.news.includes(old));
    await server.apply([update('accounts', made.id as AccountId, { name: 'CC' })]);
    await until(() => heard.at(-1) === 'CC');
    assert.equal(streams.begun, 1);
    await closeAll([leader, other]);
  });

  it('R9: begins anew where it missed too much, and the others go on', async () => {
    const { server, sync, streams, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const [leader, other] = [await open(), await open()];
    await other.list('accounts');
    const before = server.sync.seq;
    const first = watched(leader);
    await until(() => first.pages.at(-1) === 'Neri');
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await until(() => first.pages.at(-1) === 'Bianchi');
    sync.forget();
    const { pages } = watched(other);
    await until(() => pages.at(-1) === 'Bianchi' && streams.news.includes(before));
    await server.apply([update('accounts', made.id as AccountId, { name: 'Verdi' })]);
    await until(() => pages.at(-1) === 'Verdi' && first.pages.at(-1) === 'Verdi');
    assert.equal(streams.begun, 1);
    await closeAll([leader, other]);
  });

  it('R9: begins anew where the stream missed too much', async () => {
    const { server, sync, remote, streams, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const tabs = [await open(), await open()];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => streams.open === 1 && seen.every((pages) => pages.at(-1) === 'Neri'));
    remote.isOnline = false;
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await until(() => tabs.every((tab) => !tab.status.current.online));
    sync.forget();
    remote.isOnline = true;
    await until(() => seen.every((pages) => pages.at(-1) === 'Bianchi'));
    await server.apply([update('accounts', made.id as AccountId, { name: 'Verdi' })]);
    await until(() => seen.every((pages) => pages.at(-1) === 'Verdi'));
    await closeAll(tabs);
  });
});

describe('The tab that leads', { concurrency: true }, () => {
  it('is robbed of the lead by a tab that looks at something, when it is frozen', async () => {
    const { server, streams, open } = profile();
    const name = crypto.randomUUID();
    const leader = await frozenLeader(name);
    const tabs = [await open({ name }), await open({ name })];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => seen.every((pages) => pages.length > 0));
    assert.equal(streams.open, 0);
    assert.equal(await leader.fate, 'AbortError');
    await until(() => streams.open === 1);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    assert.equal(streams.open, 1);
    await closeAll(tabs);
  });

  it('is robbed of the lead by a tab that has something to send, when it is frozen', async () => {
    const { server, streams, open } = profile();
    const name = crypto.randomUUID();
    const leader = await frozenLeader(name);
    const tab = await open({ name });
    await added(tab, 'accounts', { name: 'Neri' });
    assert.equal(await leader.fate, 'AbortError');
    await until(() => tab.status.current.pending === 0);
    assert.equal(names(await server.list('accounts')), 'Neri');
    assert.equal(streams.begun, 0);
    await tab.close();
  });

  it('is left alone by tabs that need nothing of it, while it says something, and when it is alive after all', async () => {
    const { remote, streams, open } = profile();
    const name = crypto.randomUUID();
    const [leader, busy, idle] = [await open({ name }), await open({ name }), await open({ name })];
    await until(async () => (await navigator.locks.query()).held?.some((lock) => lock.name === `${name}/leader`));
    const { pages } = watched(busy);
    await until(() => pages.length > 0);
    remote.isOnline = false;
    await added(busy, 'accounts', { name: 'Neri' });
    await until(() => pages.at(-1) === 'Neri');
    await until(() => streams.open === 1);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    assert.equal(streams.begun, 1);
    remote.isOnline = true;
    assert.equal(await busy.flush(), true);
    await closeAll([leader, busy, idle]);
  });

  it('steps down when the lead was taken from it, and leads again when it is free', async () => {
    const { server, streams, open } = profile();
    const name = crypto.randomUUID();
    const tab = await open({ name });
    const { pages } = watched(tab);
    await until(() => streams.open === 1);
    const thief = await frozenLeader(name);
    await until(() => streams.open === 0);
    await added(tab, 'accounts', { name: 'Neri' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(names(await server.list('accounts')), '');
    thief.thaw();
    assert.equal(await thief.fate, 'let go');
    await until(() => streams.open === 1 && tab.status.current.pending === 0);
    await added(server, 'accounts', { name: 'Bianchi' });
    await until(() => pages.at(-1) === 'Bianchi,Neri');
    await tab.close();
  });

  it('may do so twice for a while: nothing is done twice, and nothing is lost', async () => {
    const { server, remote, streams, open } = profile();
    const tabs = [await open({ locks: ownLocks() }), await open({ locks: ownLocks() })];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => streams.open === 2 && seen.every((pages) => pages.length > 0));
    const expected = Array.from({ length: 12 }, (_, n) => `Account ${String(n).padStart(2, '0')}`);
    const made: string[] = [];
    for (const [n, name] of expected.entries()) {
      if (n % 4 === 0) remote.lostAnswers = 1;
      made.push((await added(tabs[n % 2]!, 'accounts', { name, employees: 0 })).id);
    }
    await Promise.all(tabs.map((tab, n) => tab.apply([update('accounts', made[n] as AccountId, { employees: 7 })])));
    await until(async () => (await Promise.all(tabs.map((tab) => tab.flush()))).every(Boolean));
    assert.deepEqual(names(await server.list('accounts', { sort: ['name'] })), expected.join());
    assert.deepEqual(
      await Promise.all(made.slice(0, 2).map(async (id) => (await server.get('accounts', id as AccountId)).version)),
      [2, 2],
    );
    for (const tab of tabs) assert.deepEqual(tab.status.current.rejected, []);
    await until(() => seen.every((pages) => pages.at(-1) === expected.join()));
    await closeAll(tabs);
  });

  it('is each of them where locks are missing, and each follows for itself', async () => {
    const { server, streams, open } = profile();
    const tabs = [await open({ locks: null }), await open({ locks: null })];
    const seen = tabs.map((tab) => watched(tab).pages);
    await until(() => streams.open === 2);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    await closeAll(tabs);
  });
});

describe('Tabs that cannot hear each other', () => {
  it('R10, R13: send one queue, each change once, though none knows what the other added', async () => {
    const { server, remote, open } = profile();
    const { BroadcastChannel } = globalThis;
    globalThis.BroadcastChannel = class {
      constructor() {
        throw new DOMException('denied', 'SecurityError');
      }
    } as unknown as typeof BroadcastChannel;
    const tabs = await Promise.all([open(), open()]).finally(() => (globalThis.BroadcastChannel = BroadcastChannel));
    const [one, other] = tabs;
    for (const name of ['A1', 'A2']) await added(one, 'accounts', { name });
    await one.flush();
    remote.isOnline = false;
    await added(one, 'accounts', { name: 'A3' });
    await added(other, 'accounts', { name: 'A4' });
    await added(one, 'accounts', { name: 'A5' });
    remote.isOnline = true;
    await until(async () => (await Promise.all(tabs.map((tab) => tab.flush()))).every(Boolean));
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'A1,A2,A3,A4,A5');
    for (const tab of tabs) assert.deepEqual(tab.status.current.rejected, []);
    assert.equal(new Set(remote.arrived.map((one) => one.split('#')[0])).size, 1);
    await closeAll(tabs);
  });
});
