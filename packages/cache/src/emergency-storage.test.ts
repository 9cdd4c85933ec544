import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EmergencyStorage, openShelf } from './emergency-storage.ts';
import { LocalShelf } from './local-shelf.ts';
import { unsealed } from './sealing.ts';
import { draft, rejectedOf } from './testing/kept-notes.ts';
import { textStorage, type TextStorage } from './testing/text-storage.ts';

/** The key of a person, made of one byte. */
const keyFrom = (byte: number): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(32).fill(byte), 'HKDF', false, ['deriveKey']);

const open = async (texts: TextStorage, key?: CryptoKey) => {
  const shelf = await openShelf('test', texts, key);
  const found = async () => {
    const { entries, rejected } = await shelf.found();
    return { entries: entries.map((one) => `${one.key} ${one.mid}`), rejected: rejected.map((one) => one.key) };
  };
  return { shelf, storage: new EmergencyStorage(shelf), found };
};

/** A draft whose text is as long as that. */
const long = (key: string, length: number) => ({ ...draft(key), patches: [], at: 'x'.repeat(length) });

describe('what no database takes', () => {
  it('lies on the shelf as long as it is unsent or refused, as it was made', async () => {
    const texts = textStorage();
    const { storage, shelf, found } = await open(texts);
    for (const key of ['a', 'b', 'c', 'd']) await storage.enqueue(draft(key));
    assert.deepEqual(await shelf.found().then(({ entries }) => entries), (await storage.outbox()).entries);
    const { client } = await storage.outbox();
    await storage.settle(client, {
      through: [1],
      refused: new Map([[2, rejectedOf(draft('b'), 2)]]),
      emptied: new Map([[3, rejectedOf(draft('c'), 3)]]),
    });
    assert.deepEqual(await found(), { entries: ['c 3', 'd 4'], rejected: ['b', 'c'] });
    const { entries, rejected } = await shelf.found();
    assert.deepEqual([entries[0]?.changes, rejected[0]], [[], rejectedOf(draft('b'), 2)]);
    await storage.discard(2);
    await storage.discard(3);
    await storage.settle(client, { through: [3, 4] });
    assert.deepEqual([...texts.all], []);
  });

  it('is written under its other name when its count is lost', async () => {
    const { storage, shelf } = await open(textStorage());
    await storage.enqueue(draft('a'));
    await storage.renameClient((await storage.outbox()).client);
    const { entries } = await storage.outbox();
    assert.deepEqual((await shelf.found()).entries, entries);
  });

  it('stays together where tabs leave theirs beside each other', async () => {
    const texts = textStorage();
    const [one, other] = [await open(texts), await open(texts)];
    for (const key of ['a', 'b', 'c']) {
      await one.storage.enqueue(draft(key));
      await other.storage.enqueue(draft(`${key}2`));
    }
    const { entries } = await one.found();
    assert.deepEqual(entries.join(), 'a 1,b 2,c 3,a2 1,b2 2,c2 3');
  });

  it('is all of it there, or nothing of what comes after what is not', async () => {
    const texts = textStorage();
    const { storage, found } = await open(texts);
    await storage.enqueue(draft('a'));
    texts.room = 1_000;
    await storage.enqueue(long('b', 900));
    await storage.enqueue(draft('c'));
    assert.equal(storage.kind, 'memory');
    assert.deepEqual(await found(), { entries: ['a 1'], rejected: [] });
    const { client } = await storage.outbox();
    await storage.settle(client, { through: [1, 2] });
    assert.equal(storage.kind, 'localstorage');
    assert.deepEqual(await found(), { entries: ['c 3'], rejected: [] });
  });

  it('takes the place of what it was given up for, where there is no room for both', async () => {
    const texts = textStorage();
    const { storage, found } = await open(texts);
    await storage.enqueue(long('a', 500));
    texts.room = 1_000;
    const { client } = await storage.outbox();
    await storage.settle(client, { refused: new Map([[1, rejectedOf(long('a', 500), 1)]]) });
    assert.equal(storage.kind, 'localstorage');
    assert.deepEqual(await found(), { entries: [], rejected: ['a'] });
  });

  it('takes a million characters at most, of all tabs, and leaves the rest to the site', async () => {
    const texts = textStorage();
    const [one, other] = [await open(texts), await open(texts)];
    await one.storage.enqueue(long('a', 700_000));
    await other.storage.enqueue(long('b', 400_000));
    assert.deepEqual([one.storage.kind, other.storage.kind], ['localstorage', 'memory']);
    assert.deepEqual(await one.found(), { entries: ['a 1'], rejected: [] });
  });

  it('can be read by nobody without the key, which loses nothing to whoever has another one', async () => {
    const texts = textStorage();
    const secret = 'Giulia Rossi';
    const { storage } = await open(texts, await keyFrom(1));
    await storage.enqueue(draft('a', secret));
    await storage.enqueue(draft('b', secret));
    const { client, entries } = await storage.outbox();
    await storage.settle(client, { refused: new Map([[1, rejectedOf(draft('a', secret), 1)]]) });
    for (const text of texts.all.values()) for (const word of [secret, 'notes']) assert.ok(!text.includes(word), text);
    for (const key of [await keyFrom(2), undefined])
      assert.deepEqual(await (await open(texts, key)).found(), { entries: [], rejected: [] });
    const { shelf } = await open(texts, await keyFrom(1));
    const found = await shelf.found();
    assert.deepEqual(
      [found.entries, found.rejected],
      [entries.filter(({ key }) => key === 'b'), [rejectedOf(draft('a', secret), 1)]],
    );
  });

  it('is not confused by what else lies there', async () => {
    const texts = textStorage();
    const { storage, found } = await open(texts);
    await storage.enqueue(draft('a'));
    const elsewhere = new Map([
      ['theme', 'dark'],
      ['test/unsent/junk/1', 'no JSON'],
      ['test/unsent/junk/2', '{}'],
      ['test/unsent/junk/3', '{"n":1,"key":"k","text":"{}","isSealed":false}'],
      ['test2/unsent/other/1', [...texts.all.values()][0]!],
    ]);
    for (const [name, text] of elsewhere) texts.setItem(name, text);
    assert.deepEqual(await found(), { entries: ['a 1'], rejected: [] });
    await storage.wipe();
    assert.deepEqual([...texts.all.keys()], ['theme', 'test2/unsent/other/1']);
  });

  it('does not come back when it is wiped while it is being written', async () => {
    const texts = textStorage();
    const { storage } = await open(texts, await keyFrom(1));
    const adding = storage.enqueue(draft('a'));
    await storage.wipe();
    await adding;
    assert.deepEqual([...texts.all], []);
  });

  it('stays for the next visit when all is wiped but what is unsent', async () => {
    const { storage, found } = await open(textStorage());
    await storage.enqueue(draft('a'));
    await storage.wipe({ keepUnsent: true });
    assert.deepEqual(await found(), { entries: ['a 1'], rejected: [] });
  });

  it('is in memory only where it cannot be encrypted any more, and nobody who adds something hears of it', async () => {
    const texts = textStorage();
    const storage = new EmergencyStorage(
      new LocalShelf('test', texts, { ...unsealed, seal: () => Promise.reject(new Error('no key')) }),
    );
    for (const key of ['a', 'b']) await storage.enqueue(draft(key));
    assert.deepEqual([storage.kind, (await storage.outbox()).entries.length, texts.all.size], ['memory', 2, 0]);
  });

  it('is in memory only where the browser keeps no text', async () => {
    const storage = new EmergencyStorage(await openShelf('test', textStorage(-1)));
    assert.equal(storage.kind, 'memory');
    await storage.enqueue(draft('a'));
    assert.deepEqual([storage.kind, (await storage.outbox()).entries.length], ['memory', 1]);
  });
});
