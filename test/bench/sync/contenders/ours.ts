// The cache as it is shipped: `createCache` over a server in memory, or over one that does not answer.
import type { Cache } from '@tessera-crm/cache/cache.js';
import { createCache } from '@tessera-crm/cache/create-cache.js';
import { DexieStorage } from '@tessera-crm/cache/dexie-storage.js';
import { Keeping } from '@tessera-crm/cache/keeping.js';
import { LocalRecords } from '@tessera-crm/cache/local-records.js';
import { update } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { contactOf, type Contact } from '../contacts.ts';
import { offer } from '../contender.ts';
import { identity, memoryRemote, registry, silent, type MemoryRemote } from '../memory-remote.ts';

const name = 'bench';

/** Bytes; a hundred thousand contacts are more than what is kept unless told otherwise. */
const budget = 500_000_000;

/** Contacts that come in one piece of an answer. */
const perPiece = 500;

const firstFifty = { sort: ['name'], limit: 50 } as const;

let cache: Cache | undefined;

let remote: MemoryRemote | undefined;

const open = async (all?: readonly Contact[]): Promise<void> => {
  if (cache) return;
  remote = all && memoryRemote(all);
  cache = await createCache({ remote: remote?.store ?? silent, name, registry, identity, budget });
  // what an earlier visit saw
  if (remote) await cache.list('contacts', firstFifty);
};

const close = async (): Promise<void> => {
  await cache!.close();
  cache = undefined;
};

/** As they would come in one stream: what a cache does with them, without a question for every page. */
const loadInPieces = async (all: readonly Contact[]): Promise<void> => {
  const storage = await DexieStorage.open(name, { budget });
  const records: LocalRecords = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => queryContextOf({ registry, identity, settings: defaultSettings }, new Date().toISOString()),
    changed: () => {},
    stepped: (isMore) => keeping.soon(isMore),
  });
  const lost = (cause: unknown): never => {
    throw cause;
  };
  const keeping = new Keeping({ truth: records.truth, storage: () => storage, lost, tell: () => {} });
  keeping.begin(await storage.position());
  for (let start = 0; start < all.length; start += perPiece) {
    const rows = all
      .slice(start, start + perPiece)
      .map((record) => ({ module: 'contacts', record: record as AnyRecord }));
    records.truth.take({ asOf: 1, aclSeq: 0, rows, gone: [] });
    await nextTask();
  }
  await keeping.close();
  storage.close();
};

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });

/** Page after page, as whoever shows a long list asks for them. */
const loadByPages = async (all: readonly Contact[]): Promise<void> => {
  await open(all);
  let after: string | null | undefined;
  do {
    const page = await cache!.list('contacts', { sort: ['name'], limit: 200, ...(after && { after }) });
    after = page.next;
  } while (after);
  await close();
};

offer({
  open,
  loads: { pieces: loadInPieces, pages: loadByPages },
  first: () =>
    new Promise((resolve, reject) => {
      cache!.watchList('contacts', firstFifty, {
        next: ({ records }) => resolve(records as unknown as readonly Contact[]),
        error: reject,
      });
    }),
  async readAll() {
    await open();
    await cache!.get('contacts', contactOf(0).id as IdOf<'contacts'>);
  },
  async watch(limit, next) {
    const query = { where: { lifecycle: 'customer' }, sort: ['name'], limit: Math.min(limit, 200) } as const;
    return cache!.watchList('contacts', query, {
      next: ({ records }) =>
        next({
          size: records.length,
          jobTitleOf: (id) => records.find((one) => one.id === id)?.jobTitle ?? undefined,
        }),
    });
  },
  changes: {
    async told(id, jobTitle) {
      await remote!.store.apply([update('contacts', id as IdOf<'contacts'>, { jobTitle })]);
      return remote!.toldAt;
    },
    async applied(id, jobTitle) {
      const start = performance.now();
      await cache!.apply([update('contacts', id as IdOf<'contacts'>, { jobTitle })]);
      return () => start;
    },
  },
  close,
});
