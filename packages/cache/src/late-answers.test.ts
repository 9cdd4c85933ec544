import { remove, update } from '@tessera-crm/model/change.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCache } from './create-cache.ts';
import { faultyRemote } from './testing/faulty-remote.ts';

type AccountId = IdOf<'accounts'>;

const registry = builtInRegistry();
const identity = { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true } as const;

const until = async (wanted: () => unknown): Promise<void> => {
  while (!(await wanted())) await new Promise((resolve) => setTimeout(resolve, 2));
};

const query = { where: { industry: 'it' as const }, sort: ['name' as const], limit: 2 };

/** A cache whose pages the server works out when told to, and which arrive when told to. */
const slowPages = async () => {
  const server = memoryStore({ registry, identity });
  const remote = faultyRemote(server);
  const questions: ((page: SyncPage) => void)[] = [];
  const reasons: (() => void)[] = [];
  const sync: SyncDoor = {
    ...remote.sync,
    query: () => new Promise((resolve) => void questions.push(resolve)),
    async *follow() {
      for (;;) {
        await new Promise<void>((resolve) => void reasons.push(resolve));
        yield { type: 'open', cursor: undefined };
      }
    },
  };
  const name = crypto.randomUUID();
  const open = { name, registry, identity, indexedDB: null, locks: null };
  const cache = await createCache({ ...open, remote: { ...remote, sync } });
  const pages: string[] = [];
  const stop = cache.watchList('accounts', query, { next: (page) => pages.push(names(page)) });
  await until(() => questions.length > 0 && reasons.length > 0);
  /** Has the cache ask again. */
  const ask = async (): Promise<void> => {
    const before = questions.length;
    reasons.at(-1)!();
    await until(() => questions.length > before);
  };
  /** Works out a page now. @returns How to have it arrive. */
  const answer = async (): Promise<() => void> => {
    const page = await server.sync.query('accounts', query);
    return () => questions.at(-1)!(page);
  };
  const told = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { server, remote, cache, pages, ask, answer, told, questions, end: () => (stop(), cache.close()) };
};

describe('Cache, while answers come late,', () => {
  it('shows what was made here without a break: pending, carried out, and behind a page that is older', async () => {
    const { cache, pages, ask, answer, told, end } = await slowPages();
    (await answer())();
    await until(() => pages.length > 0);
    await told();
    await ask();
    const old = await answer();
    await added(cache, 'accounts', { name: 'Neri', industry: 'it' });
    await until(() => pages.at(-1) === 'Neri');
    await cache.flush();
    await told();
    old();
    await told();
    await ask();
    (await answer())();
    await told();
    assert.deepEqual(pages.slice(0, 2), ['', 'Neri']);
    assert.deepEqual([...new Set(pages.slice(1))], ['Neri']);
    end();
  });

  it('leaves a record where its change took it, whatever older pages say', async () => {
    const { server, cache, pages, ask, answer, told, end } = await slowPages();
    const made = await added(server, 'accounts', { name: 'Neri', industry: 'it' });
    (await answer())();
    await told();
    await ask();
    const old = await answer();
    await cache.apply([update('accounts', made.id as AccountId, { industry: 'food' })]);
    await cache.flush();
    await told();
    old();
    await told();
    assert.deepEqual([...new Set(pages)], ['Neri', '']);
    assert.equal(pages.filter((page) => page === 'Neri').length, 1);
    end();
  });

  it('brings back nothing that was deleted here', async () => {
    const { server, cache, pages, ask, answer, told, end } = await slowPages();
    const made = await added(server, 'accounts', { name: 'Neri', industry: 'it' });
    (await answer())();
    await told();
    await ask();
    const old = await answer();
    await cache.apply([remove('accounts', made.id as AccountId)]);
    await cache.flush();
    await told();
    old();
    await told();
    assert.deepEqual(pages, ['Neri', '']);
    end();
  });

  it('shows in a list that is asked for once what was carried out while the answer was on its way', async () => {
    const { remote, server } = await slowPages();
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const list: SyncDoor['query'] = async (...args) => {
      const page = await server.sync.query(...args);
      asked.resolve();
      await gate.promise;
      return page;
    };
    const open = { name: crypto.randomUUID(), registry, identity, indexedDB: null, locks: null };
    const cache = await createCache({ ...open, remote: { ...remote, sync: { ...remote.sync, query: list } } });
    const page = cache.list('accounts', query);
    await asked.promise;
    await added(cache, 'accounts', { name: 'Neri', industry: 'it' });
    await cache.flush();
    gate.resolve();
    assert.equal(names(await page), 'Neri');
    cache.close();
  });

  it('asks again, once, when a page has room for what only the server knows', async () => {
    const { server, cache, pages, answer, told, questions, end } = await slowPages();
    const made = await added(server, 'accounts', { name: 'A', industry: 'it' });
    for (const name of ['B', 'C']) await added(server, 'accounts', { name, industry: 'it' });
    (await answer())();
    await until(() => pages.at(-1) === 'A,B');
    await cache.apply([remove('accounts', made.id as AccountId)]);
    await cache.flush();
    await until(() => pages.at(-1) === 'B');
    await until(() => questions.length === 2);
    (await answer())();
    await told();
    assert.equal(pages.at(-1), 'B,C');
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(questions.length, 2);
    end();
  });

  it('asks nothing again when the next page comes by itself', async () => {
    const { server, cache, pages, ask, answer, questions, end } = await slowPages();
    const made = await added(server, 'accounts', { name: 'A', industry: 'it' });
    for (const name of ['B', 'C']) await added(server, 'accounts', { name, industry: 'it' });
    (await answer())();
    await cache.apply([remove('accounts', made.id as AccountId)]);
    await cache.flush();
    await until(() => pages.at(-1) === 'B');
    await ask();
    (await answer())();
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual([pages.at(-1), questions.length], ['B,C', 2]);
    end();
  });
});

describe('Cache offline, of modules of which it never had a page,', () => {
  it('keeps lists and figures up with what is changed', async () => {
    const server = memoryStore({ registry, identity });
    const remote = faultyRemote(server);
    const open = { name: crypto.randomUUID(), registry, identity, indexedDB: null, locks: null };
    const cache = await createCache({ ...open, remote });
    remote.isOnline = false;
    const first = await added(cache, 'accounts', { name: 'B', industry: 'it', employees: 5 });
    const pages: string[] = [];
    cache.watchList('accounts', query, { next: (page) => pages.push(names(page)) });
    await until(() => pages.at(-1) === 'B');
    const sums = async () => {
      const measures = [{ fn: 'sum', field: 'employees' }, { fn: 'count' }] as const;
      const groups = await cache.aggregate('accounts', { rows: ['industry'], measures });
      return groups.map(({ keys, values }) => [...keys, ...values].join());
    };
    assert.deepEqual(await sums(), ['it,5,1']);
    await added(cache, 'accounts', { name: 'A', industry: 'it', employees: 2 });
    await until(() => pages.at(-1) === 'A,B');
    assert.deepEqual(await sums(), ['it,7,2']);
    await cache.apply([update('accounts', first.id as AccountId, { industry: 'food' })]);
    await until(() => pages.at(-1) === 'A');
    assert.deepEqual((await sums()).toSorted(), ['food,5,1', 'it,2,1']);
    await cache.apply([remove('accounts', first.id as AccountId)]);
    assert.deepEqual(await sums(), ['it,2,1']);
    cache.close();
  });
});
