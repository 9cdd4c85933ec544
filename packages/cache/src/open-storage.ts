import type { IndexedDb } from './dexie-storage.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  /** Null keeps everything in memory. */
  readonly indexedDb?: IndexedDb | null | undefined;
  readonly budget?: number | undefined;
  readonly key?: CryptoKey | undefined;
}

/** Milliseconds after which a database that does not open is given up: blocked, frozen or broken. */
const patience = 4_000;

/**
 * The best storage this page has. A sandbox, blocked third-party storage, private modes and broken profiles refuse in
 * many ways (no object, an exception, an error, silence): each of them leads to memory.
 */
export const openStorage = async (name: string, { indexedDb, ...options }: StorageOptions = {}): Promise<Storage> => {
  if (indexedDb === null) return new MemoryStorage();
  let isTooLate = false;
  const opening = import('./dexie-storage.ts').then(({ DexieStorage }) =>
    DexieStorage.open(name, { ...options, indexedDb }),
  );
  opening.then(
    (storage) => isTooLate && storage.close(),
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<Storage>((resolve) => {
    timer = setTimeout(() => {
      isTooLate = true;
      resolve(new MemoryStorage());
    }, patience);
  });
  return Promise.race([opening.catch(() => new MemoryStorage()), silence]).finally(() => clearTimeout(timer));
};
