import { createCache, type Cache } from '@tessera-crm/cache';
import type { Pin } from '@tessera-crm/cache/pin.js';
import { createClient, type Client } from '@tessera-crm/client';
import type { Fetch } from '@tessera-crm/client/transport.js';
import type { Change } from '@tessera-crm/model/change.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { Random } from '@tessera-crm/model/random.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Chronicle } from './chronicle.ts';
import type { Ledger, Plan } from './ledger.ts';
import type { Wire } from './wire.ts';

const registry = builtInRegistry();

export interface Person {
  readonly name: string;
  readonly identity: Identity;
  /** Good for the whole history. */
  readonly token: string;
  /** The lists that this person may look at. */
  readonly lists: readonly Asked[];
}

export interface Asked {
  readonly module: string;
  readonly query: Query;
}

export interface DeviceOptions {
  readonly name: string;
  readonly person: Person;
  readonly random: Random;
  readonly wire: Wire;
  readonly ledger: Ledger;
  readonly chronicle: Chronicle;
  /** Milliseconds by which the clock is wrong. */
  readonly skew: number;
  readonly pins: readonly Pin[];
  /** What the page makes of `fetch`. */
  readonly fetch: Fetch;
}

/** A list that somebody looks at. */
export interface Shown extends Asked {
  page: Page<AnyRecord> | undefined;
  readonly stop: () => void;
}

/** A browser profile of somebody: a network, a disk, and tabs that come and go. */
export class Device {
  readonly options: DeviceOptions;
  readonly indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  /** Unlike that of any other device, also of other histories: locks and channels go by it. */
  readonly cacheName = crypto.randomUUID();
  #tabs: readonly Tab[] = [];
  #count = 0;

  constructor(options: DeviceOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }

  get tabs(): readonly Tab[] {
    return this.#tabs;
  }

  async open(): Promise<Tab> {
    const { name, wire, person, fetch, skew, pins, random } = this.options;
    const getToken = async () => ({ token: person.token, expiresIn: random.integer(2, 60) });
    const retry = { limit: 2, delay: (attempt: number) => 100 * attempt };
    const client = createClient({ url: wire.url, getToken, fetch, timeout: 3_000, retry });
    const cache = await createCache({
      remote: client.store,
      name: this.cacheName,
      registry,
      identity: person.identity,
      indexedDB: this.indexedDb,
      pins,
      now: () => new Date(Date.now() + skew).toISOString(),
    });
    // as pages do that offer them: what is made of a deal follows from its pipeline
    if (person.identity.type === 'user')
      for (const module of ['pipelines', 'stages']) await cache.list(module, {}).catch(() => {});
    const tab = new Tab(`${name}/${++this.#count}`, { device: this, client, cache });
    this.#tabs = [...this.#tabs, tab];
    return tab;
  }

  async close(tab: Tab): Promise<void> {
    this.#tabs = this.#tabs.filter((one) => one !== tab);
    await tab.close();
  }
}

interface TabOptions {
  readonly device: Device;
  readonly client: Client;
  readonly cache: Cache;
}

/** A page with a cache of its own, and lists on it. */
export class Tab {
  readonly name: string;
  readonly cache: Cache;
  readonly #device: Device;
  readonly #client: Client;
  #lists: readonly Shown[] = [];

  constructor(name: string, { device, client, cache }: TabOptions) {
    this.name = name;
    this.#device = device;
    this.#client = client;
    this.cache = cache;
  }

  get lists(): readonly Shown[] {
    return this.#lists;
  }

  look({ module, query }: Asked): void {
    const stop = this.cache.watchList(module, query as object, {
      next: (page) => (shown.page = page as Page<AnyRecord>),
    });
    const shown: Shown = { module, query, page: undefined, stop };
    this.#lists = [...this.#lists, shown];
  }

  leave(shown: Shown): void {
    shown.stop();
    this.#lists = this.#lists.filter((one) => one !== shown);
  }

  /** All records of a module that are to be seen on the lists. */
  shown(module: string): readonly AnyRecord[] {
    const all = this.#lists.flatMap((list) => (list.module === module ? (list.page?.records ?? []) : []));
    return [...new Map(all.map((record) => [record.id, record])).values()];
  }

  /** Makes a change, as somebody at this tab; what came of it is in the ledger. */
  async act(plan: Plan, changes: readonly Change[]): Promise<void> {
    const { ledger, chronicle, name: device } = this.#device.options;
    const place = ledger.begin(plan, { device, tab: this.name, changes });
    chronicle.note(this.name, `does ${plan.n}: ${JSON.stringify(changes)}`);
    try {
      await this.cache.apply(changes);
      ledger.end(place, 'kept');
      chronicle.note(this.name, `kept ${plan.n}`);
    } catch (error) {
      if (!isCrmError(error)) throw error;
      ledger.end(place, 'thrown');
      chronicle.note(this.name, `thrown ${plan.n}: ${error.code} ${error.message}`);
    }
  }

  async close(): Promise<void> {
    for (const { stop } of this.#lists) stop();
    await this.cache.close();
    this.#client.store.close();
    this.#client.store.transport.close();
  }
}
