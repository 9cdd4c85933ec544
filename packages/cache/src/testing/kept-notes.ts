import type { AnyRecord } from '@tessera-crm/model/module.js';
import { beginning, type Standing } from '@tessera-crm/model/protocol/sync/client.js';
import { IndexedDbStorage, type IndexedDbStorageOptions } from '../indexed-db-storage.ts';
import type { Draft, Rejected } from '../entry.ts';
import type { Kept, KeptPage, Position, Storage, Turn } from '../storage.ts';

export const idOf = (n: number): string => `n${n}`;

const note = (n: number, version = 1, text = 'hello'): AnyRecord => ({ id: idOf(n), version, text });

/** A note as a reply told it. */
export const kept = (n: number, version = 1, { text = 'hello', asOf = 7, aclSeq = 2 } = {}): Kept => ({
  module: 'notes',
  id: idOf(n),
  held: { version, asOf, aclSeq },
  record: note(n, version, text),
});

export const gone = (n: number, version = 0, asOf = 8): Kept => ({
  module: 'notes',
  id: idOf(n),
  held: { version, asOf, aclSeq: 2, isGone: true },
  record: null,
});

export const notes = (count: number, version = 1, text = 'hello'): readonly Kept[] =>
  Array.from({ length: count }, (_, n) => kept(n, version, { text }));

export const pageOf = (key: string, ...numbers: readonly number[]): KeptPage => ({
  key,
  module: 'notes',
  page: { ids: numbers.map(idOf), next: null, asOf: 1 },
});

export const standingAt = (cursor: number, due: readonly (readonly [string, number])[] = []): Standing => ({
  ...beginning,
  cursor,
  aclSeq: 2,
  proven: 1,
  due: new Map(due),
});

export const draft = (key: string, id = key): Draft => ({
  key,
  at: '2026-11-30T08:00:00Z',
  changes: [{ op: 'create', module: 'notes', id, values: { text: key } }],
  patches: [{ module: 'notes', id, values: { text: key }, isNew: true }],
});

export const rejectedOf = (one: Draft, n: number): Rejected => ({
  ...one,
  n,
  error: { code: 'rule', message: 'No.', facts: {} },
});

/** Keeps something after what is there now, whoever kept it. */
export const keep = async (
  storage: Storage,
  rows: readonly Kept[],
  { pages = [], standing, at }: { pages?: readonly KeptPage[]; standing?: Standing; at?: Turn } = {},
): Promise<Position | null> => {
  const now = await storage.position();
  return storage.commit({ at: at ?? now, standing: standing ?? now.standing, follows: [], rows, pages });
};

export const versions = async (storage: Storage, module = 'notes'): Promise<Readonly<Record<string, number>>> =>
  sorted((await storage.records(module)).map(({ id, record }) => [id, record!.version]));

export const sorted = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));

/** The parts of an IndexedDB of a test's own. */
export interface FakeIndexedDb {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

const never = () => () => {};

/** One browser profile, and the tabs in it, which are never idle. */
export const profileOf = (indexedDb: FakeIndexedDb) => {
  const open = (options: IndexedDbStorageOptions = {}): Promise<IndexedDbStorage> =>
    IndexedDbStorage.open('test', { indexedDb, whenIdle: never, ...options });
  const names = async (): Promise<readonly string[]> =>
    (await indexedDb.indexedDB.databases()).flatMap(({ name }) => name ?? []).toSorted();
  const clear = async (): Promise<void> => {
    await Promise.all((await names()).map((name) => promised(indexedDb.indexedDB.deleteDatabase(name))));
  };
  return { open, names, clear, indexedDb };
};

export const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });

/** Waits for what happens some time. */
export const until = async (isTrue: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Makes writing fail, as a full disk or a broken browser does, until it is repaired. */
export const breakable = (prototype: IDBObjectStore) => {
  const { put, add } = prototype;
  /** In databases with this in their name. */
  const breakIn = (part: string, error: DOMException, times = Infinity): void => {
    let left = times;
    const failing = (method: typeof put) =>
      function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
        if (!this.transaction.db.name.includes(part) || left-- <= 0) return method.apply(this, args);
        throw error;
      };
    Object.assign(prototype, { put: failing(put), add: failing(add) });
  };
  const repair = (): void => void Object.assign(prototype, { put, add });
  return { breakIn, repair };
};

export const full = (): DOMException => new DOMException('The quota has been exceeded.', 'QuotaExceededError');
