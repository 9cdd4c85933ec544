import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { profile as openProfile, until } from './testing/profile.ts';

class FakeDocument extends EventTarget {
  readonly visibilityState = 'visible';
}

const query = { sort: ['name'], limit: 2, include: ['parent'] } as const;

/** A profile that has seen accounts and a page of them, at the next visit, without network. */
const secondVisit = async () => {
  const { remote, open } = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
  const parent = await added(remote, 'accounts', { name: 'Zeta' });
  const child = await added(remote, 'accounts', { name: 'Alfa', parent: parent.id });
  for (let n = 0; n < 300; n++) await added(remote, 'accounts', { name: `M${n}` });
  const first = await open();
  await first.list('accounts', query);
  await first.list('accounts', { limit: 200 });
  await first.list('accounts', { where: { name: { starts: 'M' } }, limit: 200 });
  await first.close();
  remote.isOnline = false;
  return { open, child, remote };
};

const shown = (cache: Cache): string[] => {
  const pages: string[] = [];
  const told = ({ records, included }: Page<AnyRecord>): void => {
    const accounts = (included as { readonly accounts?: Readonly<Record<string, AnyRecord>> } | undefined)?.accounts;
    const parents = records.flatMap(({ parent }) => accounts?.[String(parent)] ?? []);
    pages.push(`${names({ records })} of ${names({ records: parents })}`);
  };
  cache.watchList('accounts', query, { next: (page) => told(page as never) });
  return pages;
};

describe('the first look at the next visit', () => {
  it('shows a page, what came along with it, and a record, before all that is kept of them was read', async (context) => {
    const { open, child } = await secondVisit();
    const cache = await open();
    const reading = Promise.withResolvers<void>();
    const records = IndexedDbStorage.prototype.records;
    context.mock.method(IndexedDbStorage.prototype, 'records', async function (this: IndexedDbStorage, module: string) {
      await reading.promise;
      return records.call(this, module);
    });
    const pages = shown(cache);
    await until(() => pages.length > 0);
    assert.deepEqual(pages, ['Alfa,M0 of Zeta']);
    const one: unknown[] = [];
    cache.watch('accounts', child.id as IdOf<'accounts'>, { next: (record) => one.push(record?.['name']) });
    await until(() => one.length > 0);
    assert.equal((await cache.get('accounts', child.id as IdOf<'accounts'>))['name'], 'Alfa');
    reading.resolve();
    await cache.list('accounts', { where: { name: { starts: 'M' } }, limit: 200 });
    assert.deepEqual([pages, one], [['Alfa,M0 of Zeta'], ['Alfa']]);
    await cache.close();
  });

  it('reads the rest when a page that somebody looks at was painted', async (context) => {
    const { open } = await secondVisit();
    const frames: (() => void)[] = [];
    const page = { document: new FakeDocument(), requestAnimationFrame: (next: () => void) => frames.push(next) };
    Object.assign(globalThis, page);
    context.after(() => Object.keys(page).forEach((key) => Reflect.deleteProperty(globalThis, key)));
    const reads = context.mock.method(IndexedDbStorage.prototype, 'records').mock;
    const cache = await open();
    const pages = shown(cache);
    await until(() => frames.length > 0);
    assert.deepEqual([pages, reads.callCount()], [['Alfa,M0 of Zeta'], 0]);
    frames[0]!();
    await until(() => reads.callCount() > 0);
    await cache.close();
  });

  it('shows a page whose records had come in bulk before', async (context) => {
    const { remote, open } = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
    for (let n = 0; n < 300; n++) await added(remote, 'accounts', { name: `M${n}` });
    const first = await open({ pins: [{ module: 'accounts' }] });
    await until(() => first.status.current.pinned === 'whole');
    await first.list('accounts', query);
    await first.close();
    remote.isOnline = false;
    context.mock.method(IndexedDbStorage.prototype, 'records', () => new Promise(() => {}));
    const cache = await open();
    const pages = shown(cache);
    await until(() => pages.length > 0);
    assert.deepEqual(pages, ['M0,M1 of ']);
    await cache.close();
  });

  it('has what waits to be sent on it', async () => {
    const { open, child } = await secondVisit();
    const offline = await open();
    await offline.apply([{ op: 'update', module: 'accounts', id: child.id, values: { name: 'Beta' } } as never]);
    await offline.close();
    const cache = await open();
    const pages = shown(cache);
    await until(() => pages.length > 0);
    assert.deepEqual(pages, ['Beta,M0 of Zeta']);
    await cache.close();
  });
});

describe('Cache offline', () => {
  it('finds records by those that they link to, without a page of an earlier visit', async () => {
    const { remote, open } = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
    const account = await added(remote, 'accounts', { name: 'Zeta', industry: 'it' });
    await added(remote, 'contacts', { name: { last: 'Neri' }, primaryAccount: account.id });
    const first = await open();
    await first.list('contacts', {});
    await first.list('accounts', {});
    await first.close();
    remote.isOnline = false;
    const second = await open();
    const where = { primaryAccount: { has: { industry: 'it' } } } as const;
    const groups = await second.aggregate('contacts', { where, measures: [{ fn: 'count' }] });
    assert.deepEqual(groups, [{ keys: [], values: [1] }]);
    await second.close();
    const third = await open();
    assert.equal((await third.list('contacts', { where })).records.length, 1);
    await third.close();
  });
});
