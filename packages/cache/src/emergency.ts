import type { LocalShelf } from './local-shelf.ts';
import { shelfPlaces, type Texts } from './shelf-places.ts';
import type { Storage } from './storage.ts';

/** Where unsent work goes that the database does not take. The first look at localStorage holds a page up. */
export interface Emergency {
  /** Where it is put; null where there is no such place. */
  readonly shelf: () => Promise<LocalShelf | null>;
  /** The same, if earlier visits or other tabs left anything there. */
  readonly usedShelf: () => Promise<LocalShelf | null>;
  /** What takes the place of the database. */
  readonly instead: () => Promise<Storage>;
}

export interface EmergencyOptions {
  /** Null for nothing; the page's own unless given. */
  readonly localStorage?: Texts | null | undefined;
  readonly key?: CryptoKey | undefined;
}

export const inMemory = async (): Promise<Storage> => new (await import('./memory-storage.ts')).MemoryStorage();

const nowhere = async (): Promise<null> => null;

export const noShelf: Emergency = { shelf: nowhere, usedShelf: nowhere, instead: inMemory };

/** Looks at nothing before it is asked. */
export const emergencyOf = (name: string, { localStorage, key }: EmergencyOptions): Emergency => {
  let opening: Promise<LocalShelf | null> | undefined;
  const open = async (): Promise<LocalShelf | null> => {
    const { openShelf } = await import('./emergency-storage.ts');
    const texts = localStorage === undefined ? globalThis.localStorage : localStorage;
    return texts ? openShelf(name, texts, key) : null;
  };
  const shelf = (): Promise<LocalShelf | null> => (opening ??= open().catch(() => null));
  return {
    shelf,
    usedShelf: async () => (isShelfUsed(name, localStorage) ? shelf() : null),
    async instead() {
      const there = await shelf();
      return there ? new (await import('./emergency-storage.ts')).EmergencyStorage(there) : inMemory();
    },
  };
};

/** Whoever may not look, as a page in a sandbox, is refused by an exception. */
const isShelfUsed = (name: string, localStorage: Texts | null | undefined): boolean => {
  try {
    const texts: Texts | null | undefined = localStorage === undefined ? globalThis.localStorage : localStorage;
    return texts ? shelfPlaces(name, texts).length > 0 : false;
  } catch {
    return false;
  }
};
