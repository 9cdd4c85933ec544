import { inTime } from './at-most.ts';
import { emergencyOf, inMemory, noShelf, type Emergency, type EmergencyOptions } from './emergency.ts';
import type { IndexedDb } from './indexed-db-storage.ts';
import type { Position, Storage, Unsent } from './storage.ts';

export interface StorageOptions extends EmergencyOptions {
  /** Null keeps everything in memory. */
  readonly indexedDb?: IndexedDb | null | undefined;
  readonly budget?: number | undefined;
}

/** A storage, and what earlier visits left in it. */
export interface Begun {
  readonly storage: Storage;
  readonly position: Position;
  readonly unsent: Unsent;
}

export interface Opened extends Begun {
  /** Whether there was to be a database, and is none. */
  readonly isMakeshift: boolean;
  /** Why, as the browser says it. */
  readonly refusal?: unknown;
  /** Whether earlier visits, or other tabs, left anything on the shelf. */
  readonly isShelfUsed: boolean;
  readonly emergency: Emergency;
}

/** Milliseconds after which a database that does not open and tell what it holds is given up: blocked, frozen or broken. */
const patience = 4_000;

/**
 * The best storage this page has. A sandbox, blocked third-party storage, private modes and broken profiles refuse in
 * many ways (no object, an exception, an error, silence): each of them leads to memory, and to a shelf where there is one.
 *
 * @param meanwhile - Makes what is needed then, while the database opens.
 */
export const openStorage = async <T>(
  name: string,
  options: StorageOptions,
  meanwhile: () => Promise<T>,
): Promise<Opened & { readonly made: T }> => {
  const { indexedDb } = options;
  const nothing = { isMakeshift: false, isShelfUsed: false, emergency: noShelf };
  if (indexedDb === null) return { ...(await begunWith(await inMemory())), ...nothing, made: await meanwhile() };
  const emergency = emergencyOf(name, options);
  const opening = openDatabase(name, { ...options, indexedDb });
  await import('./indexed-db-storage.ts').catch(() => {});
  await new Promise((resolve) => setTimeout(resolve));
  const made = await meanwhile();
  // the first look at localStorage holds a page up
  const isShelfUsed = emergency.isUsed();
  const database = await opening;
  if ('storage' in database) return { ...database, isMakeshift: false, isShelfUsed, emergency, made };
  const { refusal } = database;
  return { ...(await begunWith(await emergency.instead())), isMakeshift: true, refusal, isShelfUsed, emergency, made };
};

interface DatabaseOptions extends StorageOptions {
  readonly indexedDb: IndexedDb | undefined;
}

const openDatabase = async (
  name: string,
  { indexedDb, budget, key }: DatabaseOptions,
): Promise<Begun | Required<Pick<Opened, 'refusal'>>> => {
  const waiting = new AbortController();
  const opening = (async () => {
    const { IndexedDbStorage } = await import('./indexed-db-storage.ts');
    return begunWith(await IndexedDbStorage.open(name, { indexedDb, budget, key, signal: waiting.signal }));
  })();
  return inTime(patience, opening).catch((refusal: unknown) => {
    // nobody uses what opens now
    waiting.abort();
    return { refusal };
  });
};

const begunWith = async (storage: Storage): Promise<Begun> => {
  const [position, unsent] = await Promise.all([storage.position(), storage.unsent()]);
  return { storage, position, unsent };
};
