import type { Held } from '@tessera-crm/model/protocol/sync/client.js';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { IndexedDbStorage } from './indexed-db-storage.ts';
import type { Kept } from './storage.ts';
import {
  breakable,
  draft,
  full,
  gone,
  idOf,
  keep,
  kept,
  notes,
  pageOf,
  profileOf,
  promised,
  sorted,
  standingAt,
  until,
  versions,
} from './testing/kept-notes.ts';

const profile = () => profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });

const { breakIn, repair } = breakable(IDBObjectStore.prototype);

describe('what is kept', () => {
  it('comes back: many records, newer ones beside them, and not those that are gone', async () => {
    const { open } = profile();
    const first = await open();
    await keep(first, notes(1200));
    await keep(first, [kept(3, 2), gone(4), kept(5000)]);
    first.close();
    const found = await versions(await open());
    assert.equal(Object.keys(found).length, 1200);
    assert.deepEqual([found['n3'], found['n4'], found['n5000']], [2, undefined, 1]);
  });

  it('comes back with where the client stands, and the modules of which anything was kept', async () => {
    const { open } = profile();
    const first = await open();
    assert.equal((await first.position()).turn, 0);
    const standing = standingAt(9, [['notes|n1', 4]]);
    await keep(first, [kept(1)], { standing });
    const position = await keep(first, [{ ...gone(1), module: 'tasks' }]);
    first.close();
    const again = await (await open()).position();
    assert.deepEqual(again, position);
    assert.deepEqual([again.standing, again.modules], [standing, ['notes', 'tasks']]);
  });

  it('comes back after it was gone, one by one and with many others', async () => {
    const storage = await profile().open();
    await keep(storage, notes(300));
    await keep(storage, [gone(1), gone(2)]);
    await keep(storage, [kept(1, 3)]);
    assert.deepEqual((await versions(storage))['n2'], undefined);
    await keep(storage, notes(300, 3));
    const found = await versions(storage);
    assert.deepEqual([found['n1'], found['n2']], [3, 3]);
  });

  it('is what was written last, whatever its version, in rows and in segments', async () => {
    const storage = await profile().open();
    await keep(storage, notes(300, 5));
    await keep(storage, [kept(1, 3)]);
    assert.deepEqual((await versions(storage))['n1'], 3);
    await keep(storage, notes(300, 2));
    assert.deepEqual((await versions(storage))['n1'], 2);
    await keep(storage, notes(250, 1));
    const found = await versions(storage);
    assert.deepEqual([found['n1'], found['n249'], found['n250']], [1, 1, 2]);
  });

  it('shares what is known of records that came together', async () => {
    const storage = await profile().open();
    await keep(storage, [...notes(300), kept(400, 2)]);
    await keep(storage, [kept(500)]);
    const records = await storage.records('notes');
    assert.equal(new Set(records.map(({ held }) => held)).size, 2);
  });

  it('keeps modules apart, one whose name begins with that of another among them', async () => {
    const storage = await profile().open();
    await keep(storage, [kept(1), { ...kept(2), module: 'notes2' }, { ...kept(3), module: 'note' }]);
    assert.deepEqual(await versions(storage), { n1: 1 });
    assert.deepEqual(await versions(storage, 'note'), { n3: 1 });
  });
});

describe('however it is kept', () => {
  type Step =
    { readonly kind: 'keep'; readonly rows: readonly Kept[] } | { readonly kind: 'reopen' } | { readonly kind: 'tidy' };

  const few = fc
    .uniqueArray(fc.record({ n: fc.nat(40), version: fc.nat(6), asOf: fc.nat(5), isGone: fc.boolean() }), {
      maxLength: 8,
      selector: ({ n }) => n,
    })
    .map((list) =>
      list.map(({ n, version, asOf, isGone }) => (isGone ? gone(n, version, asOf) : kept(n, version, { asOf }))),
    );
  const many = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(5), fc.integer({ min: 1, max: 40 }))
    .map(([version, most, length]) =>
      Array.from({ length: 300 }, (_, n) => kept(n, version, { asOf: Math.min(most, Math.floor(n / length)) })),
    );
  const step: fc.Arbitrary<Step> = fc.oneof(
    few.map((rows) => ({ kind: 'keep', rows }) as const),
    many.map((rows) => ({ kind: 'keep', rows }) as const),
    fc.constantFrom({ kind: 'reopen' } as const, { kind: 'tidy' } as const),
  );

  const heldIn = async (storage: IndexedDbStorage): Promise<Readonly<Record<string, Held>>> =>
    sorted((await storage.records('notes')).map(({ id, held }) => [id, held]));

  /** Does the steps in a storage and in a map. */
  const done = async (steps: readonly Step[], budget: number) => {
    const { open } = profile();
    let storage = await open({ budget });
    const model = new Map<string, Held>();
    const everKept = new Set<string>();
    for (const one of steps) {
      if (one.kind === 'tidy') await storage.tidy();
      else if (one.kind === 'reopen') {
        storage.close();
        storage = await open({ budget });
      } else {
        await keep(storage, one.rows);
        for (const { id, held, record } of one.rows) {
          if (record) model.set(id, held);
          else model.delete(id);
          everKept.add(JSON.stringify([id, held]));
        }
      }
    }
    return { storage, model, everKept };
  };

  it('equals a map of what was kept last, with how it is known', async () => {
    const run = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { storage, model } = await done(steps, 50_000_000);
      assert.deepEqual(await heldIn(storage), sorted([...model]));
      storage.close();
    });
    await fc.assert(run, { numRuns: 60 });
  });

  it('may be forgotten where there is little room, and is never another', async () => {
    const run = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { storage, model } = await done(steps, 40_000);
      for (const [id, held] of Object.entries(await heldIn(storage))) assert.deepEqual(held, model.get(id));
      storage.close();
    });
    await fc.assert(run, { numRuns: 30 });
  });
});

