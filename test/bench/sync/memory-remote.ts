import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { writeCursor } from '@tessera-crm/model/query/cursor.js';
import { positionOf } from '@tessera-crm/model/query/order.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { Contact } from './contacts.ts';

export const registry = builtInRegistry();

export const identity = { type: 'user', id: '01920000-0000-7000-8000-000000000001', admin: true } as const;

const sort = [{ field: 'name', descending: false }] as const;

export interface MemoryRemote {
  readonly store: Store;
  /** When records were last told. */
  readonly toldAt: () => number;
}

/** A server of this page's memory, whose pages are cut beforehand: what remains to be measured is who asks. */
export const memoryRemote = (all: readonly Contact[]): MemoryRemote => {
  const store = memoryStore({ registry, identity });
  store.memory.fill('contacts', all as readonly AnyRecord[]);
  const { sync } = store;
  const pages = pagesOf(all);
  let toldAt = 0;
  const door: SyncDoor = {
    query: async (module, query, options) =>
      query.where ? sync.query(module, query, options) : { asOf: sync.seq, aclSeq: 0, last: 0, ...pages(query) },
    async *bulk(_module, _query, { after } = {}) {
      for (const piece of piecesOf(all, after, { asOf: sync.seq, aclSeq: 0, last: 0 })) {
        // what comes over a network comes in tasks of its own
        await nextTask();
        yield piece;
      }
    },
    records: async (module, known, options) => {
      const news = await sync.records(module, known, options);
      toldAt = performance.now();
      return news;
    },
    verify: (module, known, options) => sync.verify(module, known, options),
    push: (push) => sync.push(push),
    news: (cursor, options) => sync.news(cursor, options),
    follow: (options) => sync.follow(options),
  };
  return { store: { ...silent, apply: (changes) => store.apply(changes), sync: door }, toldAt: () => toldAt };
};

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });

/** Contacts of one page of a bulk read: as many as there may be. */
const perPiece = 500;

function* piecesOf(all: readonly Contact[], after: string | undefined, stamp: Stamp): Generator<SyncPage> {
  let start = after === undefined ? 0 : Number(after);
  do {
    const records = all.slice(start, start + perPiece) as unknown as SyncPage['records'];
    start += perPiece;
    yield { ...stamp, records, next: start < all.length ? String(start) : null };
  } while (start < all.length);
}

type Stamp = Pick<SyncPage, 'asOf' | 'aclSeq' | 'last'>;

type Cut = Pick<SyncPage, 'records' | 'next'>;

const pagesOf = (all: readonly Contact[]): ((query: Query) => Cut) => {
  const sorted = all.toSorted((a, b) => (a.name.last < b.name.last ? -1 : 1)) as unknown as SyncPage['records'];
  const starts = new Map<string, number>();
  return ({ limit = 50, after }) => {
    const start = after === undefined ? 0 : starts.get(after)!;
    const records = sorted.slice(start, start + limit);
    if (start + limit >= sorted.length) return { records, next: null };
    const position = positionOf(registry.get('contacts'), sort, records.at(-1)! as AnyRecord);
    const next = writeCursor(position, sort);
    starts.set(next, start + limit);
    return { records, next };
  };
};

const never = (): Promise<never> => new Promise(() => {});

async function* nothing(): AsyncGenerator<never> {
  yield await never();
}

const noDoor: SyncDoor = {
  query: never,
  bulk: nothing,
  records: never,
  verify: never,
  push: never,
  news: never,
  follow: nothing,
};

/** A server that answers nothing, as on a slow network. */
export const silent: Store = {
  sync: noDoor,
  get: never,
  list: never,
  aggregate: never,
  apply: never,
  watch: () => () => {},
  watchList: () => () => {},
};
