import { update } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { profile as openProfile, until } from './testing/profile.ts';
import { streamsOf } from './testing/streams-of.ts';

type AccountId = IdOf<'accounts'>;

const profile = () => {
  const given = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
  const name = crypto.randomUUID();
  const streams = streamsOf(given.remote);
  const open = (options = {}) => given.open({ name, ...options });
  /** Of this profile: those to lead, and how many there are at all. */
  const locks = async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const own = (some: LockInfo[]) => some.filter((lock) => lock.name === `${name}/leader`).length;
    const all = [...held, ...pending].filter((lock) => lock.name!.startsWith(name)).length;
    return { held: own(held), pending: own(pending), all };
  };
  return { ...given, name, streams, open, locks };
};

/** Opens a cache in a page of its own. @returns The cache, and how the page goes and comes back. */
const inPage = async (open: () => Promise<Cache>) => {
  const page = new EventTarget();
  const { addEventListener } = globalThis;
  globalThis.addEventListener = page.addEventListener.bind(page) as typeof addEventListener;
  const cache = await open().finally(() => (globalThis.addEventListener = addEventListener));
  const tell = (type: string, persisted = true) => page.dispatchEvent(Object.assign(new Event(type), { persisted }));
  return { cache, tell };
};

const watched = (cache: Cache) => {
  const pages: string[] = [];
  cache.watchList('accounts', { sort: ['name'] }, { next: (page) => pages.push(names(page)) });
  return pages;
};

describe('A page that goes and comes back', () => {
  // it listens to pages too, of which it must find none
  before(() => import('./indexed-db-storage.ts'));

  it('holds neither stream nor lock meanwhile, and goes on where the others are', async () => {
    const { server, streams, open, locks } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const { cache, tell } = await inPage(open);
    const pages = watched(cache);
    await until(() => pages.at(-1) === 'Neri' && streams.open === 1);
    tell('pagehide');
    assert.equal(streams.open, 0);
    await until(async () => (await locks()).all === 0);
    const other = await open();
    const others = watched(other);
    await until(() => streams.open === 1);
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await added(other, 'accounts', { name: 'Verdi' });
    await until(() => others.at(-1) === 'Bianchi,Verdi' && other.status.current.pending === 0);
    assert.equal(pages.at(-1), 'Neri');
    tell('pageshow');
    await until(() => pages.at(-1) === 'Bianchi,Verdi');
    await server.apply([update('accounts', made.id as AccountId, { name: 'Rossi' })]);
    await until(() => pages.at(-1) === 'Rossi,Verdi');
    assert.equal(streams.open, 1);
    assert.deepEqual(await locks(), { held: 1, pending: 1, all: 4 });
    await other.close();
    await until(() => streams.begun === 3 && streams.open === 1);
    await cache.close();
  });

  it('waits for no lock, if it did not lead', async () => {
    const { open } = profile();
    const signals: AbortSignal[] = [];
    const request = (name: string, options: LockOptions, work: LockGrantedCallback<unknown>) => {
      signals.push(options.signal!);
      return navigator.locks.request(name, options, work);
    };
    const leader = await open();
    const { cache, tell } = await inPage(() => open({ locks: { request } as unknown as LockManager }));
    tell('pagehide');
    // to lead, and to say that its epoch is in use
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
    tell('pageshow');
    await until(() => signals.length === 4);
    assert.deepEqual(
      signals.slice(2).map(({ aborted }) => aborted),
      [false, false],
    );
    await cache.close();
    await leader.close();
  });

  it('sends what was changed before it went', async () => {
    const { server, remote, open } = profile();
    const { cache, tell } = await inPage(open);
    const pages = watched(cache);
    await until(() => pages.length > 0);
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Neri' });
    tell('pagehide');
    remote.isOnline = true;
    tell('pageshow');
    await until(() => cache.status.current.pending === 0);
    assert.equal(names(await server.list('accounts')), 'Neri');
    await cache.close();
  });

  it('takes no notice when the page is thrown away, or comes for the first time', async () => {
    const { streams, open } = profile();
    const { cache, tell } = await inPage(open);
    watched(cache);
    await until(() => streams.open === 1);
    tell('pagehide', false);
    tell('pageshow', false);
    assert.equal(streams.begun, 1);
    assert.equal(streams.open, 1);
    await cache.close();
  });

  it('shows and keeps nothing of what somebody signed out of meanwhile', async () => {
    const { server, remote, open } = profile();
    await added(server, 'accounts', { name: 'Neri' });
    const { cache, tell } = await inPage(open);
    const pages = watched(cache);
    await until(() => pages.at(-1) === 'Neri');
    await cache.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
    tell('pagehide');
    const other = await open();
    await other.wipe();
    tell('pageshow');
    await new Promise((resolve) => setTimeout(resolve, 50));
    remote.isOnline = false;
    const later = await open();
    assert.equal(names(await later.list('accounts')), '');
    await later.close();
    await cache.close();
  });

  it('does not bring back what was unsent when somebody signed out meanwhile', async () => {
    const { remote, open } = profile();
    remote.isOnline = false;
    const { cache, tell } = await inPage(open);
    await added(cache, 'accounts', { name: 'Neri' });
    tell('pagehide');
    const other = await open();
    await other.wipe();
    tell('pageshow');
    await until(() => cache.closed.aborted);
    const later = await open();
    assert.equal(later.status.current.pending, 0);
    await later.close();
  });
});
