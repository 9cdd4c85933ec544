import { draftStorage } from '../draft/draft-storage.ts';
import type { Connection } from './connection.ts';
import { purgeDatabases } from './purge-databases.ts';

/**
 * Removes what people left on this device: what they had begun to write in the elements of a prefix, and the databases
 * of earlier visits, which nobody has opened since.
 *
 * @param closing - Resolves when nobody holds a database any more.
 */
export const purge = async (
  prefix: string,
  connections: Iterable<Connection>,
  closing: Promise<unknown>,
): Promise<void> => {
  draftStorage.purge(prefix);
  await closing;
  const served = [...connections].filter(({ url }) => url !== undefined);
  await Promise.all(served.map(({ context }) => purgeDatabases(context)));
};
