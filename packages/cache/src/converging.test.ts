import { act, create, remove, update, type Change } from '@tessera-crm/model/change.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { id } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { createCache } from './create-cache.ts';
import { faultyRemote, type FaultyRemote } from './testing/faulty-remote.ts';
import { identity, registry, until } from './testing/profile.ts';

type TaskId = IdOf<'tasks'>;

const histories = Number(process.env['TESSERA_HISTORIES'] ?? 25);
const first = Number(process.env['TESSERA_SEED'] ?? 0);

const query = { sort: ['subject' as const], limit: 200 };

interface Device {
  readonly name: string;
  readonly remote: FaultyRemote;
  readonly indexedDB: { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange };
  tabs: Tab[];
}

interface Tab {
  readonly cache: Cache;
  readonly stop: () => void;
  shown: readonly AnyRecord[];
}

/** People who work on the tasks of one server, on devices with tabs, over networks that come and go. */
class History {
  readonly #random: Random;
  readonly #server = memoryStore({ registry, identity });
  readonly #devices: readonly Device[];
  /** Subjects of tasks whose creation a cache said was safe. */
  readonly #safe = new Set<string>();
  #count = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#devices = Array.from({ length: 2 }, () => ({
      name: crypto.randomUUID(),
      remote: faultyRemote(this.#server),
      indexedDB: { indexedDB: new IDBFactory(), IDBKeyRange },
      tabs: [],
    }));
  }

  async run(): Promise<void> {
    for (const device of this.#devices) for (let n = this.#random.integer(1, 2); n > 0; n--) await this.#open(device);
    for (let steps = this.#random.integer(20, 60); steps > 0; steps--) {
      await this.#step(this.#random.pick(this.#devices));
      if (this.#random.chance(0.5)) await pause(this.#random.integer(0, 6));
    }
    await this.#quiet();
    await this.#judge();
  }

  async end(): Promise<void> {
    for (const { tabs } of this.#devices) for (const tab of tabs) await this.#shut(tab);
  }

  // oxlint-disable-next-line complexity
  async #step(device: Device): Promise<void> {
    const { remote, tabs } = device;
    const tab = this.#random.pick(tabs);
    const way = this.#random.next();
    if (way < 0.5) return this.#change(tab);
    if (way < 0.6) remote.isOnline = !remote.isOnline;
    else if (way < 0.7) await this.#elsewhere();
    else if (way < 0.76) remote.lostAnswers++;
    else if (way < 0.82) await this.#replace(device, tab);
    else if (way < 0.86) this.#restrict();
    else if (way < 0.88) this.#server.memory.sync.forget();
    else if (way < 0.94) await tab.cache.list('tasks', query).catch(refusedOnly);
    else void tab.cache.flush();
  }

  async #change({ cache, shown }: Tab): Promise<void> {
    const subject = `T${this.#count++}`;
    const one = shown.length > 0 && this.#random.chance(0.6) ? this.#random.pick(shown) : undefined;
    const changes: Change[] = one
      ? [this.#edit(one, subject)]
      : [create('tasks', id('tasks'), { subject, dueDate: '2026-06-16' })];
    try {
      await cache.apply(changes);
      if (!one) this.#safe.add(changes[0]!.id);
    } catch (error) {
      refusedOnly(error);
    }
  }

  #edit({ id: key, version }: AnyRecord, text: string): Change {
    const task = key as TaskId;
    const base = this.#random.chance(0.5) ? version : undefined;
    const way = this.#random.next();
    if (way < 0.5) return update('tasks', task, { subject: text }, base);
    if (way < 0.8) return update('tasks', task, { priority: this.#random.pick(['low', 'high']) }, base);
    return way < 0.9 ? remove('tasks', task) : act('tasks', task, 'complete');
  }

  /** Somebody changes something who uses no cache. */
  async #elsewhere(): Promise<void> {
    const { records } = await this.#server.list('tasks', query);
    if (records.length === 0) return;
    const { id: key } = this.#random.pick(records as readonly AnyRecord[]);
    await this.#server.apply([update('tasks', key as TaskId, { description: `D${this.#count++}` })]).catch(refusedOnly);
  }

  #restrict(): void {
    const hidden = this.#random.integer(0, 3);
    this.#server.memory.sync.setSight(
      hidden === 0 ? null : (_module, { id: key }) => key.charCodeAt(30) % 4 !== hidden,
    );
  }

  async #open(device: Device): Promise<void> {
    const { name, remote, indexedDB, tabs } = device;
    const cache = await createCache({ remote, name, registry, identity, indexedDB });
    const tab: Tab = {
      cache,
      shown: [],
      stop: cache.watchList('tasks', query, { next: ({ records }) => (tab.shown = records as readonly AnyRecord[]) }),
    };
    tabs.push(tab);
  }

  async #replace(device: Device, tab: Tab): Promise<void> {
    device.tabs = device.tabs.filter((one) => one !== tab);
    await this.#shut(tab);
    await this.#open(device);
  }

  async #shut({ cache, stop }: Tab): Promise<void> {
    stop();
    await cache.close();
  }

  async #quiet(): Promise<void> {
    this.#server.memory.sync.setSight(null);
    for (const { remote } of this.#devices) Object.assign(remote, { isOnline: true, lostAnswers: 0 });
    for (const { tabs } of this.#devices)
      for (const { cache } of tabs)
        await until(async () => {
          await cache.list('tasks', { limit: 1 }).catch(refusedOnly);
          return cache.flush();
        });
  }

  async #judge(): Promise<void> {
    const { records } = (await this.#server.list('tasks', query)) as { readonly records: readonly AnyRecord[] };
    const truth = records.map(text).join('\n');
    for (const { tabs } of this.#devices)
      for (const tab of tabs) {
        await settled(() => tab.shown.map(text).join('\n') === truth);
        assert.equal(tab.shown.map(text).join('\n'), truth);
      }
    this.#judgeSafe(records);
  }

  /** Whatever was said to be safe is on the server, was deleted there by somebody, or was refused and is kept. */
  #judgeSafe(records: readonly AnyRecord[]): void {
    const { memory } = this.#server;
    const there = new Set([...memory.records.all('tasks')].map(({ id: key }) => key));
    const rejected = this.#devices.flatMap(({ tabs }) => tabs[0]!.cache.status.current.rejected);
    const kept = new Set(rejected.flatMap(({ changes }) => changes.map((change) => change.id)));
    for (const one of this.#safe) assert.ok(there.has(one) || kept.has(one), `${one} is lost`);
    assert.equal(new Set(records.map(({ id: key }) => key)).size, records.length);
  }
}

const text = ({ id: key, version, subject, priority, description, status }: AnyRecord): string =>
  JSON.stringify([key, version, subject, priority, description, status]);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a rule refuses, or no server can be asked for, is no fault here. */
const refusedOnly = (error: unknown): void => {
  if (!isCrmError(error)) throw error;
};

const settled = async (isSettled: () => boolean): Promise<void> => {
  for (let n = 0; n < 600 && !isSettled(); n++) await pause(5);
};

describe('Caches on several devices, in several tabs,', () => {
  for (let seed = first; seed < first + histories; seed++)
    it(`come to what their server has, and lose nothing (${seed})`, async () => {
      const history = new History(seed);
      try {
        await history.run();
      } finally {
        await history.end();
      }
    });
});
