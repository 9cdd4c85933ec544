import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IndexedDbStorage } from './indexed-db-storage.ts';
import {
  draft,
  gone,
  keep,
  kept,
  notes,
  profileOf,
  promised,
  rejectedOf,
  standingAt,
  versions,
} from './testing/kept-notes.ts';

const secret = 'Giulia Rossi, +39 02 1234567';

const profile = () => profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });

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
          JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? new TextDecoder().decode(one) : one)),
        );
    }
    database.close();
  }
  return texts.join('\n');
};

/** A bit of everything that is ever kept. */
const filled = async (storage: IndexedDbStorage): Promise<void> => {
  await keep(storage, notes(300, 1, secret));
  const page = { ids: ['n1'], next: secret, asOf: 1 };
  await keep(storage, [kept(1, 2, { text: secret }), gone(2), { ...kept(7), module: 'errands' }], {
    pages: [{ key: `notes ${secret}`, module: 'notes', page }],
    standing: standingAt(3, [['errands|n7', 77_777]]),
  });
  for (const key of ['a', 'b', 'c']) await storage.enqueue(draft(key, secret));
  const { client } = await storage.outbox();
  await storage.settle(client, {
    carriedOut: new Map([[1, [[`notes|${secret}`, 3] as const]]]),
    refused: new Map([
      [2, { ...rejectedOf(draft('b', secret), 2), error: { code: 'rule', message: secret, facts: {} } }],
    ]),
    emptied: new Map([[3, rejectedOf(draft('c', secret), 3)]]),
  });
  await storage.enqueue(draft('d', secret));
};

const words = [secret, 'Giulia', 'notes', 'errands', 'n299', '77777', 'cursor', 'text'];

describe('what is encrypted', () => {
  it('holds nothing that can be read, names, ids and where it stands included, and opens with its key', async () => {
    const { open, indexedDb } = profile();
    const storage = await open({ key: await keyFrom(1) });
    const at = await storage.position();
    await filled(storage);
    const before = await storage.position();
    const text = (await dump(indexedDb)).replaceAll('"text"', '');
    for (const word of words) assert.ok(!text.includes(word), word);
    storage.close();
    const again = await open({ key: await keyFrom(1) });
    const found = await versions(again);
    assert.deepEqual([Object.keys(found).length, found['n1'], found['n2']], [299, 2, undefined]);
    assert.deepEqual(await again.position(), before);
    assert.equal((await again.page(`notes ${secret}`))?.next, secret);
    assert.equal((await again.rejected())[0]?.error.message, secret);
    const { entries } = await again.outbox();
    assert.deepEqual(
      entries.map(({ touched, changes }) => touched?.[0]?.[0] ?? changes[0]?.id),
      [`notes|${secret}`, undefined, secret],
    );
    assert.equal((await again.since(at))?.rows.length, 301);
    const one = (await again.since({ ...before, turn: before.turn - 1 }))!.rows;
    assert.deepEqual(one, [kept(1, 2, { text: secret }), gone(2), { ...kept(7), module: 'errands' }]);
  });

  it('can be read where there is no key, so that this test sees something', async () => {
    const { open, indexedDb } = profile();
    await filled(await open());
    const text = await dump(indexedDb);
    for (const word of words) assert.ok(text.includes(word), word);
  });

  it('is not there for whoever has another key, who loses no work of others', async () => {
    const { open } = profile();
    const storage = await open({ key: await keyFrom(1) });
    await filled(storage);
    storage.close();
    const stranger = await open({ key: await keyFrom(2) });
    assert.equal((await stranger.position()).turn, 0);
    assert.deepEqual(await stranger.records('notes'), []);
    await assert.rejects(stranger.outbox());
    stranger.close();
    const again = await open({ key: await keyFrom(1) });
    assert.equal((await again.outbox()).entries.length, 3);
  });

  it('is still sealed to its place after its numbers became others', async () => {
    const { open } = profile();
    const storage = await open({ key: await keyFrom(1) });
    await filled(storage);
    await storage.renameClient((await storage.outbox()).client);
    const { client, entries } = await storage.outbox();
    assert.deepEqual(entries, [{ ...draft('d', secret), n: 4, client, mid: 1 }]);
  });
});
