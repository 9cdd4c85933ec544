import type { LocalShelf } from './local-shelf.ts';
import { shelfPlaces, type Texts } from './shelf-places.ts';
import type { Storage } from './storage.ts';

/** Where unsent work goes that the database does not take. The first look at localStorage holds a page up. */
export interface Emergency {
  /** Whether earlier visits, or other tabs, left anything there. */
  readonly isUsed: () => boolean;
  /** Where it is put; null where there is no such place. */
  readonly shelf: () => Promise<LocalShelf | null>;
  /** Takes away all that lies there. */
  readonly clear: () => void;
  /** What takes the place of the database. */
  readonly instead: () => Promise<Storage>;
}

export interface EmergencyOptions {
  /** What takes unsent work that the database does not take: the page's own unless given, null for nothing. */
  readonly localStorage?: Texts | null | undefined;
  readonly key?: CryptoKey | undefined;
}

export const inMemory = async (): Promise<Storage> => new (await import('./memory-storage.ts')).MemoryStorage();

export const noShelf: Emergency = { isUsed: () => false, shelf: async () => null, clear: () => {}, instead: inMemory };

/** Looks at nothing before it is asked. */
export const emergencyOf = (name: string, { localStorage, key }: EmergencyOptions): Emergency => {
  const textsHere = (): Texts | null => (localStorage === undefined ? globalThis.localStorage : localStorage);
  const places = (): readonly string[] => placesIn(name, textsHere);
  let opening: Promise<LocalShelf | null> | undefined;
  const open = async (): Promise<LocalShelf | null> => {
    const { openShelf } = await import('./emergency-storage.ts');
    const texts = textsHere();
    return texts ? openShelf(name, texts, key) : null;
  };
  const shelf = (): Promise<LocalShelf | null> => {
    opening ??= open().catch(() => {
      // without network its code may have been out of reach
      opening = undefined;
      return null;
    });
    return opening;
  };
  return {
    isUsed: () => places().length > 0,
    shelf,
    clear: () => places().forEach((place) => textsHere()?.removeItem(place)),
    async instead() {
      const there = await shelf();
      return there ? new (await import('./emergency-storage.ts')).EmergencyStorage(there) : inMemory();
    },
  };
};

/** Whoever may not look, as a page in a sandbox, is refused by an exception. */
const placesIn = (name: string, textsHere: () => Texts | null): readonly string[] => {
  try {
    const texts = textsHere();
    return texts ? shelfPlaces(name, texts) : [];
  } catch {
    return [];
  }
};
