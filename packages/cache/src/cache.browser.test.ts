import { update } from '@tessera-crm/model/change.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import { aTimeout, expect } from '@open-wc/testing';
import type { Cache } from './cache.ts';
import { createCache } from './create-cache.ts';
import { faultyRemote } from './testing/faulty-remote.ts';
import { streamsOf } from './testing/streams-of.ts';

const registry = builtInRegistry();
const identity = { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true } as const;

const profile = () => {
  const server = memoryStore({ registry, identity });
  const remote = faultyRemote(server);
  const name = `test/${Math.random()}`;
  const open = (): Promise<Cache> => createCache({ remote, name, registry, identity });
  return { server, remote, name, open };
};

describeStore(
  { describe, it },
  {
    name: 'Cache in a browser',
    open: async () => {
      const store = await profile().open();
      return { store, close: () => store.wipe() };
    },
  },
);

describe('Cache in a browser', () => {
  it('keeps records and unsent changes in two databases until it is wiped', async () => {
    const { server, remote, name, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const key = made.id as IdOf<'accounts'>;
    const first = await open();
    expect(first.status.current.storage).to.equal('indexeddb');
    await first.list('accounts');
    remote.isOnline = false;
    await first.apply([update('accounts', key, { name: 'Bianchi' })]);
    first.close();
    const second = await open();
    expect((await second.get('accounts', key)).name).to.equal('Bianchi');
    expect(names(await second.list('accounts'))).to.equal('Bianchi');
    expect(second.status.current.pending).to.equal(1);
    const own = async (): Promise<readonly string[]> =>
      (await indexedDB.databases()).flatMap((database) => (database.name?.startsWith(name) ? [database.name] : []));
    expect((await own()).toSorted()).to.deep.equal([`${name}/cache-1-1`, `${name}/outbox`]);
    remote.isOnline = true;
    await second.flush();
    expect((await server.get('accounts', key)).name).to.equal('Bianchi');
    await second.wipe();
    expect(await own()).to.deep.equal([]);
  });

  it('opens with its key what it kept encrypted', async () => {
    const { server, remote, name } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const usages = ['deriveKey'] as const;
    const key = await crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF', false, usages);
    const open = (): Promise<Cache> => createCache({ remote, name, registry, identity, key });
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    await first.apply([update('accounts', made.id as IdOf<'accounts'>, { name: 'Bianchi' })]);
    first.close();
    const second = await open();
    expect(names(await second.list('accounts'))).to.equal('Bianchi');
    expect(second.status.current.pending).to.equal(1);
    await second.wipe();
  });

  it('lets one tab send, and another one after it', async () => {
    const { server, remote, open } = profile();
    const one = await open();
    const other = await open();
    remote.isOnline = false;
    await added(one, 'accounts', { name: 'Left behind' });
    one.close();
    remote.isOnline = true;
    while (!((await other.flush()) && names(await server.list('accounts')))) await aTimeout(2);
    expect(names(await server.list('accounts'))).to.equal('Left behind');
    await other.wipe();
  });
});

describe('Caches in one browser', () => {
  const watched = (cache: Cache): string[] => {
    const pages: string[] = [];
    cache.watchList('accounts', { sort: ['name'] }, { next: (page) => pages.push(names(page)) });
    return pages;
  };

  const until = async (wanted: () => unknown): Promise<void> => {
    while (!(await wanted())) await aTimeout(2);
  };

  it('use one stream for all, and another one when the first ends', async () => {
    const { server, remote, open } = profile();
    const streams = streamsOf(remote);
    const [one, other] = [await open(), await open()];
    const seen = [one, other].map(watched);
    await until(() => streams.open === 1);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => seen.every((pages) => pages.at(-1) === 'Neri'));
    expect(streams.begun).to.equal(1);
    await one.close();
    await until(() => streams.open === 1);
    await added(server, 'accounts', { name: 'Bianchi' });
    await until(() => seen[1]!.at(-1) === 'Bianchi,Neri');
    expect(streams.begun).to.equal(2);
    await other.wipe();
  });

  for (const [away, back] of [
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ] as const)
    it(`hold nothing open between ${away} and ${back}, and go on then`, async () => {
      const { server, remote, name, open } = profile();
      const streams = streamsOf(remote);
      const cache = await open();
      const pages = watched(cache);
      await until(() => streams.open === 1);
      tell(away);
      expect(streams.open).to.equal(0);
      await until(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return [...held, ...pending].every((lock) => !lock.name?.startsWith(name));
      });
      await added(server, 'accounts', { name: 'Neri' });
      tell(back);
      await until(() => pages.at(-1) === 'Neri');
      await added(cache, 'accounts', { name: 'Bianchi' });
      expect(await cache.flush()).to.equal(true);
      expect(cache.status.current.storage).to.equal('indexeddb');
      expect(streams.open).to.equal(1);
      await cache.wipe();
    });
});

/** Tells of the life of the page, as the browser does. */
const tell = (type: 'pagehide' | 'pageshow' | 'freeze' | 'resume'): void => {
  if (type === 'freeze' || type === 'resume') document.dispatchEvent(new Event(type));
  else dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
};
