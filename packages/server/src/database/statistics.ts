import type { Database } from './database.ts';

/** PGlite learns nothing of its tables by itself, and goes through whole ones while it does not know better. */
export const gatherStatistics = async (database: Database): Promise<void> => {
  if (database.engine === 'pglite') await database.maintain((connection) => connection.script('analyze'));
};
