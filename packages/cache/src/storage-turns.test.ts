import { beginning } from '@tessera-crm/model/protocol/sync/client.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryStorage } from './memory-storage.ts';
import type { Commit, Storage } from './storage.ts';
import { gone, idOf, keep, kept, notes, pageOf, profileOf, standingAt, versions } from './testing/kept-notes.ts';

const profile = () => profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });

const nothing: Omit<Commit, 'at'> = { standing: beginning, follows: [], rows: [], pages: [] };

describe('two tabs on one database', () => {
  const two = async () => {
    const { open, names } = profile();
    return { one: await open(), other: await open(), names };
  };

  it('keep in turn: the slower one is refused, hears what the other kept, and keeps after it', async () => {
    const { one, other } = await two();
    const at = (await keep(one, [kept(1)], { standing: standingAt(1) }))!;
    const theirs = await keep(other, [kept(1, 2), gone(2, 4)], { standing: standingAt(2, [['notes|n1', 3]]) });
    const mine = { at, standing: standingAt(9), follows: [], rows: [kept(3)], pages: [pageOf('p', 3)] };
    assert.equal(await one.commit(mine), null);
    assert.deepEqual([await versions(one), await one.page('p')], [{ n1: 2 }, undefined]);
    const others = (await one.since(at))!;
    assert.deepEqual(others, { position: theirs, rows: [kept(1, 2), gone(2, 4)] });
    const position = await one.commit({ ...mine, at: others.position });
    assert.deepEqual(position, await other.position());
    assert.deepEqual(await other.since(theirs!), { position, rows: [kept(3)] });
    assert.deepEqual((await other.page('p'))?.ids, ['n3']);
  });

  it('are never both first: only one of them begins', async () => {
    const { one, other } = await two();
    const at = await one.position();
    const both = await Promise.all([one, other].map((tab, n) => tab.commit({ ...nothing, at, rows: [kept(n)] })));
    assert.equal(both.filter(Boolean).length, 1);
    assert.equal(Object.keys(await versions(one)).length, 1);
  });

  it('both keep all they want, however they overtake each other', async () => {
    const { one, other } = await two();
    const keepAll = async (tab: Storage, first: number): Promise<void> => {
      for (let n = first; n < first + 30; n++) while (!(await keep(tab, [kept(n)])));
    };
    await Promise.all([keepAll(one, 0), keepAll(other, 100)]);
    assert.equal(Object.keys(await versions(one)).length, 60);
  });

  it('begin with what is known elsewhere, where nothing was kept yet', async () => {
    const { one } = await two();
    const position = await one.commit({ ...nothing, at: { generation: 7, turn: 12 }, standing: standingAt(4) });
    assert.deepEqual([position?.generation, position?.standing.cursor], [1, 4]);
    assert.equal(await one.commit({ ...nothing, at: { generation: 7, turn: 13 } }), null);
    assert.equal(await one.commit({ ...nothing, at: { ...position!, generation: 7 } }), null);
  });

  it('are told nothing when nothing was kept', async () => {
    const { one, other } = await two();
    assert.deepEqual((await other.since(await other.position()))?.rows, []);
    const at = await keep(one, [kept(1)]);
    assert.deepEqual(await other.since(at!), { position: at, rows: [] });
  });
});

describe('what others kept', () => {
  it('is told as it is now, each record once', async () => {
    const storage = await profile().open();
    const at = await storage.position();
    await keep(storage, [kept(1), kept(2)]);
    await keep(storage, [kept(1, 2), gone(3)]);
    assert.deepEqual((await storage.since(at))?.rows, [kept(1, 2), kept(2), gone(3)]);
  });

  it('is told with the modules of all records', async () => {
    const storage = await profile().open();
    const at = await storage.position();
    const rows = [kept(1), { ...kept(1, 2), module: 'tasks' }];
    await keep(storage, rows);
    assert.deepEqual((await storage.since(at))?.rows, rows);
  });

  it('is remembered for fifty turns', async () => {
    const storage = await profile().open();
    const first = await keep(storage, [kept(0)]);
    const second = await keep(storage, [kept(1)]);
    for (let n = 2; n <= 51; n++) await keep(storage, [kept(n)]);
    assert.equal(await storage.since(first!), null);
    assert.equal((await storage.since(second!))?.rows.length, 50);
  });

  it('is told where it was much, what came after it last', async () => {
    const storage = await profile().open();
    const first = (await keep(storage, [kept(0)]))!;
    await keep(storage, notes(300, 2));
    await keep(storage, [kept(1, 3), gone(2)]);
    const told = new Map((await storage.since(first))!.rows.map((one) => [one.id, one]));
    const all = new Map(notes(300, 2).map((one) => [one.id, one]));
    assert.deepEqual(told, all.set('n1', kept(1, 3)).set('n2', gone(2)));
  });

  it('is not told of another generation, nor of a turn that never was', async () => {
    const storage = await profile().open();
    const first = (await keep(storage, [kept(0)]))!;
    const second = (await keep(storage, [kept(1)]))!;
    assert.deepEqual((await storage.since(first))?.rows, [kept(1)]);
    assert.equal(await storage.since({ ...second, generation: 2 }), null);
    assert.equal(await storage.since({ ...second, turn: second.turn + 9 }), null);
    assert.equal(await storage.since({ ...first, turn: first.turn - 1 }), null);
  });
});

