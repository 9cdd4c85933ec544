import { create, update } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { FieldConflict } from '@tessera-crm/model/rules/conflicts.js';
import { added, fiveAccounts, id, names, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profile as openProfile, until } from './testing/profile.ts';

type AccountId = IdOf<'accounts'>;

/** Where two people change it, somebody has to choose. */
const revenue = (amount: number) => ({ amount: `${amount}.00`, currency: 'EUR' });

const profile = () => {
  const indexedDB = { indexedDB: new IDBFactory(), IDBKeyRange };
  return { ...openProfile(indexedDB), indexedDB };
};

describeStore(
  { describe, it },
  {
    name: 'Cache',
    open: async () => {
      const store = await profile().open();
      return { store, close: async () => store.close() };
    },
  },
);

describeStore(
  { describe, it },
  {
    name: 'Cache without IndexedDB',
    open: async () => {
      const store = await profile().open({ indexedDB: null });
      return { store, close: async () => store.close() };
    },
  },
);

describe('Cache offline', () => {
  it('reads what was seen before, also at the next visit', async () => {
    const { remote, open } = profile();
    const first = await open();
    await fiveAccounts(remote);
    const seen = await first.list('accounts', { where: { industry: 'it' }, sort: ['name'] });
    first.close();
    remote.isOnline = false;
    const second = await open();
    const again = await second.list('accounts', { where: { industry: 'it' }, sort: ['name'] });
    assert.deepEqual(again, seen);
    assert.deepEqual(await second.get('accounts', seen.records[0]!.id), seen.records[0]);
    assert.equal(names(await second.list('accounts', { where: { name: { starts: 'z' } } })), 'Zeta');
    assert.deepEqual(await second.aggregate('accounts', { measures: [{ fn: 'count' }] }), [{ keys: [], values: [2] }]);
    await refusal(second.get('accounts', id('accounts')), 'network');
    assert.equal(second.status.current.online, false);
    second.close();
  });

  it('shows a new record as pending, and brings it to the server under the same id', async () => {
    const { server, remote, open } = profile();
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    const made = await added(cache, 'accounts', { name: 'Offline', industry: 'it' });
    const key = made.id as AccountId;
    assert.equal((await cache.get('accounts', key)).name, 'Offline');
    assert.equal(names(await cache.list('accounts', { where: { industry: 'it' } })), 'Offline');
    assert.equal(cache.status.current.pending, 1);
    remote.isOnline = true;
    assert.equal(await cache.flush(), true);
    assert.equal((await server.get('accounts', key)).name, 'Offline');
    assert.equal(cache.status.current.pending, 0);
    cache.close();
  });

  it('asks no server for a record that it has not heard of yet, and follows it once it has', async () => {
    const { server, remote, open } = profile();
    const early: string[] = [];
    const records: SyncDoor['records'] = async (module, known) => {
      const news = await remote.sync.records(module, known);
      early.push(...news.gone);
      return news;
    };
    const cache = await open({ remote: { ...remote, sync: { ...remote.sync, records } } });
    const made = await added(cache, 'accounts', { name: 'Neri' });
    const key = made.id as AccountId;
    const seen: (string | undefined)[] = [];
    const stop = cache.watch('accounts', key, { next: (record) => void seen.push(record?.name) });
    assert.equal((await cache.get('accounts', key)).name, 'Neri');
    await cache.flush();
    await server.apply([update('accounts', key, { name: 'Verdi' })]);
    await until(() => seen.at(-1) === 'Verdi');
    assert.deepEqual(early, []);
    stop();
    cache.close();
  });

  it('puts off and completes a task about a record that is not at hand', async () => {
    const { server, remote, open } = profile();
    const account = await added(server, 'accounts', { name: 'Neri' });
    const made = await added(server, 'tasks', { subject: 'Call', dueDate: '2026-06-16', account: account.id });
    const key = made.id as IdOf<'tasks'>;
    const cache = await open();
    await cache.get('tasks', key);
    remote.isOnline = false;
    await cache.apply([update('tasks', key, { dueDate: '2026-06-17' })]);
    await cache.apply([update('tasks', key, { status: 'completed' })]);
    remote.isOnline = true;
    assert.equal(await cache.flush(), true);
    const { lastActivityAt, nextActivityAt } = await server.get('accounts', account.id as AccountId);
    assert.deepEqual([lastActivityAt !== null, nextActivityAt], [true, null]);
    cache.close();
  });

  it('keeps an edit through the end of the page', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as AccountId;
    const first = await open();
    await first.get('accounts', key);
    remote.isOnline = false;
    await first.apply([update('accounts', key, { employees: 2 }, 1)]);
    first.close();
    const second = await open();
    assert.equal(second.status.current.pending, 1);
    assert.equal((await second.get('accounts', key)).employees, 2);
    remote.isOnline = true;
    await second.flush();
    assert.equal((await server.get('accounts', key)).employees, 2);
    second.close();
  });

  it('sends several edits of one record in order, each on what the one before became', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as AccountId;
    const cache = await open();
    await cache.get('accounts', key);
    remote.isOnline = false;
    for (const employees of [2, 3, 4]) {
      const { version } = await cache.get('accounts', key);
      await cache.apply([update('accounts', key, { employees }, version)]);
    }
    await server.apply([update('accounts', key, { name: 'Bianchi' })]);
    remote.isOnline = true;
    await cache.flush();
    assert.deepEqual(cache.status.current.rejected, []);
    const { name, employees } = await server.get('accounts', key);
    assert.deepEqual([name, employees], ['Bianchi', 4]);
    assert.deepEqual(await cache.get('accounts', key), await server.get('accounts', key));
    cache.close();
  });

  it('links a new record to one that is not at hand', async () => {
    const { server, remote, open } = profile();
    const account = await added(server, 'accounts', { name: 'Far away' });
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', account.id as AccountId), 'network');
    await added(cache, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
    remote.isOnline = true;
    await cache.flush();
    assert.equal(names(await server.list('sites')), 'HQ');
    cache.close();
  });

  it('refuses at once what no server would take', async () => {
    const { remote, open } = profile();
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    await refusal(cache.apply([create('accounts', id('accounts'), { industry: 'nonsense' } as never)]), 'validation');
    assert.equal(cache.status.current.pending, 0);
    cache.close();
  });
});

