import { update } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { profile as profileOn, until } from './testing/profile.ts';
import { streamsOf } from './testing/streams-of.ts';

const profile = () => {
  const given = profileOn({ indexedDB: new IDBFactory(), IDBKeyRange });
  return { ...given, streams: streamsOf(given.remote) };
};

type Module = 'accounts' | 'tasks';

/** What a list of a module shows, as it changes. */
const shownBy = (cache: Cache, module: Module): { readonly records: readonly AnyRecord[] } => {
  const shown = { records: [] as readonly AnyRecord[] };
  cache.watchList(module, {}, { next: ({ records }) => (shown.records = records as readonly AnyRecord[]) });
  return shown;
};

const account = async (server: ReturnType<typeof profile>['server'], name: string) =>
  (await added(server, 'accounts', { name })).id as IdOf<'accounts'>;

const task = async (server: ReturnType<typeof profile>['server'], subject: string) =>
  (await added(server, 'tasks', { subject, dueDate: '2026-06-16' })).id as IdOf<'tasks'>;

describe('The feed of a cache', () => {
  it('R19 tells of what is looked at, and of what is kept', async () => {
    const { server, open, streams } = profile();
    await account(server, 'Acme');
    const first = await open();
    const accounts = shownBy(first, 'accounts');
    await until(() => accounts.records.length === 1 && streams.open === 1);
    assert.deepEqual(streams.of, [['accounts']]);
    await first.close();
    const again = await open();
    const tasks = shownBy(again, 'tasks');
    await until(() => streams.begun === 2);
    assert.deepEqual(streams.of[1]!.toSorted(), ['accounts', 'tasks']);
    await task(server, 'Call');
    await until(() => tasks.records.length === 1);
    await again.close();
  });

  it('R19 is asked to tell of more when more is looked at, and misses nothing in between', async () => {
    const { server, open, streams } = profile();
    const called = await task(server, 'Call');
    const cache = await open();
    const accounts = shownBy(cache, 'accounts');
    await until(() => streams.open === 1);
    await server.apply([update('tasks', called, { subject: 'Write' })]);
    const tasks = shownBy(cache, 'tasks');
    await server.apply([update('tasks', called, { subject: 'Meet' })]);
    await account(server, 'Acme');
    await until(() => tasks.records[0]?.['subject'] === 'Meet' && accounts.records.length === 1);
    await until(() => streams.begun === 2);
    assert.equal(streams.open, 1);
    assert.deepEqual(streams.of[1]!.toSorted(), ['accounts', 'tasks']);
    await server.apply([update('tasks', called, { subject: 'Sleep' })]);
    await until(() => tasks.records[0]?.['subject'] === 'Sleep');
    await cache.close();
  });

  it('R19 tells of what other tabs look at, to those who look at it', async () => {
    const { server, open, streams } = profile();
    const called = await task(server, 'Call');
    const [leading, led] = [await open(), await open()];
    shownBy(leading, 'accounts');
    await until(() => streams.open === 1);
    const tasks = shownBy(led, 'tasks');
    await until(() => tasks.records.length === 1 && streams.begun === 2);
    assert.deepEqual(streams.of[1]!.toSorted(), ['accounts', 'tasks']);
    await server.apply([update('tasks', called, { subject: 'Meet' })]);
    await until(() => tasks.records[0]?.['subject'] === 'Meet');
    await Promise.all([leading.close(), led.close()]);
  });
});