describe('what a page shows', () => {
  const ids = ['n1', 'n2', 'n5'];

  it('is at hand without the rest of its module, as it was kept last', async () => {
    const storage = await profile().open();
    await keep(storage, notes(300), { pages: [pageOf('p', 2, 1)] });
    assert.deepEqual(await storage.some('notes', ids), [kept(1), kept(2)]);
    await keep(storage, notes(400, 2));
    assert.deepEqual(await storage.some('notes', ids), [kept(1, 2), kept(2, 2)]);
    await keep(storage, [gone(2)]);
    assert.deepEqual(await storage.some('notes', ids), [kept(1, 2), gone(2)]);
    assert.equal((await storage.records('notes')).length, 399);
  });

  it('stays so when its module is written anew, and when everything moves to another generation', async () => {
    const { open } = profile();
    const storage = await open({ budget: 150_000 });
    await keep(storage, notes(1400), { pages: [pageOf('p', 2, 1)] });
    for (let start = 0; start < 1200; start += 200) await keep(storage, notes(1200, 2).slice(start, start + 200));
    await storage.tidy();
    assert.deepEqual(await storage.some('notes', ids), [kept(1, 2), kept(2, 2)]);
    assert.equal((await storage.records('notes')).length, 1400);
    await keep(storage, notes(1400, 3, 'long '.repeat(20)));
    await storage.tidy();
    assert.equal((await storage.position()).generation, 2);
    assert.deepEqual(
      (await storage.some('notes', ids)).map(({ id, held }) => [id, held.version]),
      [
        ['n1', 3],
        ['n2', 3],
      ],
    );
  });

  it('is at hand for the pages used last, so that a module does not come apart again', async () => {
    const storage = await profile().open();
    const pages = [0, 1, 2].map((n) => pageOf(`p${n}`, ...Array.from({ length: 200 }, (_, at) => 200 * n + at)));
    await keep(storage, notes(700), { pages });
    assert.deepEqual(await storage.some('notes', ['n1', 'n201', 'n401']), [kept(201), kept(401)]);
  });
});

describe('what lies loose', () => {
  const loosely = async (storage: Storage): Promise<void> => {
    await keep(storage, notes(400));
    for (let start = 0; start < 1400; start += 200)
      await keep(
        storage,
        Array.from({ length: 200 }, (_, place) => kept(start + place, 2, { asOf: 7 + start })),
      );
    await keep(storage, [gone(7)]);
  };

  it('is written anew, and reads the same, in this tab and in another', async () => {
    const { open } = profile();
    const [storage, other] = [await open(), await open()];
    await loosely(storage);
    const [before, at] = [await storage.records('notes'), await other.position()];
    await storage.tidy();
    assert.deepEqual(new Set(await other.records('notes')), new Set(before));
    assert.deepEqual(await other.position(), at);
    assert.ok(await keep(other, [kept(1, 3)], { at }));
    const found = await versions(storage);
    assert.deepEqual([Object.keys(found).length, found['n1'], found['n7']], [1399, 3, undefined]);
  });

  it('is put together where many records came a second time', async () => {
    const storage = await profile().open();
    await keep(storage, notes(1400));
    await storage.tidy();
    const room = await storage.room();
    await keep(storage, notes(1400, 2));
    assert.ok((await storage.room()) < room - 10_000);
    await storage.tidy();
    assert.ok(Math.abs((await storage.room()) - room) < 1_000);
    assert.equal((await versions(storage))['n1'], 2);
  });

  it('is not told of any more once it went into segments', async () => {
    const storage = await profile().open();
    await keep(storage, notes(400));
    const at = (await keep(storage, [kept(1, 2)]))!;
    await loosely(storage);
    const last = (await keep(storage, [kept(2, 5)]))!;
    assert.ok(await storage.since({ ...last, turn: last.turn - 2 }));
    await storage.tidy();
    assert.equal(await storage.since(at), null);
    assert.equal(await storage.since({ ...last, turn: last.turn - 2 }), null);
    assert.deepEqual((await storage.since(last))?.rows, []);
  });

  it('is read whole while another tab writes it anew', async () => {
    const { open } = profile();
    const [storage, other] = [await open(), await open()];
    await loosely(storage);
    const before = await versions(storage);
    const [, found, again] = await Promise.all([storage.tidy(), versions(other), versions(other)]);
    assert.deepEqual([found, again], [before, before]);
  });

  it('is found by the next visit, if this one ended before', async () => {
    const { open, indexedDb } = profile();
    const storage = await open();
    await loosely(storage);
    storage.close();
    const again = await open();
    const before = await versions(again);
    await again.tidy();
    assert.deepEqual(await versions(again), before);
    again.close();
    assert.equal(await countIn(indexedDb.indexedDB, 'records'), 0);
  });

  const countIn = (indexedDB: IDBFactory, store: string): Promise<number> =>
    new Promise((resolve) => {
      const opening = indexedDB.open('test/cache-1-1');
      opening.addEventListener('success', () => {
        const counting = opening.result.transaction(store).objectStore(store).count();
        counting.addEventListener('success', () => resolve(counting.result));
      });
    });
});