describe('Cache’s outbox', () => {
  it('is sent by the next visit when the page ended between storing and sending', async () => {
    const { server, remote, open } = profile();
    const first = await open({ remote: { ...remote, sync: { ...remote.sync, push: () => new Promise(() => {}) } } });
    const made = await added(first, 'accounts', { name: 'Stored' });
    first.close();
    const second = await open();
    await second.flush();
    assert.equal((await server.get('accounts', made.id as AccountId)).name, 'Stored');
    second.close();
  });

  it('is carried out once although the answer was lost, by the same key at the next visit too', async () => {
    const { server, remote, open } = profile();
    const first = await open();
    remote.lostAnswers = Infinity;
    await added(first, 'accounts', { name: 'Once' });
    await until(() => remote.arrived.length > 0);
    // the first one may wait for what is under way
    for (let time = 0; time < 2; time++) assert.equal(await first.flush(), false);
    await first.close();
    remote.lostAnswers = 0;
    const before = remote.arrived.length;
    const second = await open();
    assert.equal(await second.flush(), true);
    assert.equal(new Set(remote.arrived).size, 1);
    assert.ok(before >= 2 && remote.arrived.length > before);
    assert.equal((await server.list('accounts')).records.length, 1);
    assert.deepEqual(second.status.current.rejected, []);
    second.close();
  });

  it('goes on after a refusal, which keeps what was typed in and takes it off the screen', async () => {
    const { server, remote, open } = profile();
    const cache = await open();
    remote.refusal = (changes) =>
      'values' in changes[0]! && changes[0].values['name'] === 'Bad'
        ? new CrmError('rule', 'No.', { issues: [{ path: '/name', code: 'bad' }] })
        : undefined;
    const bad = await added(cache, 'accounts', { name: 'Bad' });
    const heard: (string | null)[] = [];
    cache.watch('accounts', bad.id as AccountId, { next: (record) => heard.push(record?.name ?? null) });
    await added(cache, 'accounts', { name: 'Good' });
    await cache.flush();
    assert.equal(names(await server.list('accounts')), 'Good');
    const [rejected] = cache.status.current.rejected;
    assert.equal(rejected?.error.code, 'rule');
    assert.deepEqual(rejected?.changes, [create('accounts', bad.id as AccountId, { name: 'Bad' })]);
    await until(() => heard.at(-1) === null);
    await refusal(cache.get('accounts', bad.id as AccountId), 'not-found');
    cache.close();
    const later = await open();
    assert.equal(later.status.current.rejected.length, 1);
    await later.discard(later.status.current.rejected[0]!);
    later.close();
    const last = await open();
    assert.deepEqual(last.status.current.rejected, []);
    last.close();
  });

  it('keeps both values when somebody else changed the same field meanwhile', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri', annualRevenue: revenue(1) });
    const key = made.id as AccountId;
    const cache = await open();
    await cache.get('accounts', key);
    remote.isOnline = false;
    await cache.apply([update('accounts', key, { annualRevenue: revenue(2) }, 1)]);
    await server.apply([update('accounts', key, { annualRevenue: revenue(3) })]);
    remote.isOnline = true;
    await cache.flush();
    const [rejected] = cache.status.current.rejected;
    const [conflict] = rejected!.error.facts['conflicts'] as readonly FieldConflict[];
    const { field, base, mine, theirs } = conflict!;
    assert.deepEqual([field, base, mine, theirs], ['annualRevenue', revenue(1), revenue(2), revenue(3)]);
    assert.equal((await server.get('accounts', key)).annualRevenue?.amount, '3.00');
    await until(async () => (await cache.get('accounts', key)).annualRevenue?.amount === '3.00');
    cache.close();
  });

  it('says which records wait, and what was refused of them, in all tabs', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri', annualRevenue: revenue(1) });
    const key = made.id as AccountId;
    const [cache, other] = [await open(), await open()];
    await cache.get('accounts', key);
    remote.isOnline = false;
    await cache.apply([update('accounts', key, { annualRevenue: revenue(2) }, 1)]);
    assert.equal(cache.outgoing.isWaiting('accounts', key), true);
    assert.equal(cache.outgoing.isWaiting('accounts', id('accounts')), false);
    await until(() => other.outgoing.isWaiting('accounts', key));
    await server.apply([update('accounts', key, { annualRevenue: revenue(3) })]);
    remote.isOnline = true;
    await cache.flush();
    assert.equal(cache.outgoing.isWaiting('accounts', key), false);
    assert.deepEqual(
      cache.outgoing.refused('accounts', key).map(({ error }) => error.facts.issues),
      [[{ path: '/annualRevenue', code: 'conflict' }]],
    );
    assert.deepEqual(cache.outgoing.refused('accounts', id('accounts')), []);
    await until(() => other.outgoing.refused('accounts').length === 1);
    await cache.outgoing.discard(cache.outgoing.refused('accounts')[0]!);
    assert.deepEqual(cache.outgoing.refused('accounts'), []);
    await until(() => other.outgoing.refused('accounts').length === 0);
    for (const one of [cache, other]) one.close();
  });

  it('writes a refused value over what others made of it, when the person wants it again', async () => {
    const { server, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri', annualRevenue: revenue(1) });
    const key = made.id as AccountId;
    const cache = await open();
    await cache.get('accounts', key);
    remote.isOnline = false;
    await cache.apply([update('accounts', key, { annualRevenue: revenue(2) }, 1)]);
    await server.apply([update('accounts', key, { annualRevenue: revenue(3) })]);
    remote.isOnline = true;
    await cache.flush();
    let count = 0;
    cache.outgoing.subscribe(() => count++);
    await cache.outgoing.again(cache.outgoing.refused('accounts')[0]!);
    assert.equal(await cache.flush(), true);
    assert.equal((await server.get('accounts', key)).annualRevenue?.amount, '2.00');
    assert.deepEqual(cache.outgoing.refused('accounts'), []);
    assert.ok(count > 0);
    cache.close();
  });

  it('shows a change at once and never falls back to the old value while it is on its way', async () => {
    const { server, open } = profile();
    const made = await added(server, 'accounts', { name: 'Old' });
    const key = made.id as AccountId;
    const cache = await open();
    const heard: string[] = [];
    const pages: string[] = [];
    cache.watch('accounts', key, { next: (record) => heard.push(record?.name ?? '') });
    cache.watchList('accounts', {}, { next: (page) => pages.push(names(page)) });
    await until(() => heard.length > 0 && pages.length > 0);
    await cache.apply([update('accounts', key, { name: 'New' })]);
    await until(() => heard.at(-1) === 'New');
    await cache.flush();
    await server.apply([update('accounts', key, { employees: 5 })]);
    await until(async () => (await cache.get('accounts', key)).employees === 5);
    for (const names of [heard, pages]) assert.deepEqual([...new Set(names)], ['Old', 'New']);
    assert.equal(heard.lastIndexOf('Old'), 0);
    cache.close();
  });

  it('shows a change before it is stored, and says that it waits when it is', async () => {
    const { open } = profile();
    const cache = await open();
    const account = (await added(cache, 'accounts', { name: 'Old' })).id as AccountId;
    await cache.flush();
    const waiting: number[] = [];
    cache.watch('accounts', account, {
      next: (record) => record?.name === 'New' && waiting.push(cache.status.current.pending),
    });
    await cache.apply([update('accounts', account, { name: 'New' })]);
    assert.equal(cache.status.current.pending, 1);
    assert.equal(waiting[0], 0);
    await cache.close();
  });
});

