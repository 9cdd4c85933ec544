import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Database, type Transaction } from './database.ts';
import type { Table } from './table.ts';
import { promised } from './testing/kept-notes.ts';

interface Row {
  readonly key: string;
  readonly text?: string;
}

const page = new EventTarget();

/** A database of a page that may go away. */
const databaseIn = (indexedDB: IDBFactory) => {
  const { addEventListener } = globalThis;
  globalThis.addEventListener = page.addEventListener.bind(page) as typeof addEventListener;
  const stores = { rows: { keyPath: 'key' } };
  const tables = (transaction: Transaction<'rows'>): Table<Row, string> => transaction.table('rows');
  const indexedDb = { indexedDB, IDBKeyRange };
  const database = new Database({ name: 'd', stores, tables, durability: 'strict', indexedDb });
  globalThis.addEventListener = addEventListener;
  const put = (key: string, rest = {}): Promise<void> => database.write((rows) => rows.put({ key, ...rest }));
  const keys = (): Promise<readonly string[]> => database.read(['rows'], (rows) => rows.keys());
  return { database, put, keys };
};

const leave = (): boolean => page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));

describe('a database', () => {
  it('writes all of a transaction or nothing', async () => {
    const { database, put, keys } = databaseIn(new IDBFactory());
    await put('a');
    const failing = database.write(async (rows) => {
      await rows.put({ key: 'b' });
      await rows.add({ key: 'a' });
    });
    await assert.rejects(failing, { name: 'ConstraintError' });
    const interrupted = database.write(async (rows) => {
      await rows.put({ key: 'c' });
      throw new Error('changed one’s mind');
    });
    await assert.rejects(interrupted, /changed/);
    assert.deepEqual(await keys(), ['a']);
    database.close();
  });

  it('lets go when its page goes away, also while it opens, and is opened again by whoever uses it', async () => {
    const factory = new IDBFactory();
    const { database, put, keys } = databaseIn(factory);
    const opening = put('a');
    leave();
    await opening;
    leave();
    await promised(factory.deleteDatabase('d'));
    assert.deepEqual(await keys(), []);
    await put('b');
    assert.deepEqual(await keys(), ['b']);
    database.close();
    await promised(factory.deleteDatabase('d'));
  });

  it('lets go when somebody deletes it, and says so', async () => {
    const factory = new IDBFactory();
    const { database, put, keys } = databaseIn(factory);
    let told = 0;
    database.onDeleted(() => told++);
    await put('a');
    await promised(factory.deleteDatabase('d'));
    assert.equal(told, 1);
    assert.deepEqual(await keys(), []);
    database.close();
  });

  it('says that somebody deleted it while its page was away, to whoever uses it then', async () => {
    const factory = new IDBFactory();
    const { database, put, keys } = databaseIn(factory);
    let deletions = 0;
    database.onDeleted(() => deletions++);
    await put('a');
    leave();
    await put('b');
    leave();
    assert.equal(deletions, 0);
    await promised(factory.deleteDatabase('d'));
    assert.deepEqual(await keys(), []);
    assert.equal(deletions, 1);
    leave();
    assert.deepEqual(await keys(), []);
    assert.equal(deletions, 1);
    database.close();
  });

  it('is not opened again once it is closed', async () => {
    const { database, put } = databaseIn(new IDBFactory());
    const opening = put('a');
    database.close();
    await assert.rejects(opening, { name: 'InvalidStateError' });
    await assert.rejects(put('b'), { name: 'InvalidStateError' });
  });

  it('is tried again where the browser does not know why it did not open', async () => {
    const factory = new IDBFactory();
    const open = factory.open.bind(factory);
    let failures = 2;
    factory.open = (...given) => {
      if (failures-- <= 0) return open(...given);
      throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
    };
    const { database, put, keys } = databaseIn(factory);
    await put('a');
    assert.deepEqual(await keys(), ['a']);
    database.close();
  });
});
