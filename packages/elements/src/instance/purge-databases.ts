import { cacheName } from './cache-name.ts';
import type { ConnectionContext } from './connection.ts';

/** Deletes what visits of this person have left; another tab that still holds it lets it go by itself. Never rejects. */
export const purgeDatabases = async (context: ConnectionContext): Promise<void> => {
  try {
    const beginning = `${cacheName(context)}/`;
    const all = await indexedDB.databases();
    await Promise.all(all.flatMap(({ name }) => (name?.startsWith(beginning) ? [remove(name)] : [])));
  } catch {
    // A page that may not use databases has left none
  }
};

const remove = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
