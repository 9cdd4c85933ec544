import { create } from '@tessera-crm/model/change.js';
import { id } from '@tessera-crm/model/testing/store-kit.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Draft } from './entry.ts';
import { MemoryStorage } from './memory-storage.ts';

const draft = (key: string): Draft => ({
  key,
  at: '2026-06-15T10:00:00.000Z',
  changes: [create('accounts', id('accounts'), { name: key })],
  patches: [],
});

const queued = async (storage: MemoryStorage) => {
  const { client, last, entries, behind = [] } = await storage.outbox();
  const places = entries.map(({ key, mid }) => `${key} ${mid}`);
  return { client, last, entries: places.join(), behind: behind.map(({ key }) => key).join() };
};

describe('MemoryStorage, when a database was lost,', () => {
  it('sends what that held under its name, and what came later under one that no other tab counts under', async () => {
    const lost = new MemoryStorage();
    for (const key of ['a', 'b']) await lost.enqueue(draft(key));
    const before = await lost.outbox();
    const storage = new MemoryStorage(before);
    await storage.enqueue(draft('c'));
    const { client } = before;
    assert.deepEqual(await queued(storage), { client, last: 2, entries: 'a 1,b 2', behind: 'c' });
    await storage.settle(client, { through: before.entries.map(({ n }) => n) });
    const after = await queued(storage);
    assert.notEqual(after.client, client);
    assert.deepEqual([after.last, after.entries, after.behind], [1, 'c 1', '']);
  });

  it('begins with a name of its own where nothing waited', async () => {
    const lost = new MemoryStorage();
    await lost.enqueue(draft('a'));
    const { client, entries } = await lost.outbox();
    await lost.settle(client, { through: entries.map(({ n }) => n) });
    const storage = new MemoryStorage(await lost.outbox());
    const { n } = await storage.enqueue(draft('b'));
    const after = await queued(storage);
    assert.notEqual(after.client, client);
    assert.deepEqual([after.entries, n > entries[0]!.n], ['b 1', true]);
  });

  it('begins with a name of its own also where nothing was ever sent: other tabs may begin to', async () => {
    const { client } = await new MemoryStorage().outbox();
    const storage = new MemoryStorage({ client, last: 0, entries: [] });
    await storage.enqueue(draft('a'));
    const after = await queued(storage);
    assert.notEqual(after.client, client);
    assert.deepEqual([after.last, after.entries], [1, 'a 1']);
  });

  it('gives everything another name when the count is lost', async () => {
    const lost = new MemoryStorage();
    await lost.enqueue(draft('a'));
    const storage = new MemoryStorage(await lost.outbox());
    await storage.enqueue(draft('b'));
    const { client } = await storage.outbox();
    await storage.renameClient(client);
    const after = await queued(storage);
    assert.notEqual(after.client, client);
    assert.deepEqual([after.last, after.entries, after.behind], [2, 'a 1,b 2', '']);
  });
});
