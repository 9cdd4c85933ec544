import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { EmergencyStorage, openShelf } from './emergency-storage.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { Storage } from './storage.ts';
import { breakable, draft, full, profileOf, rejectedOf } from './testing/kept-notes.ts';
import { textStorage } from './testing/text-storage.ts';

const profile = () => profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });

const numbers = async (storage: Storage): Promise<readonly (readonly [string, number, number])[]> =>
  (await storage.outbox()).entries.map(({ key, n, mid }) => [key, n, mid]);

const enqueue = async (storage: Storage, ...keys: readonly string[]): Promise<string> => {
  for (const key of keys) await storage.enqueue(draft(key));
  return (await storage.outbox()).client;
};

const kinds: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['a database', () => profile().open()],
  ['memory', async () => new MemoryStorage()],
  ['memory and on a shelf', async () => new EmergencyStorage(await openShelf('test', textStorage()))],
];

for (const [name, open] of kinds) {
  describe(`the outbox in ${name}`, () => {
    it('counts from 1, under a name that a server takes', async () => {
      const storage = await open();
      const { origin, client, last, entries } = await storage.outbox();
      assert.match(client, /^[\w-]{16,64}$/);
      assert.deepEqual([last, entries], [0, []]);
      const entry = (await storage.enqueue(draft('a')))!;
      assert.deepEqual(entry, { ...draft('a'), n: 1, client, mid: 1 });
      await enqueue(storage, 'b');
      const other = { ...draft('b'), n: 2, client, mid: 2 };
      assert.deepEqual(await storage.outbox(), { origin, client, last: 2, entries: [entry, other] });
    });

    it('takes the same changes once', async () => {
      const storage = await open();
      const entry = (await storage.enqueue(draft('a')))!;
      assert.deepEqual(await storage.enqueue(draft('a')), entry);
      assert.equal((await storage.outbox()).last, 1);
    });

    it('keeps its count when everything has left', async () => {
      const storage = await open();
      const client = await enqueue(storage, 'a', 'b');
      const { origin } = await storage.outbox();
      await storage.settle(client, { through: [1, 2] });
      assert.deepEqual(await storage.outbox(), { origin, client, last: 2, entries: [] });
      assert.equal((await storage.enqueue(draft('c')))!.mid, 3);
    });

    it('settles what was carried out, is through, was refused or given up', async () => {
      const storage = await open();
      const client = await enqueue(storage, 'a', 'b', 'c', 'd', 'e');
      await storage.settle(client, {
        carriedOut: new Map([[1, [['notes|a', 4] as const]]]),
        through: [2],
        refused: new Map([[3, rejectedOf(draft('c'), 3)]]),
        emptied: new Map([[4, rejectedOf(draft('d'), 4)]]),
      });
      assert.deepEqual((await storage.outbox()).entries, [
        { ...draft('a'), n: 1, client, mid: 1, touched: [['notes|a', 4]] },
        { ...draft('d'), changes: [], patches: [], n: 4, client, mid: 4 },
        { ...draft('e'), n: 5, client, mid: 5 },
      ]);
      assert.deepEqual(await storage.rejected(), [rejectedOf(draft('c'), 3), rejectedOf(draft('d'), 4)]);
      await storage.discard(3);
      await storage.settle(client, { through: [1, 4] });
      assert.deepEqual(await storage.rejected(), [rejectedOf(draft('d'), 4)]);
      assert.deepEqual(await numbers(storage), [['e', 5, 5]]);
    });

    it('does not bring back what was discarded, when two tabs settle the same', async () => {
      const storage = await open();
      const client = await enqueue(storage, 'a', 'b');
      const settling = {
        refused: new Map([[1, rejectedOf(draft('a'), 1)]]),
        emptied: new Map([[2, rejectedOf(draft('b'), 2)]]),
      };
      await storage.settle(client, settling);
      await storage.discard(1);
      await storage.discard(2);
      await storage.settle(client, settling);
      assert.deepEqual(await storage.rejected(), []);
      assert.equal((await storage.outbox()).entries.length, 1);
    });

    it('counts anew under another name what waits, and gives no place twice', async () => {
      const storage = await open();
      const client = await enqueue(storage, 'a', 'b', 'c', 'd', 'e');
      const { origin } = await storage.outbox();
      await storage.settle(client, {
        carriedOut: new Map([[1, []]]),
        refused: new Map([[2, rejectedOf(draft('b'), 2)]]),
        emptied: new Map([[3, rejectedOf(draft('c'), 3)]]),
      });
      await storage.renameClient(client);
      const after = await storage.outbox();
      assert.notEqual(after.client, client);
      assert.deepEqual(after, {
        origin,
        client: after.client,
        last: 2,
        entries: [
          { ...draft('d'), n: 4, client: after.client, mid: 1 },
          { ...draft('e'), n: 5, client: after.client, mid: 2 },
        ],
      });
      assert.deepEqual(
        (await storage.rejected()).map(({ n }) => n),
        [2, 3],
      );
      const { n, mid } = (await storage.enqueue(draft('f')))!;
      assert.deepEqual([n, mid], [6, 3]);
    });

    it('does nothing for a client that has another name by now', async () => {
      const storage = await open();
      const client = await enqueue(storage, 'a');
      await storage.renameClient(client);
      const before = await storage.outbox();
      await storage.renameClient(client);
      await storage.settle(client, { through: [2], refused: new Map([[2, rejectedOf(draft('a'), 2)]]) });
      assert.deepEqual(await storage.outbox(), before);
      assert.deepEqual(await storage.rejected(), []);
    });

    describe('that takes up what was left elsewhere', () => {
      const left = async (...keys: readonly string[]) => {
        const elsewhere = new MemoryStorage();
        await enqueue(elsewhere, ...keys);
        return { elsewhere, ...(await elsewhere.outbox()) };
      };

      const places = async (storage: Storage) =>
        (await storage.outbox()).entries.map(({ key, client, mid }) => [key, client, mid]);

      it('puts it behind what is there, under the names and numbers that it has, and counts on as before', async () => {
        const storage = await open();
        const client = await enqueue(storage, 'a', 'b');
        const { client: other, entries } = await left('c', 'd');
        await storage.takeUp({ entries, rejected: [] });
        await enqueue(storage, 'e');
        const all = await storage.outbox();
        assert.deepEqual([all.client, all.last], [client, 3]);
        assert.deepEqual(await places(storage), [
          ['a', client, 1],
          ['b', client, 2],
          ['c', other, 1],
          ['d', other, 2],
          ['e', client, 3],
        ]);
        assert.deepEqual(new Set(all.entries.map(({ n }) => n)).size, 5);
      });

      it('takes each key once, whoever brings it, and however often', async () => {
        const storage = await open();
        const { entries } = await left('a', 'b');
        await Promise.all([
          storage.takeUp({ entries, rejected: [] }),
          storage.takeUp({ entries: entries.slice(1), rejected: [rejectedOf(draft('c'), 1)] }),
          storage.takeUp({ entries, rejected: [rejectedOf(draft('c'), 7)] }),
        ]);
        assert.deepEqual(
          (await numbers(storage)).map(([key]) => key),
          ['a', 'b'],
        );
        assert.deepEqual(
          (await storage.rejected()).map(({ key }) => key),
          ['c'],
        );
      });

      it('has no longer wait what was refused there, but passes over the number of what was given up', async () => {
        const storage = await open();
        await enqueue(storage, 'a');
        const { elsewhere, client, entries } = await left('b', 'c', 'd');
        await storage.takeUp({ entries: entries.slice(0, 2), rejected: [] });
        await elsewhere.settle(client, {
          refused: new Map([[1, rejectedOf(draft('b'), 1)]]),
          emptied: new Map([[3, rejectedOf(draft('d'), 3)]]),
        });
        const { entries: now } = await elsewhere.outbox();
        await storage.takeUp({ entries: now, rejected: await elsewhere.rejected() });
        const all = await storage.outbox();
        assert.deepEqual(
          all.entries.map(({ key, changes }) => `${key} ${changes.length}`),
          ['a 1', 'c 1', 'd 0'],
        );
        assert.deepEqual(
          (await storage.rejected()).map(({ key, error }) => `${key} ${error.code}`),
          ['b rule', 'd rule'],
        );
      });

      it('counts anew only what was counted under the name that is lost, where it stands', async () => {
        const storage = await open();
        const client = await enqueue(storage, 'a');
        const { client: other, entries } = await left('b', 'c');
        await storage.takeUp({ entries, rejected: [] });
        await enqueue(storage, 'd');
        const [, b] = (await storage.outbox()).entries;
        await storage.settle(client, { carriedOut: new Map([[b!.n, [['notes|b', 2] as const]]]) });
        await storage.renameClient(other);
        const [, c] = (await storage.outbox()).entries;
        assert.notEqual(c!.client, other);
        assert.deepEqual(await places(storage), [
          ['a', client, 1],
          ['c', c!.client, 1],
          ['d', client, 2],
        ]);
        await storage.renameClient(client);
        const { client: own } = await storage.outbox();
        assert.deepEqual(await places(storage), [
          ['a', own, 1],
          ['c', c!.client, 1],
          ['d', own, 2],
        ]);
      });
    });
  });
}

describe('the outbox of several tabs', () => {
  const { breakIn, repair } = breakable(IDBObjectStore.prototype);
  afterEach(repair);

  it('has one name and one count', async () => {
    const { open } = profile();
    const tabs = [await open(), await open()] as const;
    const [one, other] = await Promise.all(tabs.map((tab) => tab.outbox()));
    assert.equal(one?.client, other?.client);
    await Promise.all(Array.from({ length: 20 }, (_, n) => tabs[n % 2 === 0 ? 0 : 1].enqueue(draft(`k${n}`))));
    const mids = (await numbers(tabs[0])).map(([, , mid]) => mid);
    assert.deepEqual(
      mids,
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });

  it('gets one other name when both ask for it', async () => {
    const { open } = profile();
    const [one, other] = [await open(), await open()];
    const client = await enqueue(one, 'a');
    await Promise.all([one.renameClient(client), other.renameClient(client)]);
    assert.deepEqual(await numbers(other), [['a', 1, 1]]);
    assert.equal((await one.outbox()).client, (await other.outbox()).entries[0]?.client);
  });

  it('has no holes where transactions failed', async () => {
    const storage = await profile().open();
    await enqueue(storage, 'a');
    breakIn('', full());
    await assert.rejects(storage.enqueue(draft('lost')));
    repair();
    breakIn('outbox', new DOMException('Internal error.', 'UnknownError'), 1);
    assert.equal((await storage.enqueue(draft('b')))!.mid, 2);
    repair();
    // the entry is written, and its number is not
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (this.transaction.db.name === 'test/outbox') throw new DOMException('Internal error.', 'UnknownError');
      return put.apply(this as never, args);
    } as typeof put;
    await assert.rejects(storage.enqueue(draft('lost too')));
    repair();
    assert.equal((await storage.enqueue(draft('c')))!.mid, 3);
    assert.deepEqual(
      (await numbers(storage)).map(([key]) => key),
      ['a', 'b', 'c'],
    );
  });

  it('survives its tab, with what was refused', async () => {
    const { open } = profile();
    const first = await open();
    const client = await enqueue(first, 'a', 'b');
    await first.settle(client, {
      carriedOut: new Map([[1, [['notes|a', 2] as const]]]),
      refused: new Map([[2, rejectedOf(draft('b'), 2)]]),
    });
    const [queue, rejected] = [await first.outbox(), await first.rejected()];
    first.close();
    const again = await open();
    assert.deepEqual([await again.outbox(), await again.rejected()], [queue, rejected]);
  });
});
