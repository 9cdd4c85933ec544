import type { AnyRecord } from '@tessera-crm/model/module.js';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { DexieStorage, type DexieStorageOptions } from './dexie-storage.ts';
import type { Entry } from './entry.ts';
import type { Stored } from './storage.ts';

const idOf = (n: number): string => `n${n}`;

const note = (n: number, version = 1, text = 'hello'): AnyRecord => ({ id: idOf(n), version, text });

const stored = (record: AnyRecord): Stored => ({ module: 'notes', id: record.id, record });

const gone = (n: number): Stored => ({ module: 'notes', id: idOf(n), record: null });

const notes = (count: number, version = 1): Stored[] =>
  Array.from({ length: count }, (_, n) => stored(note(n, version)));

const entry = (id: string): Omit<Entry, 'n'> => ({
  key: id,
  at: '2026-11-30T08:00:00Z',
  changes: [],
  onPending: [],
  patches: [{ module: 'notes', id, values: {}, isNew: false }],
});

/** One browser profile. */
const profile = () => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const open = (options: DexieStorageOptions = {}): Promise<DexieStorage> =>
    DexieStorage.open('test', { indexedDb, ...options });
  const names = async (): Promise<readonly string[]> =>
    (await indexedDb.indexedDB.databases()).flatMap(({ name }) => name ?? []).toSorted();
  return { open, names, indexedDb };
};

const sorted = (entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));

const byId = (records: readonly AnyRecord[]): Readonly<Record<string, number>> =>
  sorted(records.map(({ id, version }) => [id, version]));

const { put, add } = IDBObjectStore.prototype;

/** Makes writing fail in databases with this in their name. */
const failIn = (part: string, error: DOMException, times = Infinity): void => {
  let left = times;
  const failing = (method: typeof put) =>
    function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (!this.transaction.db.name.includes(part) || left-- <= 0) return method.apply(this as never, args);
      throw error;
    };
  Object.assign(IDBObjectStore.prototype, { put: failing(put), add: failing(add) });
};

const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError');

describe('what is kept', () => {
  it('comes back: many records, newer ones beside them, and not those that are gone', async () => {
    const { open } = profile();
    const first = await open();
    await first.keep(notes(1200));
    await first.keep([stored(note(3, 2)), gone(4), stored(note(5000))]);
    first.close();
    const found = byId(await (await open()).records('notes'));
    assert.equal(Object.keys(found).length, 1200);
    assert.deepEqual([found['n3'], found['n4'], found['n5000']], [2, undefined, 1]);
  });

  it('comes back after it was gone, one by one and with many others', async () => {
    const storage = await profile().open();
    await storage.keep(notes(300));
    await storage.keep([gone(1), gone(2)]);
    await storage.keep([stored(note(1, 3))]);
    assert.deepEqual(byId(await storage.records('notes'))['n2'], undefined);
    await storage.keep(notes(300, 3));
    const found = byId(await storage.records('notes'));
    assert.deepEqual([found['n1'], found['n2']], [3, 3]);
  });

  it('is the higher version, whichever tab is the slower one', async () => {
    const { open } = profile();
    const [one, other] = [await open(), await open()];
    await one.keep([stored(note(1, 3))]);
    await other.keep([stored(note(1, 2))]);
    assert.deepEqual(byId(await other.records('notes')), { n1: 3 });
  });

  it('equals a map of the last and highest, whatever was kept how often, compacted and left', async () => {
    const few = fc.array(fc.record({ n: fc.nat(40), version: fc.integer({ min: 1, max: 6 }), isGone: fc.boolean() }), {
      maxLength: 8,
    });
    const many = fc.integer({ min: 1, max: 6 });
    const step = fc.oneof(
      few.map((list) => ({ kind: 'few', list }) as const),
      many.map((version) => ({ kind: 'many', version }) as const),
      fc.constant({ kind: 'reopen' } as const),
    );
    const run = fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.constantFrom(50_000_000, 40_000),
      async (steps, budget) => {
        const { open } = profile();
        let storage = await open({ budget });
        const model = new Map<string, number>();
        const highest = new Map<string, number>();
        for (const one of steps) {
          if (one.kind === 'reopen') {
            storage.close();
            storage = await open({ budget });
            continue;
          }
          const given =
            one.kind === 'many'
              ? notes(300, one.version)
              : [...new Map(one.list.map((each) => [each.n, each])).values()].map(({ n, version, isGone }) =>
                  isGone ? gone(n) : stored(note(n, version)),
                );
          // versions only grow: what was gone comes back at the version it had, or a higher one
          const kept = given.filter(
            ({ id, record }) => !record || model.has(id) || record.version >= (highest.get(id) ?? 0),
          );
          for (const { id, record } of kept)
            if (record) highest.set(id, Math.max(record.version, highest.get(id) ?? 0));
          await storage.keep(kept);
          for (const { id, record } of kept) {
            if (!record) model.delete(id);
            else if (record.version >= (model.get(id) ?? 0)) model.set(id, record.version);
          }
        }
        const found = byId(await storage.records('notes'));
        // a small budget forgets
        if (budget < 1_000_000)
          for (const [id, version] of Object.entries(found)) assert.ok(version <= highest.get(id)!);
        else assert.deepEqual(found, sorted([...model]));
        storage.close();
      },
    );
    await fc.assert(run, { numRuns: 60 });
  });

  it('is written anew when much of it lies loose, and reads the same', async () => {
    const { open } = profile();
    const storage = await open();
    await storage.keep(notes(400));
    for (let n = 0; n < 1400; n += 200)
      await storage.keep(Array.from({ length: 200 }, (_, place) => stored(note(n + place, 2))));
    await storage.keep([gone(7)]);
    const found = byId(await storage.records('notes'));
    assert.deepEqual([Object.keys(found).length, found['n8'], found['n7']], [1399, 2, undefined]);
  });
});