describe('where there is no room', () => {
  afterEach(repair);

  it('another generation takes the place of one that takes nothing more, and the old one is deleted', async () => {
    const { open, names } = profile();
    const storage = await open();
    await storage.enqueue(draft('a'));
    await keep(storage, notes(10));
    breakIn('cache-1-1', full());
    const position = await keep(storage, [kept(20)], { standing: standingAt(5) });
    assert.deepEqual(await versions(storage), { n20: 1 });
    assert.deepEqual([position?.generation, position?.standing.cursor], [2, 5]);
    assert.deepEqual(await names(), ['test/cache-1-2', 'test/outbox']);
    assert.equal((await storage.outbox()).entries.length, 1);
  });

  it('whatever fails at the same time goes on in the same generation', async () => {
    const { open, names } = profile();
    const storage = await open();
    const at = (await keep(storage, notes(10)))!;
    breakIn('cache-1-1', full());
    const commit = { at, standing: standingAt(5), follows: [], rows: [kept(20)], pages: [] };
    const both = await Promise.all([storage.commit(commit), storage.commit(commit)]);
    assert.equal(both.filter(Boolean).length, 1);
    assert.deepEqual(await versions(storage), { n20: 1 });
    assert.deepEqual(await names(), ['test/cache-1-2', 'test/outbox']);
  });

  it('the cache makes room for the outbox', async () => {
    const storage = await profile().open();
    await keep(storage, notes(10));
    breakIn('outbox', full(), 1);
    await storage.enqueue(draft('a'));
    assert.equal((await storage.outbox()).entries.length, 1);
    assert.deepEqual(await storage.records('notes'), []);
    assert.equal((await storage.position()).turn, 0);
  });

  it('throws when nothing helps', async () => {
    const storage = await profile().open();
    breakIn('', full());
    await assert.rejects(storage.enqueue(draft('a')));
    await assert.rejects(keep(storage, notes(1)));
  });
});

describe('a database that breaks', () => {
  afterEach(repair);

  it('is opened anew once, and nothing is lost', async () => {
    const storage = await profile().open();
    await keep(storage, notes(3));
    breakIn(
      'cache',
      new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError'),
      1,
    );
    await keep(storage, [kept(3)]);
    breakIn('outbox', new DOMException('The database connection is closing.', 'InvalidStateError'), 1);
    await storage.enqueue(draft('a'));
    assert.deepEqual(await versions(storage), { n0: 1, n1: 1, n2: 1, n3: 1 });
    assert.equal((await storage.outbox()).entries.length, 1);
  });

  it('is left for another one when it stays broken', async () => {
    const { open, names } = profile();
    const storage = await open();
    await keep(storage, notes(3));
    breakIn('cache-1-1', new DOMException('Internal error.', 'UnknownError'));
    await keep(storage, [kept(9)]);
    assert.deepEqual(await versions(storage), { n9: 1 });
    assert.deepEqual(await names(), ['test/cache-1-2', 'test/outbox']);
  });

  it('is left for another one when it does not open any more', async (t) => {
    const { open, names, indexedDb } = profile();
    await open().then((storage) => storage.close());
    const { indexedDB } = indexedDb;
    const really = indexedDB.open.bind(indexedDB);
    t.mock.method(indexedDB, 'open', (name: string, version?: number) => {
      if (name === 'test/cache-1-1') throw new DOMException('Internal error opening backing store.', 'UnknownError');
      return really(name, version);
    });
    const storage = await open();
    await keep(storage, [kept(1)]);
    assert.deepEqual(await versions(storage), { n1: 1 });
    assert.ok((await names()).includes('test/cache-1-2'));
  });

  it('begins empty when the site’s data were cleared, under a turn that no tab knows', async () => {
    const { open, clear } = profile();
    const [storage, other] = [await open(), await open()];
    const at = await keep(storage, notes(3));
    await storage.enqueue(draft('a'));
    const { client } = await storage.outbox();
    await clear();
    await until(async () => (await other.position()).turn === 0);
    const position = await keep(other, [kept(1)]);
    assert.deepEqual(await versions(storage), { n1: 1 });
    assert.notEqual(position?.turn, at?.turn);
    assert.equal(await storage.since(at!), null);
    assert.equal(await keep(storage, [kept(2)], { at: at! }), null);
    const entry = (await storage.enqueue(draft('b')))!;
    assert.deepEqual([entry.n, entry.mid], [1, 1]);
    assert.notEqual((await storage.outbox()).client, client);
  });

  it('leaves nothing behind after a crash between two generations, nor after a wipe', async () => {
    const { open, names, indexedDb } = profile();
    const first = await open();
    breakIn('cache-1-1', full());
    await keep(first, notes(1));
    repair();
    first.close();
    for (const left of ['test/cache-1-1', 'test/cache-1-3'])
      await promised(indexedDb.indexedDB.open(left)).then((database) => database.close());
    const second = await open();
    await keep(second, notes(2));
    await second.wipe();
    assert.deepEqual(await names(), []);
    await assert.rejects(second.position());
  });
});