describe('Cache in two tabs', () => {
  it('shows both what one of them changed, and one of them sends it', async () => {
    const { server, remote, open } = profile();
    const [one, other] = await Promise.all([open(), open()]);
    const heard: string[] = [];
    other.watchList('accounts', {}, { next: (page) => heard.push(names(page)) });
    await until(() => heard.length > 0);
    remote.isOnline = false;
    const made = await added(one, 'accounts', { name: 'From one' });
    await until(() => heard.at(-1) === 'From one');
    assert.equal(other.status.current.pending, 1);
    remote.isOnline = true;
    assert.equal(await other.flush(), true);
    await until(() => one.status.current.pending === 0);
    assert.equal((await server.get('accounts', made.id as AccountId)).name, 'From one');
    one.close();
    other.close();
  });

  it('sends by the second tab when the first is gone', async () => {
    const { server, remote, open } = profile();
    const one = await open();
    const other = await open();
    remote.isOnline = false;
    await added(one, 'accounts', { name: 'Left behind' });
    one.close();
    remote.isOnline = true;
    await until(async () => (await other.flush()) && names(await server.list('accounts')) === 'Left behind');
    assert.equal(names(await server.list('accounts')), 'Left behind');
    other.close();
  });

  it('sends what is stored although a tab was first that stores nothing', async () => {
    const { server, open } = profile();
    const first = await open({ indexedDB: null });
    await first.list('accounts');
    const other = await open();
    await added(other, 'accounts', { name: 'Stored' });
    assert.equal(await other.flush(), true);
    await added(first, 'accounts', { name: 'Held' });
    assert.equal(await first.flush(), true);
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Held,Stored');
    await Promise.all([first.close(), other.close()]);
  });

  it('wipes for both, and leaves nothing', async () => {
    const { remote, open } = profile();
    const [one, other] = await Promise.all([open(), open()]);
    await fiveAccounts(remote);
    await one.list('accounts');
    await one.wipe();
    other.close();
    remote.isOnline = false;
    const later = await open();
    await refusal(later.get('accounts', id('accounts')), 'network');
    assert.deepEqual((await later.list('accounts')).records, []);
    later.close();
  });
});

