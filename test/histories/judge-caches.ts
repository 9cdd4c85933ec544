import { setTimeout as pause } from 'node:timers/promises';
import { IndexedDbStorage } from '@tessera-crm/cache/indexed-db-storage.js';
import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import type { Pin } from '@tessera-crm/cache/pin.js';
import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { Asked, Device, Shown, Tab } from './device.ts';
import type { Fault, Kept } from './judge-past.ts';
import { marksIn } from './ledger.ts';

/** What the server says itself, to the same person. */
class Truth {
  readonly #store: RemoteStore;

  constructor(url: string, token: string) {
    this.#store = new RemoteStore({ url, token });
  }

  async page({ module, query }: Asked): Promise<Page<AnyRecord>> {
    return (await this.#store.list(module, query as object)) as unknown as Page<AnyRecord>;
  }

  /** What follows on a page; none where nothing does, whether it says so or not. */
  async idsAfter({ module, query }: Asked, next: string | null): Promise<readonly string[]> {
    if (next === null) return [];
    const { records } = await this.page({ module, query: { ...query, after: next } });
    return records.map(({ id }) => id);
  }

  /** Null for a module that does not exist for this person. */
  async all({ module, where }: Pin): Promise<ReadonlyMap<string, AnyRecord> | null> {
    const found = new Map<string, AnyRecord>();
    try {
      for (let after: string | null | undefined; after !== null;) {
        const query = { limit: 200, archived: 'with', ...(where && { where }), ...(after && { after }) } as const;
        const page = await this.page({ module, query });
        for (const record of page.records) found.set(record.id, record);
        after = page.next;
      }
      return found;
    } catch (error) {
      if (isCrmError(error, 'not-found') || isCrmError(error, 'forbidden')) return null;
      throw error;
    }
  }
}

/** How caches come to rest once everything is well again. */
export class Rest {
  readonly #url: string;
  readonly #devices: readonly Device[];
  #patience: number;

  /** @param url - A server that is reached for certain. @param patience - Milliseconds for each of these questions. */
  // oxlint-disable-next-line max-params
  constructor(url: string, devices: readonly Device[], patience: number) {
    this.#url = url;
    this.#devices = devices;
    this.#patience = patience;
  }

  /** Everything is sent, as when a browser says that there is a network again. */
  sent(): Promise<readonly Fault[]> {
    return this.#untilNone(async () => {
      const tabs = this.#devices.flatMap((device) => device.tabs);
      const rest = await Promise.all(tabs.map(async (tab) => ((await tab.cache.outgoing.retry()) ? [] : [tab])));
      return rest.flat().map(({ name, cache }) => {
        const waiting = cache.outgoing.waiting().map(({ n }) => n);
        return { what: `${name} still has ${waiting.join()} to send`, words: [name] };
      });
    });
  }

  /** Every list that somebody looks at shows what the server answers to the same question. */
  shown(): Promise<readonly Fault[]> {
    return this.#untilNone(async () => {
      const all = this.#devices.flatMap((device) =>
        device.tabs.flatMap((tab) => tab.lists.map((list) => compared(tab, list, this.#truth(device)))),
      );
      return (await Promise.all(all)).flat();
    });
  }

  /** What each device holds is what the server has, and nothing is still to be fetched. */
  async held(modules: readonly string[]): Promise<readonly Fault[]> {
    for (const { tabs } of this.#devices) for (const { cache } of tabs) await readAll(cache, modules);
    return this.#untilNone(async () => {
      const all = this.#devices.map((device) => judgeDevice(device, this.#truth(device), modules));
      return (await Promise.all(all)).flat();
    });
  }

  /**
   * Waits until there is nothing to complain of.
   *
   * @returns The complaints that are left when patience ends: from then on nobody has any.
   */
  async #untilNone(complaints: () => Promise<readonly Fault[]>): Promise<readonly Fault[]> {
    const end = performance.now() + this.#patience;
    for (;;) {
      const left = await complaints();
      if (left.length === 0) return left;
      if (performance.now() > end) {
        this.#patience = 0;
        return left;
      }
      await pause(50);
    }
  }

  #truth({ options }: Device): Truth {
    return new Truth(this.#url, options.person.token);
  }
}

