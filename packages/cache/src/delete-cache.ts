import { atMost } from './at-most.ts';
import type { IndexedDb } from './database.ts';
import { epoch } from './epoch.ts';
import { OutboxDatabase } from './outbox-database.ts';
import { unsealed } from './sealing.ts';
import { shelfPlaces, type Texts } from './shelf-places.ts';

export interface WipeOptions {
  /** Whether unsent and refused changes stay for the next visit, as they are: what was encrypted stays so. */
  readonly keepUnsent?: boolean;
}

export interface DeleteOptions extends WipeOptions {
  readonly indexedDb?: IndexedDb;
  readonly localStorage?: Texts;
}

/** What is left of a cache. */
export interface LeftOver {
  /** Whether unsent or refused changes stay, because they were to be kept. */
  readonly isUnsentKept: boolean;
  /** False where somebody still holds a database, such as a frozen tab: it goes when that one ends, or has to be deleted again. */
  readonly isThrough: boolean;
}

/** Milliseconds in which tabs that are awake let a database go. */
const patience = 2_000;

/**
 * Deletes what visits of a cache have left on this device. Nobody needs its key for that, and tabs that have it open let
 * it go by themselves. Never rejects: where a page may keep nothing, nothing is left.
 *
 * @param name - As it was given to `createCache`.
 */
export const deleteCache = async (name: string, options: DeleteOptions = {}): Promise<LeftOver> => {
  const isShelved = leavesShelf(name, options);
  const { isUnsentKept, isThrough } = await deleteDatabases(name, options);
  return { isUnsentKept: isUnsentKept || isShelved, isThrough };
};

/** @returns Whether anything stays there that no database took: nothing of it is through. */
const leavesShelf = (name: string, { keepUnsent = false, localStorage }: DeleteOptions): boolean => {
  try {
    const texts: Texts | undefined = localStorage ?? globalThis.localStorage;
    const places = texts ? shelfPlaces(name, texts) : [];
    if (keepUnsent) return places.length > 0;
    for (const place of places) texts.removeItem(place);
  } catch {
    // where a page may keep nothing, nothing is left
  }
  return false;
};

const deleteDatabases = async (name: string, options: DeleteOptions): Promise<LeftOver> => {
  const { keepUnsent = false, indexedDb = {} } = options;
  try {
    const { factory, names } = await databasesOf(name, indexedDb);
    const outbox = `${name}/outbox`;
    const isUnsentKept = keepUnsent && names.includes(outbox) && (await holdsUnsent(name, indexedDb));
    const meant = names.filter((one) => !isUnsentKept || one !== outbox);
    const ends = await Promise.all(meant.map((one) => isDeleted(factory, one)));
    return { isUnsentKept, isThrough: ends.every(Boolean) };
  } catch {
    return { isUnsentKept: false, isThrough: true };
  }
};

const databasesOf = async (
  name: string,
  indexedDb: IndexedDb,
): Promise<{ readonly factory: IDBFactory; readonly names: readonly string[] }> => {
  const factory = (indexedDb.indexedDB ?? globalThis.indexedDB) as IDBFactory;
  if (!('databases' in factory)) return { factory, names: await likelyNames(name, indexedDb) };
  const all = await (factory as IDBFactory).databases();
  return { factory, names: all.flatMap((one) => (one.name?.startsWith(`${name}/`) ? [one.name] : [])) };
};

/** Of browsers that do not say: what is in use, and its neighbours, if a crash or a tidying that was stopped left them. */
const likelyNames = async (name: string, indexedDb: IndexedDb): Promise<readonly string[]> => {
  const outbox = new OutboxDatabase({ name, epoch, indexedDb, sealing: unsealed });
  const number = await outbox.generation().finally(() => outbox.close());
  return [`${name}/outbox`, ...[number - 1, number, number + 1].map((one) => `${name}/cache-${epoch}-${one}`)];
};

/** Forgets what is through. What cannot be read may be unsent. */
const holdsUnsent = async (name: string, indexedDb: IndexedDb): Promise<boolean> => {
  const outbox = new OutboxDatabase({ name, epoch, indexedDb, sealing: unsealed });
  try {
    return await outbox.leaveUnsent();
  } catch {
    return true;
  } finally {
    outbox.close();
  }
};

const isDeleted = async (factory: IDBFactory, name: string): Promise<boolean> => {
  let isThrough = false;
  const deleting = new Promise<void>((resolve) => {
    const request = factory.deleteDatabase(name);
    request.onsuccess = () => {
      isThrough = true;
      resolve();
    };
    request.onerror = () => resolve();
  });
  await atMost(patience, deleting);
  return isThrough;
};