describe('A cache that somebody leaves', () => {
  /** One account that waits, in a profile that was emptied of everything else. */
  const left = async () => {
    const given = profile();
    const cache = await given.open();
    await fiveAccounts(given.remote);
    await cache.list('accounts');
    given.remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Unsent' });
    return { ...given, cache };
  };

  it('keeps what is unsent for the next visit, which sends it once, and nothing else', async () => {
    const { server, remote, open, cache, indexedDB } = await left();
    await cache.wipe({ keepUnsent: true });
    assert.equal((await indexedDB.indexedDB.databases()).length, 1);
    const later = await open();
    assert.deepEqual([later.status.current.pending, names(await later.list('accounts'))], [1, 'Unsent']);
    remote.isOnline = true;
    await until(() => later.flush());
    assert.match(names(await server.list('accounts')), /Unsent/);
    assert.equal(remote.arrived.length, 1);
    await later.close();
  });

  it('keeps nothing unless asked to', async () => {
    const { cache, indexedDB } = await left();
    await cache.wipe();
    assert.deepEqual(await indexedDB.indexedDB.databases(), []);
  });

  it('is closed in other tabs, which are told why', async () => {
    const { open, cache, indexedDB } = await left();
    const other = await open();
    await cache.wipe({ keepUnsent: true });
    await until(() => other.closed.aborted);
    assert.deepEqual((other.closed.reason as CrmError).facts, { reason: 'wiped' });
    assert.equal(isCrmError(cache.closed.reason), false);
    assert.equal((await indexedDB.indexedDB.databases()).length, 1);
  });
});