const kinds: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['a database', () => profile().open()],
  ['memory', async () => new MemoryStorage()],
];

for (const [name, open] of kinds)
  describe(`what was kept in ${name}`, () => {
    it('is left behind, but for the outbox', async () => {
      const storage = await open();
      await storage.enqueue({ key: 'a', at: '', changes: [], patches: [] });
      const at = (await keep(storage, [kept(1)], { pages: [pageOf('p', 1)], standing: standingAt(4) }))!;
      const anew = await storage.beginAnew(at);
      assert.deepEqual(anew, { generation: at.generation + 1, turn: 0, standing: beginning, modules: [], follows: [] });
      assert.deepEqual([await storage.position(), await storage.records('notes')], [anew, []]);
      assert.deepEqual([await storage.page('p'), await storage.since(at)], [undefined, null]);
      assert.equal((await storage.outbox()).entries.length, 1);
      const position = await keep(storage, [kept(2)], { standing: standingAt(5), at: anew });
      assert.deepEqual([position?.standing.cursor, position?.modules], [5, ['notes']]);
    });

    it('is left behind once, however often that is asked for', async () => {
      const storage = await open();
      const at = (await keep(storage, [kept(1)]))!;
      await storage.beginAnew(at);
      const position = await keep(storage, [kept(2)]);
      assert.deepEqual(await storage.beginAnew(at), position);
    });

    it('has a turn of its own for each commit', async () => {
      const storage = await open();
      const first = (await keep(storage, [kept(1)], { pages: [pageOf('p', 1)] }))!;
      const second = (await keep(storage, [{ ...kept(1), module: 'tasks' }], { standing: standingAt(3) }))!;
      assert.equal(second.turn, first.turn + 1);
      assert.deepEqual([await storage.position(), second.modules], [second, ['notes', 'tasks']]);
      assert.equal(await storage.commit({ ...nothing, at: first }), null);
      assert.deepEqual(await storage.since(second), { position: second, rows: [] });
      assert.deepEqual((await storage.page('p'))?.ids, [idOf(1)]);
    });
  });

describe('a cache that two tabs begin anew', () => {
  it('is begun once, and what the faster one kept stays', async () => {
    const { open, names } = profile();
    const [one, other] = [await open(), await open()];
    const at = (await keep(one, [kept(1)]))!;
    await one.beginAnew(at);
    const position = await keep(one, [kept(2)]);
    assert.deepEqual(await other.beginAnew(at), position);
    assert.deepEqual(await versions(other), { n2: 1 });
    assert.deepEqual(await names(), ['test/cache-1-2', 'test/outbox']);
  });

  it('is begun once when both do so at the same time', async () => {
    const { open } = profile();
    const [one, other] = [await open(), await open()];
    const at = (await keep(one, [kept(1)]))!;
    const both = await Promise.all([one.beginAnew(at), other.beginAnew(at)]);
    assert.deepEqual(
      both.map(({ generation, turn }) => [generation, turn]),
      [
        [2, 0],
        [2, 0],
      ],
    );
    await keep(one, [kept(2)]);
    assert.deepEqual(await versions(other), { n2: 1 });
  });
});