describe('where there is no room', () => {
  afterEach(() => void Object.assign(IDBObjectStore.prototype, { put, add }));

  it('another generation takes the place of one that takes nothing more, and the old one is deleted', async () => {
    const { open, names } = profile();
    const storage = await open();
    await storage.enqueue(entry('n1'));
    await storage.keep(notes(10));
    failIn('cache-1', full);
    await storage.keep([stored(note(20))]);
    assert.deepEqual(byId(await storage.records('notes')), { n20: 1 });
    assert.deepEqual(await names(), ['test/cache-2', 'test/outbox']);
    assert.equal((await storage.outbox()).length, 1);
  });

  it('the cache makes room for the outbox', async () => {
    const { open } = profile();
    const storage = await open();
    await storage.keep(notes(10));
    failIn('outbox', full, 1);
    await storage.enqueue(entry('n1'));
    assert.equal((await storage.outbox()).length, 1);
    assert.deepEqual(await storage.records('notes'), []);
  });

  it('the budget keeps what was used last, and what changes wait for', async () => {
    const { open, names } = profile();
    const storage = await open({ budget: 20_000 });
    const other = await open({ budget: 20_000 });
    assert.deepEqual(await other.records('notes'), []);
    await storage.keep([stored(note(0))]);
    await storage.enqueue(entry('n0'));
    for (let n = 1; n < 60; n++) {
      const page = { ids: [idOf(n)], next: null };
      await storage.keep([stored(note(n, 1, 'x'.repeat(400)))], { key: `page ${n}`, module: 'notes', page });
    }
    const found = byId(await storage.records('notes'));
    assert.deepEqual([found['n0'], found['n1'], found['n59']], [1, undefined, 1]);
    assert.deepEqual((await storage.page('page 59'))?.ids, ['n59']);
    assert.equal(await storage.page('page 1'), undefined);
    assert.ok(!(await names()).includes('test/cache-1'));
    // the other tab goes on in the generation of this one
    assert.deepEqual(byId(await other.records('notes')), found);
  });

  it('throws when nothing helps', async () => {
    const storage = await profile().open();
    failIn('', full);
    await assert.rejects(storage.enqueue(entry('n1')));
    await assert.rejects(storage.keep(notes(1)));
  });
});

