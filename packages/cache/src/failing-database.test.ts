import { added, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it, type TestContext } from 'node:test';
import type { IndexedDbStorage } from './indexed-db-storage.ts';
import { patience } from './take-turn.ts';
import { breakable, draft, keep, kept, notes, profileOf, promised, versions } from './testing/kept-notes.ts';
import { profile as openProfile, until } from './testing/profile.ts';
import { textStorage } from './testing/text-storage.ts';

const indexedDb = () => ({ indexedDB: new IDBFactory(), IDBKeyRange });

const { breakIn, repair } = breakable(IDBObjectStore.prototype);

const { transaction } = IDBDatabase.prototype;

/** What the next transactions fail with. */
let failing: { readonly part: string; readonly error: DOMException; times: number } | undefined;
IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
  if (!failing || !this.name.includes(failing.part) || failing.times-- <= 0) return transaction.apply(this, args);
  throw failing.error;
};

/** What Safari says when its database process is gone, when a connection is going, and Chromium of a broken profile. */
const errors = [
  new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError'),
  new DOMException('The database connection is closing.', 'InvalidStateError'),
  new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError'),
  new DOMException('Attempt to get a record from database without an in-progress transaction', 'InvalidStateError'),
] as const;

/** Where the error comes from: of a request, or of a transaction that is to begin. */
const places: Readonly<Record<string, (part: string, error: DOMException, times: number) => void>> = {
  'when it writes': breakIn,
  'when a transaction begins': (part, error, times) => {
    failing = { part, error, times };
  },
};

const work: Readonly<Record<string, (storage: IndexedDbStorage) => Promise<unknown>>> = {
  'a change is added': (storage) => storage.enqueue(draft('b')),
  'changes are taken up': async (storage) => {
    const entry = { ...draft('b'), n: 1, client: 'another', mid: 1 };
    await storage.takeUp({ entries: [entry], rejected: [] });
  },
  'something is settled': async (storage) => storage.settle((await storage.outbox()).client, { through: [1] }),
  'records are kept': (storage) => keep(storage, [kept(3)]),
};

const contentOf = async (storage: IndexedDbStorage) => ({
  entries: (await storage.outbox()).entries.map(({ key, mid }) => `${key} ${mid}`),
  records: await versions(storage),
});

/** A storage with something in it. */
const filled = async () => {
  const profile = profileOf(indexedDb());
  const storage = await profile.open();
  await keep(storage, notes(3));
  await storage.enqueue(draft('a'));
  return { ...profile, storage };
};

afterEach(() => {
  repair();
  failing = undefined;
});

describe('a database that fails', () => {
  for (const [what, doIt] of Object.entries(work))
    for (const [where, breakThere] of Object.entries(places))
      it(`once, ${where}, costs nothing: ${what}`, async () => {
        const { storage: whole } = await filled();
        await doIt(whole);
        const expected = await contentOf(whole);
        for (const error of errors)
          for (const part of ['outbox', 'cache']) {
            const { storage } = await filled();
            breakThere(part, error, 1);
            await doIt(storage);
            assert.deepEqual(await contentOf(storage), expected, `${error.message} of ${part}`);
            storage.close();
          }
      });

  it('for several at the same time is opened anew once for all of them', async (t) => {
    const { storage, indexedDb: parts } = await filled();
    const opened = t.mock.method(parts.indexedDB, 'open');
    breakIn('outbox', errors[0], 3);
    await Promise.all(['b', 'c', 'd'].map((key) => storage.enqueue(draft(key))));
    assert.deepEqual((await contentOf(storage)).entries.toSorted(), ['a 1', 'b 2', 'c 3', 'd 4']);
    assert.equal(opened.mock.calls.filter(({ arguments: [name] }) => name === 'test/outbox').length, 1);
  });

  it('and then never opens again is given up in time, for another one where there may be one', async (t) => {
    const { storage, indexedDb: parts } = await filled();
    const untilAsked = silence(t, parts, 'test/outbox');
    breakIn('outbox', errors[0], 1);
    const adding = assert.rejects(storage.enqueue(draft('b')));
    await untilAsked();
    await pass(t);
    await adding;
  });

  it('and then never opens again is left for another one, if what it holds can be had again', async (t) => {
    const { storage, indexedDb: parts, names: all } = await filled();
    const untilAsked = silence(t, parts, 'test/cache-1-1');
    breakIn('cache-1-1', errors[0], 1);
    const keeping = keep(storage, [kept(9)]);
    await untilAsked();
    await pass(t);
    await keeping;
    assert.deepEqual(await versions(storage), { n9: 1 });
    assert.ok((await all()).includes('test/cache-1-2'));
  });
});