describe('a budget that is used up', () => {
  const budget = 20_000;

  const filled = async (storage: IndexedDbStorage): Promise<void> => {
    await keep(storage, [kept(0)], {
      standing: standingAt(3, [
        [`notes|${idOf(1)}`, 2],
        [`notes|${idOf(59)}`, 2],
      ]),
    });
    await storage.enqueue(draft('a', 'n0'));
    for (let n = 1; n < 60; n++)
      await keep(storage, [kept(n, 1, { text: 'x'.repeat(400) })], { pages: [pageOf(`page ${n}`, n)] });
  };

  it('keeps what was used last, what changes wait for, and where it stands', async () => {
    const { open, names } = profile();
    const storage = await open({ budget });
    await filled(storage);
    const before = await storage.position();
    await storage.tidy();
    const found = await versions(storage);
    assert.deepEqual([found['n0'], found['n1'], found['n59']], [1, undefined, 1]);
    assert.deepEqual((await storage.page('page 59'))?.ids, ['n59']);
    assert.equal(await storage.page('page 1'), undefined);
    const now = await storage.position();
    // what was left behind is not due any more
    assert.deepEqual(now.standing, standingAt(3, [['notes|n59', 2]]));
    assert.deepEqual([now.generation, now.turn > 0, now.modules], [2, true, ['notes']]);
    assert.equal(await storage.since(before), null);
    assert.deepEqual(await names(), ['test/cache-1-2', 'test/outbox']);
  });

  it('moves the other tabs along', async () => {
    const { open } = profile();
    const [storage, other] = [await open({ budget }), await open()];
    assert.deepEqual(await other.records('notes'), []);
    await filled(storage);
    const at = await other.position();
    await storage.tidy();
    assert.deepEqual(await versions(other), await versions(storage));
    assert.equal(await other.since(at), null);
    assert.equal(await keep(other, [kept(1)], { at }), null);
    assert.equal((await keep(other, [kept(1)]))?.generation, 2);
  });

  it('stays as it is when another tab writes meanwhile', async () => {
    const { open } = profile();
    const [storage, other] = [await open({ budget }), await open()];
    await filled(storage);
    const tidying = storage.tidy();
    while ((await keep(other, [kept(100)])) === null);
    await tidying;
    const { generation } = await storage.position();
    assert.equal((await versions(storage))['n100'], generation === 1 ? 1 : undefined);
    await storage.tidy();
    assert.equal((await storage.position()).generation, 2);
  });

  it('tidies by itself, some time after a commit that did not wait for it', async () => {
    const { open, names } = profile();
    const storage = await open({ budget, whenIdle: undefined });
    await filled(storage);
    await until(async () => !(await names()).includes('test/cache-1-1'));
    storage.close();
  });

  it('is no business of a commit when tidying fails', async () => {
    const { open } = profile();
    const storage = await open({ budget });
    await filled(storage);
    breakIn('cache-1-2', full());
    await storage.tidy();
    repair();
    assert.equal((await keep(storage, [kept(1)]))?.generation, 1);
    assert.equal(Object.keys(await versions(storage)).length, 60);
  });

  it('is noticed after a crash between a commit and the tidying', async () => {
    const { open } = profile();
    const first = await open({ budget });
    await filled(first);
    first.close();
    const again = await open({ budget });
    await again.tidy();
    assert.equal((await again.position()).generation, 2);
    assert.equal((await versions(again))['n59'], 1);
  });
});
