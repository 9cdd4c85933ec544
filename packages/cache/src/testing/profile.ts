import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore, type MemoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { Cache } from '../cache.ts';
import { createCache, type CacheOptions } from '../create-cache.ts';
import type { IndexedDb } from '../indexed-db-storage.ts';
import { faultyRemote, type FaultyRemote } from './faulty-remote.ts';

export const registry = builtInRegistry();

export const identity = { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true } as const;

export interface Profile {
  readonly server: ReturnType<typeof memoryStore>;
  readonly sync: MemoryStore['sync'];
  readonly remote: FaultyRemote;
  open(options?: Partial<CacheOptions>): Promise<Cache>;
}

/** One server, one browser profile, and as many tabs and visits as a test opens. */
export const profile = (indexedDB: IndexedDb): Profile => {
  const server = memoryStore({ registry, identity });
  const remote = faultyRemote(server);
  const name = crypto.randomUUID();
  const open = (options: Partial<CacheOptions> = {}): Promise<Cache> =>
    createCache({ remote, name, registry, identity, indexedDB, ...options });
  return { server, sync: server.memory.sync, remote, open };
};

/** Milliseconds after which nothing comes to pass any more. */
const longest = 30_000;

export const until = async (wanted: () => unknown): Promise<void> => {
  const end = performance.now() + longest;
  while (!(await wanted())) {
    if (performance.now() > end) throw new Error(`It never came to pass: ${String(wanted)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
