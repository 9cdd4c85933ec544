import { create, update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { FeedEvent, FollowOptions } from '@tessera-crm/model/sync-door.js';
import { added, id, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { deleteEarlierEpochs } from './earlier-epochs.ts';
import { until } from './testing/profile.ts';
import { streamsOf } from './testing/streams-of.ts';
import { profileOfTwoVersions } from './testing/two-versions.ts';

type AccountId = IdOf<'accounts'>;

/** One browser profile, in which pages of two versions are open. */
const profile = () => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const given = profileOfTwoVersions(indexedDb);
  const { name, remote } = given;
  const databases = async (): Promise<readonly string[]> =>
    (await indexedDb.indexedDB.databases()).map((one) => one.name!.slice(name.length + 1)).toSorted();
  const tidy = (epoch: number) => deleteEarlierEpochs({ name, epoch, indexedDb, locks: navigator.locks });
  return { ...given, databases, tidy, streams: streamsOf(remote) };
};

const make = (cache: Cache, name: string) => cache.apply([create('accounts', id('accounts'), { name })]);

const watched = (cache: Cache) => {
  const pages: string[] = [];
  cache.watchList('accounts', { sort: ['name'] }, { next: (page) => pages.push(names(page)) });
  return pages;
};

/** A stream that tells nothing. */
async function* silent({ signal }: FollowOptions): AsyncGenerator<FeedEvent> {
  yield { type: 'open', cursor: undefined };
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

const closeAll = async (...caches: readonly Cache[]): Promise<void> => {
  for (const cache of caches) await cache.close();
};

describe('Tabs of two versions', () => {
  it('keep what they know apart, and what waits together', async () => {
    const { server, remote, open, databases } = profile();
    await added(server, 'accounts', { name: 'Neri' });
    const [old, later] = [await open('old'), await open('later')];
    await old.list('accounts');
    await until(async () => (await databases()).length === 3);
    assert.deepEqual(await databases(), ['cache-1-1', 'cache-2-1', 'outbox']);
    remote.isOnline = false;
    assert.equal(names(await later.list('accounts')), '');
    await make(old, 'Unsent');
    await until(() => later.status.current.pending === 1);
    assert.equal(names(await later.list('accounts')), 'Unsent');
    remote.isOnline = true;
    await closeAll(old, later);
  });

  it('R10: send what waits once, whichever of them does', async () => {
    const { server, remote, open } = profile();
    const old = await open('old');
    const seen = watched(old);
    remote.isOnline = false;
    for (const name of ['A', 'B']) await make(old, name);
    const later = await open('later');
    await until(() => later.status.current.pending === 2);
    remote.isOnline = true;
    await until(() => later.flush());
    assert.match(names(await server.list('accounts', { sort: ['name'] })), /^A′?,B′?$/);
    await until(() => old.status.current.pending === 0 && /^A′?,B′?$/.test(seen.at(-1)!));
    assert.deepEqual([old.status.current.rejected, later.status.current.rejected], [[], []]);
    await closeAll(old, later);
  });

  it('R18: the later one brings up to date what the other one left', async () => {
    const { server, remote, open } = profile();
    const old = await open('old');
    remote.isOnline = false;
    for (const name of ['A', 'B']) await make(old, name);
    await old.close();
    const later = await open('later');
    remote.isOnline = true;
    await until(() => later.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'A′,B′');
    await later.close();
  });

  it('R18: the later one leads as soon as something waits that only it can read', async () => {
    const { server, open } = profile();
    const old = await open('old');
    const seen = watched(old);
    await until(() => seen.length > 0);
    const later = await open('later');
    await make(later, 'New');
    await until(() => seen.at(-1) === 'New');
    assert.equal(names(await server.list('accounts')), 'New');
    await until(() => later.status.current.pending === 0);
    await later.close();
    // the other one leads again
    await make(old, 'After');
    await until(() => old.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,New');
    await old.close();
  });

  it('follow one stream', async () => {
    const { server, streams, open } = profile();
    const tabs = [await open('old'), await open('later'), await open('old')];
    const seen = tabs.map(watched);
    await until(() => streams.open === 1);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    assert.equal(streams.open, 1);
    await closeAll(...tabs);
  });

  it('R11: show without a break what the other one sent', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    // Before the feed tells of it
    Object.assign(remote, { sync: { ...remote.sync, follow: silent } });
    const later = await open('later');
    const old = await open('old');
    const shown: (string | undefined)[] = [];
    old.watch('accounts', made.id as AccountId, { next: (record) => shown.push(record?.name) });
    await until(() => shown.at(-1) === 'Neri');
    remote.isOnline = false;
    await old.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    remote.isOnline = true;
    await until(() => later.flush());
    await until(() => old.status.current.pending === 0);
    await until(async () => (await old.get('accounts', made.id as AccountId)).version === 2);
    assert.deepEqual([...new Set(shown), shown.lastIndexOf('Neri')], ['Neri', 'Bianchi', 0]);
    await closeAll(later, old);
  });

  it('are all left when somebody signs out', async () => {
    const { open, databases } = profile();
    const [old, later] = [await open('old'), await open('later')];
    await Promise.all([old, later].map((tab) => tab.list('accounts')));
    await later.wipe();
    await until(() => old.closed.aborted);
    assert.deepEqual(await databases(), []);
  });
});

describe('A version that cannot read what waits', () => {
  /** What the old version made, what the later one made after that, and then the old one again; nothing was sent. */
  const mixed = async () => {
    const given = profile();
    const { remote, open } = given;
    remote.isOnline = false;
    const old = await open('old');
    await make(old, 'First');
    const later = await open('later');
    await make(later, 'Second');
    await later.close();
    await until(() => old.status.current.pending === 2);
    await make(old, 'Third');
    return { ...given, old };
  };

  it('R18: sends what comes before it, and nothing after it', async () => {
    const { server, remote, old } = await mixed();
    assert.equal(names(await old.list('accounts', { sort: ['name'] })), 'First,Third');
    remote.isOnline = true;
    await until(async () => names(await server.list('accounts')) === 'First');
    await old.flush();
    assert.equal(names(await server.list('accounts')), 'First');
    assert.equal(remote.arrived.length, 1);
    assert.equal(old.status.current.pending, 2);
    assert.deepEqual(
      old.outgoing.waiting().map(({ at, changes }) => [at.length, changes.length]),
      [
        [24, 0],
        [24, 1],
      ],
    );
    await old.close();
  });

  it('R10: leaves it to the later one, which sends all of it in order, and once', async () => {
    const { server, remote, open, old } = await mixed();
    remote.isOnline = true;
    const later = await open('later');
    await until(() => later.flush());
    const there = await server.list('accounts', { sort: ['name'] });
    assert.equal(names(there).replaceAll('′', ''), 'First,Second,Third');
    const order = remote.arrived.map((one) => Number(one.split('#')[1]));
    assert.deepEqual([...new Set(order)], [1, 2, 3]);
    await until(() => old.status.current.pending === 0);
    await closeAll(old, later);
  });

  it('loses nothing of it when its count is lost', async () => {
    const { server, sync, remote, open, old } = await mixed();
    remote.isOnline = true;
    await until(async () => names(await server.list('accounts')) === 'First');
    await until(() => old.status.current.pending === 2);
    sync.forgetClients();
    const later = await open('later');
    await until(() => later.flush());
    assert.deepEqual(new Set(names(await server.list('accounts')).split(',')), new Set(['First', 'Second', 'Third′']));
    await closeAll(old, later);
  });

  it('does not show what was refused of it, and keeps it', async () => {
    const { remote, open } = profile();
    remote.refusal = () => new CrmError('rule', 'No.');
    const later = await open('later');
    await make(later, 'Refused');
    await until(() => later.status.current.rejected.length === 1);
    await later.close();
    const old = await open('old');
    assert.deepEqual([old.status.current.rejected, old.status.current.pending], [[], 0]);
    await old.close();
    const again = await open('later');
    assert.equal(again.status.current.rejected.length, 1);
    await again.close();
  });
});

describe('What an earlier version kept', () => {
  it('is deleted when no tab uses it, and only then', async () => {
    const { open, databases, tidy } = profile();
    const [old, later] = [await open('old'), await open('later')];
    await tidy(2);
    assert.deepEqual(await databases(), ['cache-1-1', 'cache-2-1', 'outbox']);
    await old.close();
    await tidy(1);
    assert.equal((await databases()).length, 3);
    await until(async () => {
      await tidy(2);
      return (await databases()).length === 2;
    });
    assert.deepEqual(await databases(), ['cache-2-1', 'outbox']);
    await later.close();
  });

  it('is begun anew by a page that comes back, which nobody signed out of', async () => {
    const { server, open, name, databases, tidy } = profile();
    await added(server, 'accounts', { name: 'Neri' });
    const page = new EventTarget();
    const { addEventListener } = globalThis;
    globalThis.addEventListener = page.addEventListener.bind(page) as typeof addEventListener;
    const old = await open('old').finally(() => (globalThis.addEventListener = addEventListener));
    const tell = (type: string) => page.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
    const seen = watched(old);
    await until(() => seen.at(-1) === 'Neri');
    tell('pagehide');
    const isHeld = async () => (await navigator.locks.query()).held!.some((lock) => lock.name!.startsWith(name));
    await until(async () => !(await isHeld()));
    const later = await open('later');
    await tidy(2);
    await until(async () => !(await databases()).includes('cache-1-1'));
    tell('pageshow');
    await added(server, 'accounts', { name: 'Verdi' });
    await until(() => seen.at(-1) === 'Neri,Verdi');
    assert.equal(old.closed.aborted, false);
    await until(async () => (await databases()).includes('cache-1-2'));
    await closeAll(old, later);
  });
});
