import { emergencyOf, inMemory, noShelf, type Emergency } from './emergency.ts';
import type { IndexedDb } from './indexed-db-storage.ts';
import type { Texts } from './shelf-places.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  /** Null keeps everything in memory. */
  readonly indexedDb?: IndexedDb | null | undefined;
  /** What takes unsent work that the database does not take; null for nothing. */
  readonly localStorage?: Texts | null | undefined;
  readonly budget?: number | undefined;
  readonly key?: CryptoKey | undefined;
}

export interface Opened {
  readonly storage: Storage;
  /** Whether there was to be a database, and is none. */
  readonly isMakeshift: boolean;
  readonly emergency: Emergency;
}

/** Milliseconds after which a database that does not open is given up: blocked, frozen or broken. */
const patience = 4_000;

/**
 * The best storage this page has. A sandbox, blocked third-party storage, private modes and broken profiles refuse in
 * many ways (no object, an exception, an error, silence): each of them leads to memory, and to a shelf where there is one.
 */
export const openStorage = async (name: string, options: StorageOptions = {}): Promise<Opened> => {
  const { indexedDb } = options;
  if (indexedDb === null) return { storage: await inMemory(), isMakeshift: false, emergency: noShelf };
  const emergency = emergencyOf(name, options);
  const database = await openDatabase(name, { ...options, indexedDb });
  return { storage: database ?? (await emergency.instead()), isMakeshift: !database, emergency };
};

interface DatabaseOptions extends StorageOptions {
  readonly indexedDb: IndexedDb | undefined;
}

const openDatabase = async (name: string, { indexedDb, budget, key }: DatabaseOptions): Promise<Storage | null> => {
  let isTooLate = false;
  const opening = import('./indexed-db-storage.ts').then(({ IndexedDbStorage }) =>
    IndexedDbStorage.open(name, { indexedDb, budget, key }),
  );
  opening.then(
    (storage) => isTooLate && storage.close(),
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      isTooLate = true;
      resolve(null);
    }, patience);
  });
  return Promise.race([opening.catch(() => null), silence]).finally(() => clearTimeout(timer));
};