const compared = async (tab: Tab, list: Shown, server: Truth): Promise<readonly Fault[]> => {
  const truth = await server.page(list);
  // as it is when the answer is here
  const { module, query, page } = list;
  const tell = (what: string, ...words: readonly string[]): readonly Fault[] => [
    { what: `${tab.name}, list of ${module} ${JSON.stringify(query)}: ${what}`, words },
  ];
  if (!page) return tell('shows nothing', tab.name);
  const [shown, there] = [page.records.map(({ id }) => id), truth.records.map(({ id }) => id)];
  if (!same(shown, there))
    return tell(
      `shows ${shown.join()} instead of ${there.join()}`,
      ...shown.filter((id) => !there.includes(id)),
      ...there.filter((id) => !shown.includes(id)),
    );
  const other = page.records.findIndex((record, place) => !same(record, truth.records[place]));
  if (other >= 0) return tell(differenceOf(page.records[other]!, truth.records[other]!), page.records[other]!.id);
  const others = (['count', 'included'] as const).filter((part) => !same(page[part] ?? null, truth[part] ?? null));
  if (others.length > 0)
    return tell(
      others.map((part) => `${part} is ${JSON.stringify(page[part])}, not ${JSON.stringify(truth[part])}`).join(),
    );
  return same(await server.idsAfter(list, page.next), await server.idsAfter(list, truth.next))
    ? []
    : tell(`goes on after ${page.next}, not ${truth.next}`);
};

const differenceOf = (record: AnyRecord, truth: AnyRecord): string =>
  Object.keys({ ...record, ...truth })
    .filter((field) => !same(record[field] ?? null, truth[field] ?? null))
    .map((field) => `${field} of ${record.id} is ${JSON.stringify(record[field])}, not ${JSON.stringify(truth[field])}`)
    .join('; ');

/** Makes it read all that it keeps of each module, without asking for any of it. */
const readAll = async (cache: Tab['cache'], modules: readonly string[]): Promise<void> => {
  const nobody = uuid7(0, new Uint8Array(10));
  for (const module of modules)
    await cache.list(module, { where: { id: { is: nobody } }, limit: 1 } as object).catch(nothing);
};

const nothing = (): void => {};

const judgeDevice = async (device: Device, truth: Truth, modules: readonly string[]): Promise<readonly Fault[]> =>
  withStorage(device, async (storage) => {
    const faults: Fault[] = [];
    const tell = (what: string, id: string): void => void faults.push({ what: `${device.name} ${what}`, words: [id] });
    const { standing } = await storage.position();
    for (const [key, version] of standing.due)
      tell(`has still to fetch version ${version} of ${key}`, key.split('|')[1]!);
    for (const module of modules) {
      const there = await truth.all({ module });
      for (const { id, record } of await storage.records(module)) {
        const known = there?.get(id);
        if (!record) continue;
        if (!known) tell(`holds ${module} ${id}, which is not to be seen`, id);
        else if (!same(record, known)) tell(`holds ${module}: ${differenceOf(record, known)}`, id);
      }
    }
    for (const pin of device.options.pins) {
      const held = (await storage.records(pin.module)).flatMap(({ id, record }) => (record ? [id] : []));
      for (const id of (await truth.all(pin))?.keys() ?? [])
        if (!held.includes(id)) tell(`does not hold ${pin.module} ${id}, which is pinned`, id);
    }
    return faults;
  });

/** What is left of the devices' changes. */
export const keptBy = async (devices: readonly Device[]): Promise<Kept> => {
  const refused = new Map<string, ReadonlySet<string>>();
  const counts = new Map<string, { readonly client: string; readonly last: number }>();
  const refusals: Kept['refusals'][number][] = [];
  for (const device of devices)
    await withStorage(device, async (storage) => {
      const rejected = await storage.rejected();
      const changes = rejected.flatMap((one) => one.changes);
      for (const { error, changes: some } of rejected)
        refusals.push({ device: device.name, code: error.code, words: [...marksIn(some)] });
      const deleted = changes.flatMap((change) => (change.op === 'delete' ? [change.id] : []));
      refused.set(device.name, new Set([...rejected.flatMap((one) => newestIn(one.changes)), ...deleted]));
      const { client, last } = await storage.outbox();
      counts.set(device.name, { client, last });
    });
  return { refused, refusals, counts };
};

/** The mark that a change came with: others in it were there already when it was made. */
const newestIn = (changes: readonly Change[]): readonly string[] =>
  [...marksIn(changes)].toSorted((a, b) => Number(a.slice(1, -1)) - Number(b.slice(1, -1))).slice(-1);

const withStorage = async <T>(device: Device, work: (storage: IndexedDbStorage) => Promise<T>): Promise<T> => {
  const storage = await IndexedDbStorage.open(device.cacheName, { indexedDb: device.indexedDb });
  try {
    return await work(storage);
  } finally {
    storage.close();
  }
};
