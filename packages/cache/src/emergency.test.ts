import { update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import type { CacheOptions } from './create-cache.ts';
import { faultyRemote } from './testing/faulty-remote.ts';
import { breakable, full } from './testing/kept-notes.ts';
import { profile as openProfile, until } from './testing/profile.ts';
import { textStorage } from './testing/text-storage.ts';

type AccountId = IdOf<'accounts'>;

const { breakIn, repair } = breakable(IDBObjectStore.prototype);

const profile = () => {
  const indexedDB = { indexedDB: new IDBFactory(), IDBKeyRange };
  const localStorage = textStorage();
  const { open, ...rest } = openProfile(indexedDB);
  const texts = localStorage;
  return { ...rest, indexedDB, texts, open: (options?: Partial<CacheOptions>) => open({ localStorage, ...options }) };
};

/** The disk is full: databases take nothing any more, and `localStorage` still does. */
const fill = (): void => breakIn('', full());

const edit = (cache: Cache, id: string, values: Record<string, unknown>) =>
  cache.apply([update('accounts', id as AccountId, values)]);

describe('a change that no database takes', () => {
  afterEach(repair);

  it('has a person told why, where the disk was full before there was a database', async () => {
    const { remote, open } = profile();
    remote.isOnline = false;
    fill();
    const cache = await open();
    await added(cache, 'accounts', { name: 'Kept' });
    const { storage, trouble } = cache.status.current;
    assert.deepEqual([storage, trouble?.code], ['localstorage', 'quota-exceeded']);
    await cache.close();
  });

  it('outlives the page, is shown by the next one and sent once, and the person is told', async () => {
    const { server, remote, texts, open } = profile();
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    await added(first, 'accounts', { name: 'Before' });
    fill();
    const { id } = await added(first, 'accounts', { name: 'After' });
    await edit(first, id, { employees: 3 });
    const { storage, trouble, pending } = first.status.current;
    assert.deepEqual([storage, trouble?.code, pending], ['localstorage', 'quota-exceeded', 3]);
    assert.equal(first.outgoing.state.storage, 'localstorage');
    await first.close();
    repair();
    const second = await open();
    assert.equal(second.status.current.storage, 'indexeddb');
    assert.equal(names(await second.list('accounts', { sort: ['name'] })), 'After,Before');
    assert.deepEqual([...texts.all], []);
    assert.equal(second.status.current.pending, 3);
    remote.isOnline = true;
    await until(() => second.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before');
    assert.equal((await server.get('accounts', id as AccountId)).employees, 3);
    assert.equal(new Set(remote.arrived).size, 3);
    assert.deepEqual(second.status.current.rejected, []);
    await second.close();
  });

  it('comes after what the database holds, and before what it takes later', async () => {
    const { server, remote, open } = profile();
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    const { id } = await added(first, 'accounts', { name: 'Neri', employees: 1 });
    fill();
    await edit(first, id, { employees: 2 });
    await first.close();
    repair();
    const second = await open();
    await edit(second, id, { employees: 3 });
    remote.isOnline = true;
    await until(() => second.flush());
    assert.equal((await server.get('accounts', id as AccountId)).employees, 3);
    assert.deepEqual(second.status.current.rejected, []);
    await second.close();
  });

  it('is carried out once though the answer was lost, and `localStorage` came back as it had been', async () => {
    const { server, remote, texts, open } = profile();
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    fill();
    await added(first, 'accounts', { name: 'Once' });
    await added(first, 'accounts', { name: 'Once too' });
    const before = new Map(texts.all);
    remote.lostAnswers = 1;
    remote.isOnline = true;
    await first.flush();
    await until(() => first.flush());
    assert.deepEqual([...texts.all], []);
    await first.close();
    // the browser was killed before it wrote to the disk what had left
    for (const [name, text] of before) texts.setItem(name, text);
    repair();
    const second = await open();
    await until(() => second.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Once,Once too');
    assert.equal(new Set(remote.arrived).size, 2);
    assert.deepEqual([second.status.current.pending, second.status.current.rejected], [0, []]);
    await second.close();
  });

  it('of several tabs is neither lost nor doubled, whoever comes back first', async () => {
    const { server, remote, texts, open } = profile();
    const tabs = [await open(), await open()] as const;
    for (const tab of tabs) await tab.list('accounts');
    remote.isOnline = false;
    await added(tabs[0], 'accounts', { name: 'Before' });
    await until(() => tabs[1].status.current.pending === 1);
    fill();
    await added(tabs[0], 'accounts', { name: 'One' });
    await added(tabs[1], 'accounts', { name: 'Other' });
    assert.deepEqual(
      tabs.map((tab) => tab.status.current.storage),
      ['localstorage', 'localstorage'],
    );
    repair();
    // while one of them goes on, and sends for itself
    await tabs[1].close();
    const later = await Promise.all([open(), open()]);
    await until(() => texts.all.size === 0);
    await added(tabs[0], 'accounts', { name: 'One more' });
    remote.isOnline = true;
    await until(async () => (await Promise.all([tabs[0], ...later].map((tab) => tab.flush()))).every(Boolean));
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Before,One,One more,Other');
    assert.equal(new Set(remote.arrived).size, 4);
    for (const tab of [tabs[0], ...later]) {
      assert.deepEqual(tab.status.current.rejected, []);
      await tab.close();
    }
    assert.deepEqual([...texts.all], []);
  });

  it('does not have sent again what another tab sent as well, and counted on', async () => {
    const { server, remote, open } = profile();
    const away = faultyRemote(server);
    const [first, other] = [await open({ remote: away }), await open()];
    for (const tab of [first, other]) await tab.list('accounts');
    away.isOnline = remote.isOnline = false;
    await added(first, 'accounts', { name: 'Before' });
    await until(() => other.status.current.pending === 1);
    fill();
    await added(first, 'accounts', { name: 'Emergency' });
    repair();
    await added(other, 'accounts', { name: 'After' });
    remote.isOnline = true;
    await until(() => other.flush());
    away.isOnline = true;
    await until(() => first.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before,Emergency');
    assert.equal(new Set([...remote.arrived, ...away.arrived]).size, 3);
    assert.deepEqual(first.status.current.rejected, []);
    await Promise.all([first.close(), other.close()]);
  });

  it('keeps what the server refused of it, until that is settled', async () => {
    const { remote, texts, open } = profile();
    const first = await open();
    await first.list('accounts');
    fill();
    remote.refusal = () => new CrmError('rule', 'No.');
    await added(first, 'accounts', { name: 'Refused' });
    await until(() => first.status.current.rejected.length === 1);
    await first.close();
    repair();
    const second = await open();
    await until(() => texts.all.size === 0 && second.status.current.rejected.length > 0);
    const [refused] = second.status.current.rejected;
    assert.deepEqual([refused?.error.code, second.status.current.pending], ['rule', 0]);
    await second.discard(refused!);
    await second.close();
    const third = await open();
    assert.deepEqual(third.status.current.rejected, []);
    await third.close();
  });

  it('is settled elsewhere when the database does not take even that it was carried out', async () => {
    const { server, remote, open } = profile();
    const cache = await open();
    await cache.list('accounts');
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Neri' });
    const { delete: remove } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.delete = () => {
      throw new DOMException('Internal error.', 'UnknownError');
    };
    breakIn('outbox', new DOMException('Internal error.', 'UnknownError'));
    remote.isOnline = true;
    await until(() => cache.flush());
    IDBObjectStore.prototype.delete = remove;
    const { storage, trouble, pending } = cache.status.current;
    assert.deepEqual([storage, trouble?.code, pending], ['localstorage', 'storage-unavailable', 0]);
    repair();
    const next = await open();
    await until(() => next.flush());
    assert.equal(names(await server.list('accounts')), 'Neri');
    assert.equal(new Set(remote.arrived).size, 1);
    await Promise.all([cache.close(), next.close()]);
  });

  it('waits there for a next visit that has no database either', async () => {
    const { server, remote, texts, open } = profile();
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    fill();
    await added(first, 'accounts', { name: 'Neri' });
    await first.close();
    for (const options of [{}, { indexedDB: { indexedDB: {} as IDBFactory, IDBKeyRange } }]) {
      const next = await open(options);
      await until(() => next.status.current.pending === 1);
      assert.equal(next.status.current.storage, 'localstorage');
      assert.equal(names(await next.list('accounts')), 'Neri');
      await next.close();
      assert.equal(texts.all.size, 1);
    }
    remote.isOnline = true;
    const last = await open();
    await until(() => last.flush());
    assert.equal(names(await server.list('accounts')), 'Neri');
    assert.deepEqual([...texts.all], []);
    await last.close();
  });

  it('ends with the page where `localStorage` takes nothing either, and is safe again once it does', async () => {
    const { remote, texts, open } = profile();
    const cache = await open();
    await cache.list('accounts');
    remote.isOnline = false;
    fill();
    texts.room = 10;
    await added(cache, 'accounts', { name: 'Neri' });
    assert.equal(cache.status.current.storage, 'memory');
    texts.room = 5_000_000;
    await added(cache, 'accounts', { name: 'Bianchi' });
    assert.equal(cache.status.current.storage, 'localstorage');
    assert.equal(texts.all.size, 2);
    await cache.close();
  });

  for (const where of ['the same tab', 'another tab', 'a later visit'])
    it(`is gone when everything is wiped in ${where}, also if it is being made`, async () => {
      const { remote, texts, open, indexedDB } = profile();
      const [cache, other] = [await open(), await open()];
      await cache.list('accounts');
      remote.isOnline = false;
      fill();
      await added(cache, 'accounts', { name: 'Neri' });
      assert.equal(texts.all.size, 1);
      if (where === 'a later visit') await cache.close();
      const late = where === 'another tab' ? added(cache, 'accounts', { name: 'Late' }) : undefined;
      await (where === 'the same tab' ? cache : other).wipe();
      await late?.catch(() => {});
      await until(() => texts.all.size === 0);
      repair();
      const next = await open();
      assert.equal(next.status.current.pending, 0);
      await next.wipe();
      assert.deepEqual(await indexedDB.indexedDB.databases(), []);
      await Promise.all([cache.close(), other.close()]);
      assert.deepEqual([...texts.all], []);
    });
});

describe('a change that no database takes, of somebody who signs out and wants it kept', () => {
  afterEach(repair);

  for (const where of ['the same tab', 'another tab'])
    it(`waits for the next visit: ${where}`, async () => {
      const { server, remote, texts, open } = profile();
      const [cache, other] = [await open(), await open()];
      await cache.list('accounts');
      remote.isOnline = false;
      await added(cache, 'accounts', { name: 'Before' });
      fill();
      await added(cache, 'accounts', { name: 'Neri' });
      await (where === 'the same tab' ? cache : other).wipe({ keepUnsent: true });
      await until(() => cache.closed.aborted && other.closed.aborted);
      assert.ok(texts.all.size > 0);
      repair();
      remote.isOnline = true;
      const next = await open();
      await until(() => next.flush());
      assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Before,Neri');
      assert.equal(new Set(remote.arrived).size, 2);
      await next.close();
    });
});

describe('a page whose site’s data are cleared', () => {
  const clear = async ({ indexedDB }: { readonly indexedDB: IDBFactory }): Promise<void> => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('sends once what was under way, and what it had not sent, before what comes then', async () => {
    const { server, remote, open, indexedDB } = profile();
    const cache = await open();
    await cache.list('accounts');
    remote.lostAnswers = Infinity;
    const { id } = await added(cache, 'accounts', { name: 'Under way' });
    await until(() => remote.arrived.length > 0);
    remote.isOnline = false;
    await edit(cache, id, { employees: 2 });
    await clear(indexedDB);
    await edit(cache, id, { employees: 3 });
    Object.assign(remote, { isOnline: true, lostAnswers: 0 });
    await until(() => cache.flush());
    assert.deepEqual(cache.status.current.rejected, []);
    assert.equal(new Set(remote.arrived).size, 3);
    assert.equal((await server.get('accounts', id as AccountId)).employees, 3);
    await cache.close();
  });

  it('loses nothing when it looks what is stored before anybody changes anything', async () => {
    const { server, remote, open, indexedDB } = profile();
    const [cache, other] = [await open(), await open()];
    for (const tab of [cache, other]) await tab.list('accounts');
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Before' });
    await until(() => other.status.current.pending === 1);
    await clear(indexedDB);
    await added(other, 'accounts', { name: 'After' });
    await until(() => cache.status.current.pending === 2);
    await Promise.all([cache.close(), other.close()]);
    remote.isOnline = true;
    const next = await open();
    await until(() => next.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before');
    assert.equal(new Set(remote.arrived).size, 2);
    await next.close();
  });
});
