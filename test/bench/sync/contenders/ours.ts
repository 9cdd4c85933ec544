// The cache as it is shipped: `createCache` over a server in memory, or over one that does not answer.
import type { Cache } from '@tessera-crm/cache/cache.js';
import { createCache } from '@tessera-crm/cache/create-cache.js';
import { IndexedDbStorage } from '@tessera-crm/cache/indexed-db-storage.js';
import { LocalRecords } from '@tessera-crm/cache/local-records.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';
import { followCustomers, retitle } from '../following.ts';
import { identity, memoryRemote, registry, silent, type MemoryRemote } from '../memory-remote.ts';

const name = 'bench';

/** Bytes; a hundred thousand contacts are more than what is kept unless told otherwise. */
const budget = 500_000_000;

const firstFifty = { sort: ['name'], limit: 50 } as const;

let cache: Cache | undefined;

let remote: MemoryRemote | undefined;

const create = (): Promise<Cache> => createCache({ remote: remote?.store ?? silent, name, registry, identity, budget });

const open = async (): Promise<void> => {
  if (cache) return;
  cache = await create();
  // what an earlier visit saw
  if (remote) await cache.list('contacts', firstFifty);
};

/** As records are fetched that are to be at hand offline. */
const pin = async (): Promise<void> => {
  const pinning = await create();
  await pinning.pin([{ module: 'contacts' }]);
  await new Promise<void>((resolve) =>
    pinning.status.subscribe(({ pinned }) => {
      if (pinned === 'whole') resolve();
    }),
  );
  await pinning.close();
};

/** Page after page, as whoever shows a long list asks for them. */
const list = async (): Promise<void> => {
  const listing = await create();
  let after: string | null | undefined;
  do {
    const page = await listing.list('contacts', { sort: ['name'], limit: 200, ...(after && { after }) });
    after = page.next;
  } while (after);
  await listing.close();
};

/** What was read, so that it stays. */
const read: LocalRecords[] = [];

/** What the cache does with a module behind its first page; nobody outside of it is told when it is done. */
const readAll = async (): Promise<void> => {
  const storage = await IndexedDbStorage.open(name, { budget });
  const records = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => queryContextOf({ registry, identity, settings: defaultSettings }, new Date().toISOString()),
    changed: () => {},
  });
  records.truth.begin(await storage.position());
  await records.load('contacts');
  read.push(records);
};

offer({
  serve: (all) => void (remote = memoryRemote(all)),
  open,
  loads: { pin, list },
  first: () =>
    new Promise((resolve, reject) => {
      cache!.watchList('contacts', firstFifty, {
        next: ({ records }) => resolve(records as unknown as readonly Contact[]),
        error: reject,
      });
    }),
  readAll,
  watch: async (limit, next) => followCustomers(cache!, limit, next),
  changes: {
    async told(id, jobTitle) {
      await remote!.store.apply([retitle(id, jobTitle)]);
      return remote!.toldAt;
    },
    async applied(id, jobTitle) {
      const start = performance.now();
      await cache!.apply([retitle(id, jobTitle)]);
      return () => start;
    },
  },
  async close() {
    await cache!.close();
    cache = undefined;
  },
});