describe('Cache without storage', () => {
  const broken: Readonly<Record<string, unknown>> = {
    'throws when touched': {
      open() {
        throw new DOMException('denied', 'SecurityError');
      },
    },
    'fails to open': {
      open() {
        const request: { error?: unknown; onerror?: (event: unknown) => void } = {};
        setTimeout(() => {
          request.error = new DOMException('Internal error opening backing store', 'UnknownError');
          request.onerror?.({ target: request, preventDefault() {}, stopPropagation() {} });
        });
        return request;
      },
    },
    'is not there': undefined,
  };
  for (const [title, indexedDB] of Object.entries(broken)) {
    it(`works from memory when IndexedDB ${title}, and says so`, async () => {
      const { server, open } = profile();
      const cache = await open({ indexedDB: { indexedDB: indexedDB as IDBFactory, IDBKeyRange } });
      assert.equal(cache.status.current.storage, 'memory');
      const made = await added(cache, 'accounts', { name: 'In memory' });
      assert.equal((await cache.get('accounts', made.id as AccountId)).name, 'In memory');
      await cache.flush();
      assert.equal((await server.get('accounts', made.id as AccountId)).name, 'In memory');
      cache.close();
    });
  }

  it('lets the page go on while somebody makes one change after the other', async () => {
    const { open } = profile();
    const cache = await open({ indexedDB: null });
    const made = await added(cache, 'accounts', { name: 'Counted' });
    let turns = 0;
    const counting = setInterval(() => turns++);
    const end = performance.now() + 200;
    for (let employees = 1; performance.now() < end; employees++)
      await cache.apply([update('accounts', made.id as AccountId, { employees })]);
    clearInterval(counting);
    assert.notEqual(turns, 0);
    await cache.close();
  });

  it('works from memory where locks and channels are refused as well', async () => {
    const { server, open } = profile();
    const { BroadcastChannel } = globalThis;
    globalThis.BroadcastChannel = class {
      constructor() {
        throw new DOMException('denied', 'SecurityError');
      }
    } as unknown as typeof BroadcastChannel;
    const locks = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) };
    const cache = await open({ indexedDB: null, locks: locks as unknown as LockManager }).finally(() => {
      globalThis.BroadcastChannel = BroadcastChannel;
    });
    const made = await added(cache, 'accounts', { name: 'Alone' });
    await until(() => cache.flush());
    assert.equal((await server.get('accounts', made.id as AccountId)).name, 'Alone');
    cache.close();
  });

  it('gives up a database that takes nothing more, says why once, and loses nothing that waits', async () => {
    const { server, remote, open, indexedDB } = profile();
    await added(server, 'accounts', { name: 'There' });
    const cache = await open();
    const troubles: (string | undefined)[] = [];
    cache.status.subscribe(({ trouble }) => void (trouble && troubles.push(trouble.code)));
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    await added(cache, 'accounts', { name: 'Before' });
    const letGo = fill();
    remote.isOnline = true;
    await cache.list('accounts');
    await until(() => cache.status.current.storage === 'memory');
    await added(cache, 'accounts', { name: 'After' });
    await until(() => cache.flush());
    letGo();
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before,There');
    assert.equal(new Set(troubles).size, 1);
    assert.equal(cache.status.current.trouble?.code, 'quota-exceeded');
    await cache.wipe();
    assert.deepEqual(await indexedDB.indexedDB.databases(), []);
  });

  it('leaves it to other tabs to send what is stored when its own database is given up', async () => {
    const { server, remote, open } = profile();
    const [first, other] = [await open(), await open()];
    await first.list('accounts');
    remote.isOnline = false;
    await refusal(first.get('accounts', id('accounts')), 'network');
    const letGo = fill();
    await added(first, 'accounts', { name: 'Held' });
    letGo();
    assert.equal(first.status.current.storage, 'memory');
    await added(other, 'accounts', { name: 'Stored' });
    remote.isOnline = true;
    assert.equal(await other.flush(), true);
    assert.equal(await first.flush(), true);
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Held,Stored');
    await Promise.all([first.close(), other.close()]);
  });

  it('sends nothing twice that other tabs send as well from a database that it has given up', async () => {
    const { server, remote, open } = profile();
    const [first, other] = [await open(), await open()];
    await first.list('accounts');
    remote.isOnline = false;
    await refusal(first.get('accounts', id('accounts')), 'network');
    await added(first, 'accounts', { name: 'Before' });
    await until(() => other.status.current.pending === 1);
    const letGo = fill();
    await added(first, 'accounts', { name: 'Held' });
    letGo();
    await added(other, 'accounts', { name: 'Stored' });
    remote.isOnline = true;
    assert.equal(await other.flush(), true);
    await until(() => first.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'Before,Held,Stored');
    await Promise.all([first.close(), other.close()]);
  });

  it('goes on in memory when the database breaks later, and loses nothing that waits', async () => {
    const { server, remote, open, indexedDB } = profile();
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    await added(cache, 'accounts', { name: 'Before' });
    for (const { name } of await indexedDB.indexedDB.databases()) indexedDB.indexedDB.deleteDatabase(name!);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await added(cache, 'accounts', { name: 'After' });
    remote.isOnline = true;
    await until(() => cache.flush());
    assert.deepEqual(names(await server.list('accounts', { sort: ['name'] })), 'After,Before');
    cache.close();
  });
});

/** A disk without room: whatever is written is refused, and its transaction ends. @returns How to make room. */
const fill = (): (() => void) => {
  const { put, add } = IDBObjectStore.prototype;
  const refuse = (): never => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
  return () => void Object.assign(IDBObjectStore.prototype, { put, add });
};
