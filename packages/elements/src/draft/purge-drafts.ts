import { draftStorage } from './draft-storage.ts';

/** Removes what people had begun to write in the elements of a prefix and did not send. */
export const purgeDrafts = (prefix: string): void => draftStorage.purge(prefix);
