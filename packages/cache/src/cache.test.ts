import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, it } from 'node:test';
import { createCache } from './create-cache.ts';

const registry = builtInRegistry();
const user = { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true } as const;

describeStore(
  { describe, it },
  {
    name: 'Cache',
    open: async () => {
      const remote = memoryStore({ registry, identity: user });
      const store = await createCache({
        remote,
        name: crypto.randomUUID(),
        registry,
        identity: user,
        indexedDB: { indexedDB: new IDBFactory(), IDBKeyRange },
      });
      return { store, close: async () => store.close() };
    },
  },
);
