import type { IndexedDb } from './database.ts';
import { ifUnused } from './epoch-use.ts';
import { OutboxDatabase } from './outbox-database.ts';
import { unsealed } from './sealing.ts';

export interface EarlierEpochsOptions {
  readonly name: string;
  /** The present one. */
  readonly epoch: number;
  readonly indexedDb: IndexedDb;
  readonly locks: LockManager | null | undefined;
}

/**
 * Deletes what earlier versions kept of what can be had again, where no tab of theirs is awake. One that comes back from
 * the back/forward cache finds that its generation was left, and goes on in the next one.
 */
export const deleteEarlierEpochs = async (options: EarlierEpochsOptions): Promise<void> => {
  const { name, indexedDb, locks } = options;
  const factory = (indexedDb.indexedDB ?? globalThis.indexedDB) as IDBFactory;
  const all = (await factory.databases()).flatMap((one) => one.name ?? []);
  for (const [epoch, databases] of Map.groupBy(all, (one) => epochOf(one, name)))
    if (epoch < options.epoch)
      await ifUnused({ name, epoch, locks }, async () => {
        await leave(name, epoch, indexedDb);
        for (const database of databases) factory.deleteDatabase(database);
      });
};

/** Infinity for what is no generation of this cache; 0 where generations had none yet. */
const epochOf = (database: string, name: string): number => {
  if (!database.startsWith(`${name}/cache-`)) return Infinity;
  const [epoch, number] = database.slice(`${name}/cache-`.length).split('-');
  return number === undefined ? 0 : Number(epoch);
};

const leave = async (name: string, epoch: number, indexedDb: IndexedDb): Promise<void> => {
  const outbox = new OutboxDatabase({ name, epoch, indexedDb, sealing: unsealed });
  try {
    await outbox.leaveGeneration(await outbox.generation());
  } finally {
    outbox.close();
  }
};