/** Gives no answer to whoever opens a database, and no time passes but as the test says. @returns When one is asked for. */
const silence = (t: TestContext, { indexedDB }: { readonly indexedDB: IDBFactory }, silent: string) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const really = indexedDB.open.bind(indexedDB);
  let asked = 0;
  t.mock.method(indexedDB, 'open', (name: string, version?: number) => {
    if (name !== silent) return really(name, version);
    asked++;
    return {};
  });
  const untilAsked = async (): Promise<void> => {
    while (asked === 0) {
      t.mock.timers.tick(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return untilAsked;
};

/** Until whoever waits gives up. */
const pass = async (t: TestContext): Promise<void> => {
  for (let passed = 0; passed < 3 * patience; passed += 100) {
    t.mock.timers.tick(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('a tab that stopped in the middle of a transaction', () => {
  /** @returns How to let go. */
  const hold = async ({ indexedDB }: { readonly indexedDB: IDBFactory }, name: string): Promise<() => void> => {
    const database = await promised(indexedDB.open(name));
    const facts = database.transaction([...database.objectStoreNames], 'readwrite').objectStore('facts');
    let isHeld = true;
    const ask = (): void => {
      if (isHeld) facts.get('nothing').onsuccess = ask;
    };
    ask();
    return () => {
      isHeld = false;
      database.close();
    };
  };

  it('keeps nobody else from keeping what can be had again', async (t) => {
    const { storage, indexedDb: parts } = await filled();
    const letGo = await hold(parts, 'test/cache-1-1');
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const keeping = keep(storage, [kept(9)], { at: { generation: 1, turn: 0 } });
    await pass(t);
    assert.equal((await keeping)?.generation, 2);
    letGo();
    assert.deepEqual(await versions(storage), { n9: 1 });
  });

  it('lets nobody wait for ever who only reads what waits', async (t) => {
    const { storage, indexedDb: parts } = await filled();
    const letGo = await hold(parts, 'test/outbox');
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const reading = [storage.outbox(), storage.rejected(), storage.unsent()].map((one) =>
      assert.rejects(one, { name: 'TimeoutError' }),
    );
    await pass(t);
    await Promise.all(reading);
    letGo();
    assert.equal((await storage.outbox()).entries.length, 1);
  });

  it('lets nobody wait for ever who only reads what can be had again', async (t) => {
    const { storage, indexedDb: parts } = await filled();
    const letGo = await hold(parts, 'test/cache-1-1');
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const reading = Promise.all([storage.records('notes'), storage.some('notes', ['n1']), storage.page('p')]);
    await pass(t);
    assert.deepEqual(await reading, [[], [], undefined]);
    letGo();
  });

  it('costs a change its safe place, but neither loses nor doubles it', async (t) => {
    const parts = indexedDb();
    const { server, remote, open } = openProfile(parts);
    const localStorage = textStorage();
    const cache = await open({ localStorage });
    await cache.list('accounts');
    remote.isOnline = false;
    await added(cache, 'accounts', { name: 'Before' });
    const outbox = (await parts.indexedDB.databases()).find(({ name }) => name?.endsWith('/outbox'))!.name!;
    const letGo = await hold(parts, outbox);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const adding = added(cache, 'accounts', { name: 'After' });
    await pass(t);
    await adding;
    t.mock.timers.reset();
    assert.equal(cache.status.current.storage, 'localstorage');
    letGo();
    await cache.close();
    const next = await open({ localStorage });
    await until(() => next.status.current.pending === 2);
    remote.isOnline = true;
    await until(() => next.flush());
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'After,Before');
    assert.equal(new Set(remote.arrived).size, 2);
    await next.close();
  });
});