describe('a database that breaks', () => {
  afterEach(() => void Object.assign(IDBObjectStore.prototype, { put, add }));

  it('is opened anew once, and nothing is lost', async () => {
    const storage = await profile().open();
    await storage.keep(notes(3));
    failIn(
      'cache',
      new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError'),
      1,
    );
    await storage.keep([stored(note(3))]);
    failIn('outbox', new DOMException('The database connection is closing.', 'InvalidStateError'), 1);
    await storage.enqueue(entry('n1'));
    assert.deepEqual(byId(await storage.records('notes')), { n0: 1, n1: 1, n2: 1, n3: 1 });
    assert.equal((await storage.outbox()).length, 1);
  });

  it('is left for another one when it stays broken', async () => {
    const { open, names } = profile();
    const storage = await open();
    await storage.keep(notes(3));
    failIn('cache-1', new DOMException('Internal error.', 'UnknownError'));
    await storage.keep([stored(note(9))]);
    assert.deepEqual(byId(await storage.records('notes')), { n9: 1 });
    assert.deepEqual(await names(), ['test/cache-2', 'test/outbox']);
  });

  it('begins empty when the site’s data were cleared', async () => {
    const { open, indexedDb } = profile();
    const storage = await open();
    await storage.keep(notes(3));
    for (const { name } of await indexedDb.indexedDB.databases()) indexedDb.indexedDB.deleteDatabase(name!);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await storage.keep([stored(note(1))]);
    assert.deepEqual(byId(await storage.records('notes')), { n1: 1 });
    await storage.enqueue(entry('n1'));
    assert.equal((await storage.outbox()).length, 1);
  });

  it('leaves nothing behind after a crash between two generations, nor after a wipe', async () => {
    const { open, names } = profile();
    const first = await open();
    failIn('cache-1', full);
    await first.keep(notes(1));
    Object.assign(IDBObjectStore.prototype, { put, add });
    first.close();
    const old = await DexieStorage.open('test/x', {}).catch(() => null);
    assert.equal(old, null);
    const second = await open();
    await second.keep(notes(2));
    await second.wipe();
    assert.deepEqual(await names(), []);
  });
});

describe('what is encrypted', () => {
  const secret = 'Giulia Rossi, +39 02 1234567';
  const keyFrom = (byte: number): Promise<CryptoKey> =>
    crypto.subtle.importKey('raw', new Uint8Array(32).fill(byte), 'HKDF', false, ['deriveKey']);

  /** Everything in all databases, as text. */
  const dump = async ({ indexedDB }: { readonly indexedDB: IDBFactory }): Promise<string> => {
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await promised(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const table = database.transaction(store).objectStore(store);
        for (const value of [await promised(table.getAll()), await promised(table.getAllKeys())].flat())
          texts.push(
            JSON.stringify(value, (_, one: unknown) =>
              one instanceof Uint8Array ? new TextDecoder().decode(one) : one,
            ),
          );
      }
      database.close();
    }
    return texts.join('\n');
  };

  const filled = async (storage: DexieStorage): Promise<void> => {
    await storage.keep(notes(300).map((one) => stored({ ...one.record!, text: secret })));
    const page = { ids: ['n1'], next: secret };
    await storage.keep([stored(note(1, 2, secret)), gone(2)], { key: `notes ${secret}`, module: 'notes', page });
    await storage.settle(9, {
      ...entry('n1'),
      n: 9,
      key: 'refused',
      error: { code: 'rule', message: secret, facts: {} },
    });
    await storage.enqueue({
      ...entry('n1'),
      changes: [{ op: 'create', module: 'notes', id: 'n1', values: { secret } }],
    });
  };

  it('holds nothing that can be read, names and ids included, and opens with its key', async () => {
    const { open, indexedDb } = profile();
    const storage = await open({ key: await keyFrom(1) });
    await filled(storage);
    const text = await dump(indexedDb);
    for (const word of [secret, 'Giulia', 'notes', 'n299']) assert.ok(!text.includes(word), word);
    storage.close();
    const again = await open({ key: await keyFrom(1) });
    const found = byId(await again.records('notes'));
    assert.deepEqual([Object.keys(found).length, found['n1'], found['n2']], [299, 2, undefined]);
    assert.equal((await again.page(`notes ${secret}`))?.next, secret);
    assert.equal((await again.rejected())[0]?.error.message, secret);
    assert.equal((await again.outbox())[0]?.changes[0]?.id, 'n1');
  });

  it('can be read where there is no key, so that this test sees something', async () => {
    const { open, indexedDb } = profile();
    await filled(await open());
    assert.ok((await dump(indexedDb)).includes(secret));
  });

  it('is not there for whoever has another key, who loses no work of others', async () => {
    const { open } = profile();
    const storage = await open({ key: await keyFrom(1) });
    await filled(storage);
    storage.close();
    const stranger = await open({ key: await keyFrom(2) });
    assert.deepEqual(await stranger.records('notes'), []);
    await assert.rejects(stranger.outbox());
    stranger.close();
    assert.equal((await (await open({ key: await keyFrom(1) })).outbox()).length, 1);
  });
});

const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });
