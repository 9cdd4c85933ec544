import { create, update } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { added, id, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cache } from './cache.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { epoch } from './epoch.ts';
import type { Storage } from './storage.ts';
import { inUse } from './testing/in-use.ts';
import { identity, profile, registry, until } from './testing/profile.ts';

type AccountId = IdOf<'accounts'>;

/** Lets so many calls begin, and answers none from then on: as if the process had ended there. */
class Life {
  #left: number;
  /** Whether a call that began is carried out though nobody hears the answer. */
  readonly #isLastDone: boolean;

  constructor(calls: number, isLastDone: boolean) {
    this.#left = calls;
    this.#isLastDone = isLastDone;
  }

  get isOver(): boolean {
    return this.#left < 0;
  }

  /** The same object, as long as this lasts. */
  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const of: unknown = Reflect.get(target, name);
        return typeof of === 'function' ? (...args: unknown[]) => this.#call(of.bind(target), args) : of;
      },
    });
  }

  #call(method: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const never = new Promise(() => {});
    this.#left--;
    if (this.#left >= 0) {
      const answer = method(...args);
      return answer instanceof Promise ? answer.then((value: unknown) => (this.isOver ? never : value)) : answer;
    }
    // whoever is gone hears of no failure, either
    if (this.#left === -1 && this.#isLastDone) void Promise.resolve(method(...args)).catch(() => {});
    return never;
  }
}

/** What somebody does: each change is noted once the cache has said that it is safe. */
const work = async (cache: Cache, { known, safe }: { known: AccountId; safe: string[] }): Promise<void> => {
  await cache.list('accounts', { sort: ['name'] });
  for (const name of ['A', 'B']) {
    await cache.apply([create('accounts', id('accounts'), { name })]);
    safe.push(name);
  }
  await cache.apply([update('accounts', known, { employees: 7 })]);
  safe.push('edit');
  await cache.flush();
  await cache.apply([create('accounts', id('accounts'), { name: 'C' })]);
  safe.push('C');
  await cache.flush();
};

const circumstances = {
  registry,
  identity,
  settings: defaultSettings,
  now: () => '2026-06-15T10:00:00.000Z',
};

/** A visit that ends after so many calls of storage and server. @returns Whether it came to its end before. */
const visit = async (calls: number, isLastDone: boolean): Promise<boolean> => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const { server, remote } = profile(indexedDb);
  const made = await added(server, 'accounts', { name: 'Known', employees: 1 });
  const known = made.id as AccountId;
  const name = crypto.randomUUID();
  const life = new Life(calls, isLastDone);
  const safe: string[] = [];
  const opened = await IndexedDbStorage.open(name, { indexedDb });
  const storage = inUse(life.of<Storage>(opened));
  const door: SyncDoor = life.of(remote.sync);
  const position = await opened.position();
  const parts = { remote: life.of(remote), door, name, epoch, locks: null, circumstances };
  const first = new Cache(parts);
  let isThrough = false;
  void first
    .start({ storage, position })
    .then(() => work(first, { known, safe }))
    .then(() => (isThrough = true));
  await until(() => isThrough || life.isOver);
  // what had begun in the database goes on to its end
  await new Promise((resolve) => setTimeout(resolve, 10));
  opened.close();
  const open = await IndexedDbStorage.open(name, { indexedDb });
  const second = new Cache({ ...parts, remote, door: remote.sync });
  remote.isOnline = false;
  await second.start({ storage: inUse(open), position: await open.position() });
  const shown = names(await second.list('accounts', { sort: ['name'] })).split(',');
  for (const one of safe.filter((given) => given !== 'edit'))
    assert.ok(shown.includes(one), `${one} is not shown, after ${calls} calls`);
  if (safe.includes('edit')) assert.equal((await second.get('accounts', known)).employees, 7, `after ${calls} calls`);
  remote.isOnline = true;
  await until(() => second.flush());
  const there = await server.list('accounts', { sort: ['name'] });
  const created = there.records.map((one) => one['name']).filter((one) => one !== 'Known');
  assert.deepEqual(created, [...new Set(created)], `carried out twice, after ${calls} calls`);
  for (const one of safe)
    if (one === 'edit') assert.equal((await server.get('accounts', known)).employees, 7, `after ${calls} calls`);
    else assert.ok(created.includes(one), `${one} is lost, after ${calls} calls`);
  assert.deepEqual(second.status.current.rejected, []);
  await until(async () => names(await second.list('accounts', { sort: ['name'] })) === names(there));
  await second.close();
  void first.close().catch(() => {});
  return isThrough;
};

describe('A cache whose page ends', () => {
  for (const isLastDone of [false, true])
    it(`loses nothing that it said was safe, and does nothing twice, wherever that is; ${isLastDone ? 'what was begun is done' : 'what was begun is not done'}`, async () => {
      for (let calls = 0; ; calls++) if (await visit(calls, isLastDone)) break;
    });
});
