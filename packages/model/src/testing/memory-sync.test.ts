import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create, update } from '../change.ts';
import type { AnyRecord } from '../module.ts';
import { builtInRegistry } from '../modules/built-in.ts';
import type { IdOf } from '../records.ts';
import { memoryStore } from './memory-store.ts';
import { added, id, refusal } from './store-kit.ts';
import { following, newClient, pushOf, type OpenedDoor } from './sync-door-kit.ts';
import { describeSyncDoor } from './sync-door-suite.ts';

type Account = IdOf<'accounts'>;

const opened = () =>
  memoryStore({
    registry: builtInRegistry(),
    identity: { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true },
  });

const open = async (): Promise<OpenedDoor> => {
  const others = opened();
  return {
    door: others.sync,
    others,
    forget: async () => others.sync.forget(),
    raise: async () => others.sync.setSight(null),
  };
};

describeSyncDoor({ describe, it }, { name: 'memory', open });

describe('a caller of a memory store who may not see everything', () => {
  const isFood = (_module: string, record: AnyRecord): boolean => record['industry'] === 'food';

  const world = async () => {
    const store = opened();
    const food = await added(store, 'accounts', { name: 'Food', industry: 'food' });
    const other = await added(store, 'accounts', { name: 'Other', industry: 'it' });
    return { store, sync: store.sync, food: food.id as Account, other: other.id as Account };
  };

  it('R4 gets neither by pages nor by name what is hidden, under a greater aclSeq', async () => {
    const { store, sync, food, other } = await world();
    sync.setSight(isFood);
    const page = await sync.query('accounts', { count: 'exact' });
    assert.deepEqual([page.records.map(({ id }) => id), page.count, page.aclSeq], [[food], 1, 3]);
    const known = [food, other].map((id) => [id, 1] as const);
    assert.deepEqual((await sync.records('accounts', known)).gone, [other]);
    const verified = await sync.verify('accounts', known);
    assert.deepEqual([verified.gone, verified.aclSeq, verified.fieldsSeq], [[other], 3, 3]);
    await refusal(store.get('accounts', other), 'not-found');
    sync.setSight(null, { fields: false });
    const shown = await sync.verify('accounts', known);
    assert.deepEqual([shown.gone, shown.aclSeq, shown.fieldsSeq], [[], 4, 3]);
  });

  it('R3 gets the rest of a bulk read without what was hidden meanwhile, under the greater aclSeq', async () => {
    const store = opened();
    const ids = Array.from({ length: 250 }, () => id('accounts')).toSorted();
    await store.apply(
      ids.map((one, index) => create('accounts', one, { name: 'A', industry: index < 225 ? 'food' : 'it' })),
    );
    const pages: (readonly [records: number, aclSeq: number])[] = [];
    for await (const { records, aclSeq } of store.sync.bulk('accounts', {})) {
      pages.push([records.length, aclSeq]);
      store.sync.setSight(isFood);
    }
    assert.deepEqual(pages, [
      [200, 0],
      [25, 2],
    ]);
  });

  it('R15 hears of what leaves, and nothing of what was hidden all the time', async () => {
    const { store, sync, food, other } = await world();
    sync.setSight(isFood);
    const { seq } = sync;
    sync.setSight(null);
    await store.apply([
      update('accounts', other, { name: 'Still hidden' }),
      update('accounts', food, { industry: 'it' }),
    ]);
    sync.setSight(isFood);
    const { events, cursor } = await sync.news(seq);
    assert.deepEqual(
      events.flatMap(({ changes }) => changes.map(({ op, id }) => [op, id])),
      [['leave', food]],
    );
    assert.equal(cursor, sync.seq);
  });

  it('R16 hears of greater rights before what they let it see', async () => {
    const { store, sync, other } = await world();
    sync.setSight(isFood);
    await following({ door: sync }, async (feed) => {
      await feed.until(({ type }) => type === 'rights');
      sync.setSight(null);
      await store.apply([update('accounts', other, { name: 'Shown' })]);
      const heard = await feed.until(({ type }) => type === 'change');
      assert.deepEqual(
        heard.map(({ type }) => type),
        ['rights', 'at', 'change'],
      );
    });
  });

  it('R14 may not change what is hidden, as if it were not there', async () => {
    const { sync, other } = await world();
    sync.setSight(isFood);
    const [outcome] = (await sync.push(pushOf(newClient(), 1, [update('accounts', other, { name: 'X' })]))).outcomes;
    assert.equal(outcome?.ok === false && outcome.error.code, 'not-found');
  });
});

describe('a feed of a memory store', () => {
  it('R9 that was beyond the horizon is told so, and goes on from now', async () => {
    const store = opened();
    await added(store, 'accounts', { name: 'A' });
    store.sync.forget();
    await following({ door: store.sync, cursor: 0 }, async (feed) => {
      await feed.until(({ type }) => type === 'reset');
      assert.deepEqual(await feed.until(({ type }) => type === 'rights'), [
        { type: 'open', cursor: undefined },
        { type: 'at', seq: 1 },
        { type: 'rights', aclSeq: 0 },
      ]);
    });
  });

  it('ends a question for news with its signal', async () => {
    const { sync } = opened();
    const stop = new AbortController();
    const asked = sync.news(0, { signal: stop.signal });
    stop.abort();
    await refusal(asked, 'aborted');
  });

  it('R13 knows less than before when its clients are forgotten', async () => {
    const { sync } = opened();
    const client = newClient();
    await sync.push(pushOf(client, 1, []));
    sync.forgetClients();
    const { last, gap } = await sync.push(pushOf(client, 2, []));
    assert.deepEqual([last, gap], [0, true]);
  });
});
