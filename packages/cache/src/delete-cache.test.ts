import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deleteCache } from './delete-cache.ts';
import type { IndexedDbStorage } from './indexed-db-storage.ts';
import { EmergencyStorage, openShelf } from './emergency-storage.ts';
import { draft, keep, kept, profileOf, promised, rejectedOf, until, type FakeIndexedDb } from './testing/kept-notes.ts';
import { textStorage } from './testing/text-storage.ts';

const profile = () => profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });

const keyFor = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), 'HKDF', false, ['deriveKey']);

/** Records, and changes of which the first was carried out, the second refused, and the third waits. */
const filled = async (storage: IndexedDbStorage): Promise<void> => {
  await keep(storage, [kept(1)]);
  for (const key of ['a', 'b', 'c']) await storage.enqueue(draft(key));
  const { client } = await storage.outbox();
  await storage.settle(client, {
    carriedOut: new Map([[1, [['notes|a', 4] as const]]]),
    refused: new Map([[2, rejectedOf(draft('b'), 2)]]),
  });
};

const textIn = async ({ indexedDB }: FakeIndexedDb): Promise<string> => {
  const database = await promised(indexedDB.open('test/outbox'));
  const stores = [...database.objectStoreNames];
  const rows = await Promise.all(
    stores.map((store) => promised(database.transaction(store).objectStore(store).getAll() as IDBRequest<unknown[]>)),
  );
  database.close();
  return JSON.stringify(rows.flat());
};

describe('what a cache leaves when it is wiped', () => {
  it('is nothing', async () => {
    const { open, names } = profile();
    const storage = await open();
    await filled(storage);
    await storage.wipe();
    assert.deepEqual(await names(), []);
  });

  it('is what no server took, if that is to be kept, under its numbers and without what is through', async () => {
    const { open, names } = profile();
    const storage = await open();
    await filled(storage);
    const { origin, client } = await storage.outbox();
    await storage.wipe({ keepUnsent: true });
    assert.deepEqual(await names(), ['test/outbox']);
    const again = await open();
    assert.deepEqual(await again.outbox(), {
      origin,
      client,
      last: 3,
      entries: [{ ...draft('c'), n: 3, client, mid: 3 }],
    });
    assert.deepEqual(await again.rejected(), [rejectedOf(draft('b'), 2)]);
    assert.deepEqual([(await again.position()).turn, await again.records('notes')], [0, []]);
    assert.equal((await again.enqueue(draft('d')))!.mid, 4);
  });

  it('is nothing where everything is through, also if what is not were to be kept', async () => {
    const { open, names } = profile();
    const storage = await open();
    await filled(storage);
    const { client } = await storage.outbox();
    await storage.settle(client, { emptied: new Map([[3, rejectedOf(draft('c'), 3)]]) });
    for (const n of [2, 3]) await storage.discard(n);
    await storage.wipe({ keepUnsent: true });
    assert.deepEqual(await names(), []);
  });

  it('stays encrypted, opens with the key, and does not with another', async () => {
    const { open, names, indexedDb } = profile();
    const key = await keyFor('right');
    const storage = await open({ key });
    await filled(storage);
    const { client } = await storage.outbox();
    await storage.wipe({ keepUnsent: true });
    assert.deepEqual(await names(), ['test/outbox']);
    assert.doesNotMatch(await textIn(indexedDb), /hello|notes/);
    const wrong = await open({ key: await keyFor('wrong') });
    await assert.rejects(wrong.outbox());
    wrong.close();
    const again = await open({ key });
    assert.deepEqual((await again.outbox()).entries, [{ ...draft('c'), n: 3, client, mid: 3 }]);
  });

  it('is not read any more by what was under way', async () => {
    const { open } = profile();
    const storage = await open({ key: await keyFor('right') });
    await filled(storage);
    const reading = assert.rejects(storage.outbox());
    await storage.wipe({ keepUnsent: true });
    await reading;
    await assert.rejects(storage.outbox());
  });

  it('is let go by another tab that has it open', async () => {
    const { open, names } = profile();
    const [storage, other] = [await open(), await open()];
    await filled(storage);
    await other.records('notes');
    await storage.wipe({ keepUnsent: true });
    assert.deepEqual(await names(), ['test/outbox']);
    other.close();
  });
});

describe('a cache that is deleted without being opened', () => {
  const visited = async () => {
    const given = profile();
    const storage = await given.open();
    await filled(storage);
    storage.close();
    return given;
  };

  it('is gone, unless what it holds is unsent and to be kept', async () => {
    const { names, indexedDb } = await visited();
    const left = await deleteCache('test', { keepUnsent: true, indexedDb });
    assert.deepEqual([left, await names()], [{ isUnsentKept: true, isThrough: true }, ['test/outbox']]);
    const none = await deleteCache('test', { indexedDb });
    assert.deepEqual([none, await names()], [{ isUnsentKept: false, isThrough: true }, []]);
    assert.deepEqual(await deleteCache('test', { keepUnsent: true, indexedDb }), none);
  });

  it('leaves others alone', async () => {
    const { names, indexedDb } = await visited();
    for (const other of ['test2/outbox', 'another']) (await promised(indexedDb.indexedDB.open(other))).close();
    await deleteCache('test', { indexedDb });
    assert.deepEqual(await names(), ['another', 'test2/outbox']);
  });

  it('is not through while somebody does not let go', async () => {
    const { names, indexedDb } = await visited();
    const frozen = await promised(indexedDb.indexedDB.open('test/cache-1-1'));
    const left = await deleteCache('test', { indexedDb });
    assert.deepEqual([left.isThrough, (await names()).includes('test/outbox')], [false, false]);
    frozen.close();
    assert.equal((await deleteCache('test', { indexedDb })).isThrough, true);
    assert.deepEqual(await names(), []);
  });

  it('is found where the browser does not say which databases there are', async () => {
    const { names, indexedDb } = await visited();
    const { indexedDB } = indexedDb;
    const older = {
      open: indexedDB.open.bind(indexedDB),
      deleteDatabase: indexedDB.deleteDatabase.bind(indexedDB),
    } as IDBFactory;
    await deleteCache('test', { keepUnsent: true, indexedDb: { ...indexedDb, indexedDB: older } });
    assert.deepEqual(await names(), ['test/outbox']);
    await deleteCache('test', { indexedDb: { ...indexedDb, indexedDB: older } });
    assert.deepEqual(await names(), []);
  });

  it('keeps what cannot be read, which may be unsent', async () => {
    const { names, indexedDb } = profile();
    // newer than this version knows
    (await promised(indexedDb.indexedDB.open('test/outbox', 999))).close();
    const left = await deleteCache('test', { keepUnsent: true, indexedDb });
    assert.deepEqual([left.isUnsentKept, await names()], [true, ['test/outbox']]);
  });

  it('is gone from localStorage as well, unless that is to be kept', async () => {
    const localStorage = textStorage();
    const storage = new EmergencyStorage(await openShelf('test', localStorage));
    await storage.enqueue(draft('a'));
    localStorage.setItem('test2/unsent/other/1', 'of another cache');
    const { indexedDb } = profile();
    const kept = await deleteCache('test', { keepUnsent: true, indexedDb, localStorage });
    assert.deepEqual([kept, localStorage.all.size], [{ isUnsentKept: true, isThrough: true }, 2]);
    const left = await deleteCache('test', { indexedDb, localStorage });
    assert.equal(left.isUnsentKept, false);
    assert.deepEqual([...localStorage.all.keys()], ['test2/unsent/other/1']);
    const none = await deleteCache('test', { keepUnsent: true, indexedDb, localStorage });
    assert.equal(none.isUnsentKept, false);
  });

  it('is nothing where databases are refused', async () => {
    const indexedDB = {
      databases: () => Promise.reject(new DOMException('denied', 'SecurityError')),
    } as unknown as IDBFactory;
    const left = await deleteCache('test', { indexedDb: { indexedDB, IDBKeyRange } });
    assert.deepEqual(left, { isUnsentKept: false, isThrough: true });
  });
});

describe('a page that ends while it deletes', () => {
  /** Answers so many calls, and none from then on; the last one is carried out all the same, or is not. */
  const ending = (indexedDb: FakeIndexedDb, calls: number, isLastDone: boolean) => {
    let left = calls;
    const { indexedDB } = indexedDb;
    const factory = new Proxy(indexedDB, {
      get: (_, name) => {
        const method = Reflect.get(indexedDB, name) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (left-- > 0) return method.apply(indexedDB, args);
          if (left === -1 && isLastDone) method.apply(indexedDB, args);
          return name === 'databases' ? new Promise(() => {}) : {};
        };
      },
    });
    return { indexedDb: { ...indexedDb, indexedDB: factory }, isOver: () => left < 0 };
  };

  for (const keepUnsent of [true, false])
    for (const isLastDone of [true, false])
      it(`leaves what the next one finishes, wherever that is: ${keepUnsent ? 'unsent work stays' : 'all of it'}; ${isLastDone ? 'what was begun is done' : 'what was begun is not done'}`, async () => {
        for (let calls = 0; ; calls++) {
          const { open, names, indexedDb } = profile();
          const storage = await open();
          await filled(storage);
          const { client } = await storage.outbox();
          storage.close();
          const life = ending(indexedDb, calls, isLastDone);
          let isThrough = false;
          void deleteCache('test', { keepUnsent, indexedDb: life.indexedDb }).then(() => (isThrough = true));
          await until(() => isThrough || life.isOver());
          const left = await deleteCache('test', { keepUnsent, indexedDb });
          assert.deepEqual(left, { isUnsentKept: keepUnsent, isThrough: true }, `after ${calls} calls`);
          assert.deepEqual(await names(), keepUnsent ? ['test/outbox'] : [], `after ${calls} calls`);
          if (keepUnsent) {
            const again = await open();
            assert.deepEqual((await again.outbox()).entries, [{ ...draft('c'), n: 3, client, mid: 3 }]);
            again.close();
          }
          if (isThrough) break;
        }
      });
});
