import { noShelf } from '../emergency.ts';
import { MemoryStorage } from '../memory-storage.ts';
import type { Opened } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { StorageInUse } from '../storage-in-use.ts';

/** A storage as a cache uses it, without a shelf and with memory in its place unless told otherwise. */
export const inUse = (storage: Storage, more: Partial<Opened> = {}): StorageInUse => {
  const instead = async (): Promise<Storage> => new MemoryStorage();
  return new StorageInUse({
    storage,
    isMakeshift: false,
    isShelfUsed: false,
    emergency: { ...noShelf, instead },
    ...more,
  });
};
