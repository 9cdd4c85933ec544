/**
 * A client's outbox that is sent as fast as it goes, until somebody kills it: `node crash-pusher.ts <address> <tenant>
 * <first>`. It says how each mutation ended, by its number. Every third one is refused, every fifth one is empty.
 */
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { openDatabase } from '../database/open-database.ts';
import { SqlStore } from '../store/sql-store.ts';

export const pusher = 'a-client-that-is-killed';

/** Records that one mutation makes. */
export const recordsEach = 3;

export const isRefused = (mid: number): boolean => mid % 3 === 0;
export const isEmpty = (mid: number): boolean => mid % 5 === 0 && !isRefused(mid);

const changesOf = (mid: number) =>
  Array.from({ length: isEmpty(mid) ? 0 : recordsEach }, (_, index) => ({
    op: 'create' as const,
    module: 'accounts',
    id: crypto.randomUUID(),
    // the last one is refused, when the others are there already
    values: isRefused(mid) && index === recordsEach - 1 ? {} : { name: `mutation ${mid}` },
  }));

const [address, tenant, first] = process.argv.slice(2);

if (import.meta.main) {
  const database = await openDatabase(address!);
  const store = new SqlStore({ database, registry: builtInRegistry(), tenant: tenant!, identity: { type: 'system' } });
  for (let mid = Number(first); ; mid++) {
    const counted = await store.push({ client: pusher, heard: mid - 1, mid, changes: changesOf(mid) });
    process.stdout.write(`${mid} ${'gap' in counted ? 'gap' : counted.ok ? 'done' : counted.error.code}\n`);
  }
}
