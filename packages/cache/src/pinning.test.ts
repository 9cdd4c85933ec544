import type { IdOf } from '@tessera-crm/model/records.js';
import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Cache } from './cache.ts';
import type { CacheOptions } from './create-cache.ts';
import type { Pin } from './pin.ts';
import { profile as openProfile, until } from './testing/profile.ts';

type AccountId = IdOf<'accounts'>;

const mine: Pin = { module: 'accounts', where: { industry: 'it' } };
const theirContacts: Pin = { module: 'contacts', where: { primaryAccount: { has: { industry: 'it' } } } };

/** One device and its server, which counts what is asked of it. */
const device = (context: TestContext) => {
  const one = openProfile({ indexedDB: new IDBFactory(), IDBKeyRange });
  const asked: (string | undefined)[] = [];
  const { bulk } = one.remote.sync;
  one.remote.sync.bulk = (module, query, options) => {
    asked.push(options?.after);
    return bulk(module, query, options);
  };
  const open = async (pins: readonly Pin[], options: Partial<CacheOptions> = {}): Promise<Cache> => {
    const cache = await one.open({ pins, ...options });
    context.after(() => cache.close());
    return cache;
  };
  const accounts = async (count: number, industry = 'it'): Promise<void> => {
    for (let n = 0; n < count; n++) await added(one.remote, 'accounts', { name: `${industry}${n}`, industry });
  };
  return { ...one, open, asked, accounts };
};

const whole = (cache: Cache): Promise<void> => until(() => cache.status.current.pinned === 'whole');

const count = async (cache: Cache, module: string, where: object = {}): Promise<unknown> =>
  (await cache.aggregate(module, { where, measures: [{ fn: 'count' }] } as never))[0]?.values[0] ?? 0;

const offline = async (one: ReturnType<typeof device>, cache: Cache, pins: readonly Pin[] = []): Promise<Cache> => {
  await cache.close();
  one.remote.isOnline = false;
  return one.open(pins);
};

describe('what is pinned', { timeout: 60_000 }, () => {
  it('is at hand at a visit without network, though nobody looked at it', async (context) => {
    const one = device(context);
    await one.accounts(1_200);
    await one.accounts(3, 'food');
    const first = await one.open([mine]);
    await whole(first);
    const cache = await offline(one, first);
    assert.equal(await count(cache, 'accounts'), 1_200);
    assert.equal(names(await cache.list('accounts', { where: { name: 'it7' } })), 'it7');
  });

  it('is fetched once, and followed from then on: what enters it is fetched, what leaves it goes', async (context) => {
    const one = device(context);
    await one.accounts(3);
    const food = await added(one.remote, 'accounts', { name: 'Bakery', industry: 'food' });
    const first = await one.open([mine]);
    await whole(first);
    await first.close();
    const second = await one.open([mine]);
    await whole(second);
    const born = await added(one.remote, 'accounts', { name: 'Born', industry: 'it' });
    await one.remote.apply([{ op: 'update', module: 'accounts', id: food.id, values: { industry: 'it' } } as never]);
    const { records } = await one.remote.list('accounts', { where: { name: 'it0' } });
    await one.remote.apply([{ op: 'delete', module: 'accounts', id: records[0]!.id } as never]);
    const held = async (): Promise<string> => {
      one.remote.isOnline = false;
      const page = await second.list('accounts', { where: { industry: 'it' }, sort: ['name'] });
      one.remote.isOnline = true;
      return names(page);
    };
    await until(async () => (await held()) === 'Bakery,Born,it1,it2');
    assert.equal(one.asked.length, 1);
    const cache = await offline(one, second);
    assert.equal((await cache.get('accounts', born.id as AccountId))['name'], 'Born');
  });

  it('is fetched anew where linked records decide about it and change', async (context) => {
    const one = device(context);
    const account = await added(one.remote, 'accounts', { name: 'Bakery', industry: 'food' });
    await added(one.remote, 'contacts', { name: { last: 'Neri' }, primaryAccount: account.id });
    const first = await one.open([mine, theirContacts]);
    await whole(first);
    assert.equal(one.asked.length, 2);
    await one.remote.apply([{ op: 'update', module: 'accounts', id: account.id, values: { industry: 'it' } } as never]);
    await until(() => one.asked.length === 3);
    await whole(first);
    const cache = await offline(one, first);
    assert.equal(await count(cache, 'contacts', theirContacts.where), 1);
  });

  it('goes on where it was when the page was left in the middle', async (context) => {
    const one = device(context);
    await one.accounts(1_200);
    const { bulk } = one.remote.sync;
    one.remote.sync.bulk = async function* (module, query, options) {
      for await (const page of bulk(module, query, options)) {
        yield page;
        throw new Error('The stream broke off.');
      }
    };
    const first = await one.open([mine]);
    await until(() => one.asked.length === 1);
    await until(async () => (await count(first, 'accounts')) === 1_200);
    await first.close();
    one.remote.sync.bulk = bulk;
    const second = await one.open([mine]);
    await whole(second);
    assert.equal(one.asked.length, 2);
    assert.notEqual(one.asked[1], undefined);
    assert.equal(await count(await offline(one, second), 'accounts'), 1_200);
  });

  it('is followed by a tab that knows of no pins, too', async (context) => {
    const one = device(context);
    const first = await one.open([mine]);
    await whole(first);
    await first.close();
    const second = await one.open([]);
    second.watchList('accounts', { where: { industry: 'food' } }, { next: () => {} });
    await until(() => second.status.current.online);
    await one.accounts(1);
    const seen: unknown[] = [];
    second.watchList('accounts', { where: { industry: 'food' }, limit: 7 }, { next: (page) => seen.push(page) });
    await until(() => seen.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await count(await offline(one, second), 'accounts'), 1);
  });

  it('is fetched by one of two tabs, and both say so', async (context) => {
    const one = device(context);
    await one.accounts(3);
    const [first, second] = [await one.open([mine]), await one.open([mine])];
    await Promise.all([whole(first), whole(second)]);
    assert.equal(one.asked.length, 1);
  });

  it('is fetched anew when rights grew', async (context) => {
    const one = device(context);
    await one.accounts(3);
    one.sync.setSight((_, record) => record['name'] !== 'it1');
    const first = await one.open([mine]);
    await whole(first);
    one.sync.setSight(null);
    await until(() => one.asked.length === 2);
    await whole(first);
    assert.equal(await count(await offline(one, first), 'accounts'), 3);
  });

  it('stops where the device has no room for it, and says so', async (context) => {
    const one = device(context);
    await one.accounts(3_000);
    const cache = await one.open([mine], { budget: 200_000 });
    await until(() => cache.status.current.pinned === 'full');
    assert.equal(one.asked.length, 1);
  });
});
