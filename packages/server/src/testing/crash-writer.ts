/**
 * A process that writes batches as fast as it can and says which ones were acknowledged, until somebody kills it:
 * `node crash-writer.ts <address> <tenant> <number>`.
 */
import { randomUUID } from 'node:crypto';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { openDatabase } from '../database/open-database.ts';
import { SqlStore } from '../store/sql-store.ts';

export const batchSize = 10;

/** Several at once where the database has several connections. */
const writers = 3;

const [address, tenant, life] = process.argv.slice(2);

if (import.meta.main) {
  const database = await openDatabase(address!);
  const store = new SqlStore({ database, registry: builtInRegistry(), tenant: tenant!, identity: { type: 'system' } });
  const write = async (writer: number): Promise<void> => {
    for (let index = 0; ; index++) {
      const batch = `life-${life}-${writer}-${index}`;
      const changes = Array.from({ length: batchSize }, () => ({
        op: 'create' as const,
        module: 'accounts',
        id: randomUUID(),
        values: { name: batch },
      }));
      await store.apply(changes, { idempotencyKey: batch });
      process.stdout.write(`${batch}\n`);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
}
