import { create, remove, update, type Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { FollowOptions, KnownVersions } from '@tessera-crm/model/sync-door.js';
import { added, fiveAccounts, id, names, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { profile as openProfile, until } from './testing/profile.ts';

type AccountId = IdOf<'accounts'>;

/** A profile, and what was asked of its server. */
const profile = () => {
  const given = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
  const asked: string[] = [];
  const { sync } = given.remote;
  const noted = {
    ...sync,
    query: (...args: Parameters<typeof sync.query>) => (asked.push(`query ${args[0]}`), sync.query(...args)),
    records: (module: string, known: KnownVersions) => {
      asked.push(`records ${known.map(([one, version]) => `${one} ${version}`).join()}`);
      return sync.records(module, known);
    },
    verify: (...args: Parameters<typeof sync.verify>) => (asked.push('verify'), sync.verify(...args)),
    async *follow(options: FollowOptions) {
      for await (const event of sync.follow(options)) {
        if (event.type === 'reset' || event.type === 'open') asked.push(event.type);
        yield event;
      }
    },
  };
  return { ...given, asked, remote: Object.assign(given.remote, { sync: noted }) };
};

const watched = (cache: Cache, query = {}) => {
  const pages: string[] = [];
  const stop = cache.watchList('accounts', { sort: ['name'], ...query }, { next: (page) => pages.push(names(page)) });
  return { pages, stop };
};

/** Waits until the feed flows, and what nobody could know before was asked. */
const inStep = async (asked: readonly string[]): Promise<void> => {
  await until(() => asked.includes('open'));
  for (let before = -1; before !== asked.length; await new Promise((resolve) => setTimeout(resolve, 100)))
    before = asked.length;
};

const refusing =
  (name: string) =>
  (changes: readonly Change[]): CrmError | undefined =>
    changes.some((change) => 'values' in change && change.values['name'] === name)
      ? new CrmError('rule', 'No.', {})
      : undefined;

describe('A cache that follows its server', () => {
  it('fetches what others change of what is here, and asks for no page again', async () => {
    const { server, asked, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const cache = await open();
    const { pages } = watched(cache);
    await until(() => pages.at(-1) === 'Neri');
    await inStep(asked);
    asked.length = 0;
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await until(() => pages.at(-1) === 'Bianchi');
    assert.deepEqual(asked, [`records ${made.id} 1`]);
    await server.apply([remove('accounts', made.id as AccountId)]);
    await until(() => pages.at(-1) === '');
    await cache.close();
  });

  it('hears of what it does not know, and asks for the page', async () => {
    const { server, open } = profile();
    const cache = await open();
    const { pages } = watched(cache);
    await until(() => pages.length > 0);
    await added(server, 'accounts', { name: 'Neri' });
    await until(() => pages.at(-1) === 'Neri');
    await cache.close();
  });

  it('learns at the next visit what happened meanwhile, of modules that were not looked at too', async () => {
    const { server, asked, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const task = await added(server, 'tasks', { subject: 'Call', dueDate: '2026-06-16' });
    const first = await open();
    await first.list('accounts');
    await first.list('tasks');
    await first.close();
    await server.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await server.apply([update('tasks', task.id as IdOf<'tasks'>, { subject: 'Write' })]);
    const second = await open();
    const { pages } = watched(second);
    await until(() => pages.at(-1) === 'Bianchi');
    await second.close();
    const third = await open();
    asked.length = 0;
    const heard: (string | undefined)[] = [];
    third.watch('tasks', task.id as IdOf<'tasks'>, { next: (record) => heard.push(record?.subject) });
    await until(() => heard.at(-1) === 'Write');
    await third.close();
  });

  it('R4: shows nothing that is not for these eyes any more, and again what is', async () => {
    const { server, sync, open } = profile();
    for (const name of ['Bianchi', 'Neri']) await added(server, 'accounts', { name });
    const cache = await open();
    const { pages } = watched(cache);
    await until(() => pages.at(-1) === 'Bianchi,Neri');
    sync.setSight((_module, record) => record['name'] !== 'Neri');
    await until(() => pages.at(-1) === 'Bianchi');
    assert.equal(names(await cache.list('accounts', { sort: ['name'] })), 'Bianchi');
    sync.setSight(null);
    await until(() => pages.at(-1) === 'Bianchi,Neri');
    await cache.close();
  });

  it('R4: learns at the next visit that rights have shrunk, before it shows anything that was asked for', async () => {
    const { server, sync, remote, open } = profile();
    for (const name of ['Bianchi', 'Neri']) await added(server, 'accounts', { name });
    const first = await open();
    await first.list('accounts', { sort: ['name'] });
    await first.close();
    sync.setSight((_module, record) => record['name'] !== 'Neri');
    const second = await open();
    assert.equal(names(await second.list('accounts', { sort: ['name'] })), 'Bianchi');
    remote.isOnline = false;
    assert.equal(names(await second.list('accounts', { where: { name: { starts: 'N' } } })), '');
    await second.close();
  });

  it('R9: begins anew where too much was missed, and sends what waited', async () => {
    const { server, sync, remote, asked, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const gone = await added(server, 'accounts', { name: 'Verdi' });
    const first = await open();
    await first.list('accounts');
    remote.isOnline = false;
    await first.apply([update('accounts', made.id as AccountId, { name: 'Bianchi' })]);
    await first.close();
    await server.apply([remove('accounts', gone.id as AccountId)]);
    sync.forget();
    remote.isOnline = true;
    const second = await open();
    const { pages } = watched(second);
    const hasAskedAnew = () => asked.includes('reset') && asked.lastIndexOf('query accounts') > asked.indexOf('reset');
    await until(() => hasAskedAnew() && pages.at(-1) === 'Bianchi');
    await second.flush();
    remote.isOnline = false;
    assert.equal(
      names(await second.list('accounts', { where: { name: { empty: false } }, sort: ['name'] })),
      'Bianchi',
    );
    assert.equal((await server.get('accounts', made.id as AccountId)).name, 'Bianchi');
    await second.close();
  });
});

describe('A cache that sends what was changed', () => {
  it('R10: sends much in few pushes, each change once', async () => {
    const { server, remote, open } = profile();
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    for (let n = 0; n < 60; n++) await added(cache, 'accounts', { name: `Account ${n}` });
    remote.isOnline = true;
    assert.equal(await cache.flush(), true);
    assert.equal((await server.list('accounts', { limit: 200 })).records.length, 60);
    assert.equal(new Set(remote.arrived).size, remote.arrived.length);
    await cache.close();
  });

  it('R12: lays aside with what is refused what needs it, and goes on', async () => {
    const { server, remote, open } = profile();
    const cache = await open();
    remote.isOnline = false;
    await refusal(cache.get('accounts', id('accounts')), 'network');
    remote.refusal = refusing('Bad');
    const bad = await added(cache, 'accounts', { name: 'Bad' });
    await added(cache, 'sites', { account: bad.id, name: 'HQ', address: { city: 'Milano' } });
    await cache.apply([update('accounts', bad.id as AccountId, { employees: 5 })]);
    await added(cache, 'accounts', { name: 'Good' });
    remote.isOnline = true;
    await until(() => cache.flush());
    assert.equal(names(await server.list('accounts')), 'Good');
    assert.equal((await server.list('sites')).records.length, 0);
    const { rejected } = cache.status.current;
    assert.deepEqual(
      rejected.map(({ error: { code, facts } }) => [code, facts['because']]),
      [
        ['rule', undefined],
        ['not-found', rejected[0]!.n],
        ['not-found', rejected[0]!.n],
      ],
    );
    assert.deepEqual(
      rejected[1]?.changes.map(({ op, module }) => [op, module]),
      [['create', 'sites']],
    );
    assert.equal(cache.status.current.pending, 0);
    await cache.close();
  });

  it('R14: meets what others did, also where it looked at changes that had not been sent', async () => {
    const { server, remote, open } = profile();
    const { id: key } = await added(server, 'accounts', { name: 'Acme', tags: ['a'] });
    const account = key as IdOf<'accounts'>;
    const cache = await open();
    await cache.get('accounts', account);
    remote.isOnline = false;
    for (const employees of [1, 2]) await cache.apply([update('accounts', account, { employees })]);
    // as a form does that somebody opens now
    const { version, tags } = await cache.get('accounts', account);
    await server.apply([update('accounts', account, { tags: ['a', 'b'] })]);
    remote.isOnline = true;
    await until(() => cache.flush());
    await refusal(cache.apply([update('accounts', account, { tags: [...tags!, 'c'] }, version)]), 'conflict');
    assert.deepEqual((await server.get('accounts', account)).tags, ['a', 'b']);
    await cache.close();
  });

  const euros = (amount: string) => ({ amount, currency: 'EUR' });

  /** An account of which the server told what it made of a change and of somebody else's, and not yet that it did. */
  const merged = async () => {
    const { server, remote, open } = profile();
    const { id: key } = await added(server, 'accounts', { name: 'Acme', description: 'first' });
    const account = key as IdOf<'accounts'>;
    const cache = await open();
    await cache.get('accounts', account);
    remote.isOnline = false;
    await cache.apply([update('accounts', account, { description: 'mine\nfirst' }, 1)]);
    await server.apply([update('accounts', account, { description: 'first\ntheirs', creditLimit: euros('7.00') }, 1)]);
    remote.lostAnswers = Infinity;
    remote.isOnline = true;
    await until(async () => (await cache.get('accounts', account)).version > 3);
    const seen = await cache.get('accounts', account);
    assert.equal(seen.description, 'mine\nfirst');
    const again = update('accounts', account, { description: `more\n${seen.description}` }, seen.version);
    const read = async () => (await server.get('accounts', account)) as typeof seen;
    return { remote, cache, seen, again, read };
  };

  it('R14: keeps what others did to a field below a change that waits', async () => {
    const { remote, cache, again, read } = await merged();
    await cache.apply([again]);
    remote.lostAnswers = 0;
    await until(() => cache.flush());
    assert.equal((await read()).description, 'more\nmine\nfirst\ntheirs');
    await cache.close();
  });

  it('R14: asks about what others did to a field below a change that waited when it was looked at', async () => {
    const { remote, cache, again, read } = await merged();
    remote.lostAnswers = 0;
    await until(() => cache.flush());
    await refusal(cache.apply([again]), 'conflict');
    assert.equal((await read()).description, 'mine\nfirst\ntheirs');
    await cache.close();
  });

  it('R14: asks nothing about what was seen beside a change that waits', async () => {
    const { remote, cache, seen, read } = await merged();
    await cache.apply([update('accounts', seen.id, { creditLimit: euros('8.00') }, seen.version)]);
    remote.lostAnswers = 0;
    await until(() => cache.flush());
    assert.deepEqual([(await read()).creditLimit, cache.status.current.rejected], [euros('8.00'), []]);
    await cache.close();
  });

  it('R13: counts anew what waits when the server has lost its count', async () => {
    const { server, sync, remote, open } = profile();
    const cache = await open();
    await added(cache, 'accounts', { name: 'First' });
    await cache.flush();
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Second' });
    await added(cache, 'accounts', { name: 'Third' });
    sync.forgetClients();
    remote.isOnline = true;
    await until(() => cache.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'First,Second,Third');
    assert.equal(new Set(remote.arrived.map((one) => one.split('#')[0])).size, 2);
    assert.deepEqual(cache.status.current.rejected, []);
    await cache.close();
  });

  it('R12: lays aside a change that the server does not take at all, and sends the others', async () => {
    const { server, remote, open } = profile();
    const { push } = remote.sync;
    const cache = await open({
      remote: {
        ...remote,
        sync: {
          ...remote.sync,
          push: async (given) => {
            if (given.mutations.some(({ changes }) => refusing('Bad')(changes as readonly Change[])))
              throw new CrmError('validation', 'Not a push.', {});
            return push(given);
          },
        },
      },
    });
    for (const name of ['Before', 'Bad', 'After']) await added(cache, 'accounts', { name });
    await until(() => cache.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before');
    assert.deepEqual(
      cache.status.current.rejected.map(({ error: { code } }) => code),
      ['validation'],
    );
    await cache.close();
  });
});

describe('Tabs of one profile', () => {
  it('know what one of them was told, without asking', async () => {
    const { server, asked, remote, open } = profile();
    const made = await added(server, 'accounts', { name: 'Neri' });
    const [one, other] = [await open(), await open()];
    await other.list('accounts', { where: { name: 'nobody' } });
    await one.get('accounts', made.id as AccountId);
    asked.length = 0;
    remote.isOnline = false;
    await until(async () => (await other.list('accounts')).records.length === 1);
    assert.equal((await other.get('accounts', made.id as AccountId)).name, 'Neri');
    assert.deepEqual(asked.filter((text) => text.startsWith('records')).length <= 1, true);
    await one.close();
    await other.close();
  });

  it('know what was too much to be told, from what is kept', async () => {
    const { server, remote, open } = profile();
    const many = Array.from({ length: 450 }, (_, n) => create('accounts', id('accounts'), { name: `A${n}` }));
    await server.apply(many);
    const [one, other] = [await open(), await open()];
    await other.list('accounts', { where: { name: 'nobody' } });
    for (let after: string | undefined, n = 0; n < 3; n++) {
      const page = await one.list('accounts', { sort: ['name'], limit: 200, ...(after && { after }) });
      after = page.next ?? undefined;
    }
    remote.isOnline = false;
    const count = async () => {
      const [group] = await other.aggregate('accounts', { measures: [{ fn: 'count' }] });
      return group?.values[0];
    };
    await until(async () => (await count()) === 450);
    await one.close();
    await other.close();
  });
});

/** A host's own backend: no feed, no stamps. */
const plain = (store: Store): Store => {
  const { get, list, aggregate, apply, watch, watchList } = store;
  const bound = { get, list, aggregate, apply, watch, watchList };
  return Object.fromEntries(
    Object.entries(bound).map(([name, of]) => [name, (of as () => unknown).bind(store)]),
  ) as never;
};

describeStore(
  { describe, it },
  {
    name: 'Cache over a store without a feed',
    open: async () => {
      const { server, open } = profile();
      const store = await open({ remote: plain(server) });
      return { store, close: async () => store.close() };
    },
  },
);

describe('A cache over a store without a feed', () => {
  it('follows it all the same, offline too', async () => {
    const { server, remote, open } = profile();
    const { sync: _sync, ...unsynced } = remote;
    const without = Object.assign(Object.create(remote) as typeof remote, unsynced, { sync: undefined });
    const cache = await open({ remote: without as never });
    await fiveAccounts(server);
    const { pages } = watched(cache, { where: { industry: 'it' } });
    await until(() => pages.at(-1) === 'Alpha,Zeta' || (pages.at(-1) ?? '').length > 0);
    const made = await added(server, 'accounts', { name: 'AAA', industry: 'it' });
    await until(() => pages.at(-1)?.startsWith('AAA'));
    remote.isOnline = false;
    await cache.apply([update('accounts', made.id as AccountId, { name: 'AAB' })]);
    await until(() => pages.at(-1)?.startsWith('AAB'));
    remote.isOnline = true;
    await until(() => cache.flush());
    assert.equal((await server.get('accounts', made.id as AccountId)).name, 'AAB');
    await cache.close();
  });
});
