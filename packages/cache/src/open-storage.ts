import type { IndexedDbStorage, IndexedDb } from './indexed-db-storage.ts';
import type { LocalShelf } from './local-shelf.ts';
import { shelfPlaces, type Texts } from './shelf-places.ts';
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
  /** Where work is put that the database does not take; null where there is no such place. */
  readonly shelf: Promise<LocalShelf | null>;
  /** Whether earlier visits, or other tabs, left anything there. */
  readonly isShelfUsed: boolean;
  /** What takes the place of a database that fails. */
  readonly instead: () => Promise<Storage>;
}

/** Milliseconds after which a database that does not open is given up: blocked, frozen or broken. */
const patience = 4_000;

/**
 * The best storage this page has. A sandbox, blocked third-party storage, private modes and broken profiles refuse in
 * many ways (no object, an exception, an error, silence): each of them leads to memory, and to a shelf where there is one.
 */
export const openStorage = async (name: string, options: StorageOptions = {}): Promise<Opened> => {
  const { indexedDb } = options;
  if (indexedDb === null) return { ...withoutShelf, storage: await inMemory(), isMakeshift: false };
  const code = import('./indexed-db-storage.ts');
  const opening = openDatabase(name, { ...options, indexedDb, code });
  // the first look at localStorage holds a page up: meanwhile the database opens
  await code.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve));
  const emergency = openEmergency(name, options);
  const database = await opening;
  return { ...emergency, storage: database ?? (await emergency.instead()), isMakeshift: !database };
};

interface DatabaseOptions extends StorageOptions {
  readonly indexedDb: IndexedDb | undefined;
  readonly code: Promise<{ readonly IndexedDbStorage: typeof IndexedDbStorage }>;
}

const openDatabase = async (
  name: string,
  { code, indexedDb, budget, key }: DatabaseOptions,
): Promise<Storage | null> => {
  let isTooLate = false;
  const opening = code.then(({ IndexedDbStorage }) => IndexedDbStorage.open(name, { indexedDb, budget, key }));
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

type Emergency = Pick<Opened, 'shelf' | 'isShelfUsed' | 'instead'>;

const inMemory = async (): Promise<Storage> => new (await import('./memory-storage.ts')).MemoryStorage();

const withoutShelf: Emergency = { shelf: Promise.resolve(null), isShelfUsed: false, instead: inMemory };

const openEmergency = (name: string, options: StorageOptions): Emergency => {
  // at once: when it is needed, there may be no network to fetch the code
  const code = import('./emergency-storage.ts');
  const { texts, isShelfUsed } = textsFor(name, options);
  const shelf = code.then(({ openShelf }) => (texts ? openShelf(name, texts, options.key) : null)).catch(() => null);
  const instead = async (): Promise<Storage> => {
    const open = await shelf;
    return open ? new (await code).EmergencyStorage(open) : inMemory();
  };
  return { shelf, isShelfUsed, instead };
};

/** Whoever may not use it, as a page in a sandbox, is refused by an exception. */
const textsFor = (
  name: string,
  { localStorage }: StorageOptions,
): { readonly texts: Texts | null; readonly isShelfUsed: boolean } => {
  try {
    const texts: Texts | null | undefined = localStorage === undefined ? globalThis.localStorage : localStorage;
    return { texts: texts ?? null, isShelfUsed: texts ? shelfPlaces(name, texts).length > 0 : false };
  } catch {
    return { texts: null, isShelfUsed: false };
  }
};
