import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create, remove, update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { Store } from '@tessera-crm/model/store.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { added, id, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { newClient, pushOf, successOf } from '@tessera-crm/model/testing/sync-door-kit.js';
import { doorOver } from './door-over.ts';

type Account = IdOf<'accounts'>;

/** A backend of somebody's own: the methods of a store and nothing else. */
const opened = (before: () => void = () => {}) => {
  const { memory } = memoryStore({
    registry: builtInRegistry(),
    identity: { type: 'user', id: id('users'), admin: true },
  });
  const whole = memory as unknown as Store;
  const plain: Pick<Store, 'get' | 'list' | 'apply'> = {
    get: (module, key) => whole.get(module, key),
    list: (module, query) => whole.list(module, query),
    apply: async (changes, options) => {
      before();
      return whole.apply(changes, options);
    },
  };
  return { store: whole, door: doorOver(plain as Store, () => 100) };
};

describe('the door over a store that has none', () => {
  it('gives whole records under a number that grows with each question', async () => {
    const { store, door } = opened();
    const made = await added(store, 'accounts', { name: 'Acme', employees: 7 });
    const page = await door.query('accounts', { fields: ['name'], count: 'exact' });
    assert.deepEqual([page.asOf, page.aclSeq, page.count, page.records[0]?.['employees']], [100, 0, 1, 7]);
    await door.push(pushOf(newClient(), 1, [update('accounts', made.id as Account, { name: 'B' })]));
    assert.equal((await door.query('accounts', {})).asOf, 102);
  });

  it('reads in bulk by pages, each under a number of its own, and goes on after any of them', async () => {
    const { store, door } = opened();
    const ids = Array.from({ length: 450 }, () => id('accounts')).toSorted();
    await store.apply(ids.map((one) => create('accounts', one, { name: 'Many' })));
    const read = async (after?: string): Promise<readonly SyncPage[]> => {
      const pages: SyncPage[] = [];
      for await (const page of door.bulk('accounts', { where: { name: 'Many' } }, { after })) pages.push(page);
      return pages;
    };
    const pages = await read();
    const idsIn = (some: readonly SyncPage[]) => some.flatMap(({ records }) => records.map((record) => record.id));
    assert.deepEqual(
      pages.map(({ records, asOf, aclSeq, last, next }) => [records.length, asOf, aclSeq, last, next === null]),
      [
        [200, 100, 0, 0, false],
        [200, 101, 0, 0, false],
        [50, 102, 0, 0, true],
      ],
    );
    assert.deepEqual([idsIn(pages), idsIn(await read(pages[0]!.next!))], [ids, ids.slice(200)]);
  });

  it('gives records by name, also those of the same version, and says which are gone', async () => {
    const { store, door } = opened();
    const [same, newer] = [
      await added(store, 'accounts', { name: 'A' }),
      await added(store, 'accounts', { name: 'B' }),
    ];
    await store.apply([update('accounts', newer.id as Account, { name: 'C' })]);
    const never = id('accounts');
    const known = [
      [same.id, 1],
      [newer.id, 1],
      [never, 0],
    ] as const;
    const news = await door.records('accounts', known);
    assert.deepEqual([news.records.map((one) => one.id), news.gone], [[same.id, newer.id], [never]]);
    const verified = await door.verify('accounts', known);
    assert.deepEqual([verified.gone, verified.changed, verified.fieldsSeq], [[never], [[newer.id, 2]], 0]);
  });

  it('carries mutations out once, and tells what became of each', async () => {
    const { store, door } = opened();
    const made = id('accounts');
    const push = pushOf(
      newClient(),
      4,
      [create('accounts', made, { name: 'Once' })],
      [create('accounts', id('accounts'), {} as never)],
      [],
      [remove('accounts', made as Account)],
    );
    const pushed = await door.push(push);
    assert.deepEqual([pushed.last, pushed.asOf, pushed.gap], [7, 100, undefined]);
    const [first] = successOf(pushed, 0).touched!;
    assert.deepEqual([first?.id, first?.version, first?.record?.['name']], [made, 1, 'Once']);
    assert.equal(pushed.outcomes[1]?.ok === false && pushed.outcomes[1].error.code, 'validation');
    assert.deepEqual(successOf(pushed, 3).touched, [{ module: 'accounts', id: made, version: 0, record: null }]);
    await door.push({ ...push, mutations: push.mutations.slice(0, 1) });
    assert.equal((await store.list('accounts', { deleted: 'only', count: 'exact' })).count, 1);
  });

  it('stops where the store is away, and refuses when that is at the first', async () => {
    let calls = 0;
    const { door } = opened(() => {
      if (++calls > 1) throw new CrmError('network', 'Away.');
    });
    const [one, two] = [
      [create('accounts', id('accounts'), { name: 'A' })],
      [create('accounts', id('accounts'), { name: 'B' })],
    ];
    const pushed = await door.push(pushOf(newClient(), 1, one, two));
    assert.deepEqual([pushed.last, pushed.outcomes.length], [1, 1]);
    await refusal(door.push(pushOf(newClient(), 1, two)), 'network');
  });

  it('tells of nothing: a feed opens and ends with its signal, and news have none', async () => {
    const { door } = opened();
    const stop = new AbortController();
    const heard: unknown[] = [];
    const asked = door.news(100, { signal: stop.signal });
    for await (const event of door.follow({ cursor: 5, signal: stop.signal })) {
      heard.push(event);
      stop.abort();
    }
    assert.deepEqual(heard, [{ type: 'open', cursor: 5 }]);
    assert.deepEqual(await asked, { events: [], cursor: 100, aclSeq: 0 });
  });
});
