import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { createCrm, type Crm } from '../crm.ts';
import type { CrmOptions } from '../instance/options.ts';
import { giulia } from './people.ts';

export interface Person {
  readonly crm: Crm;
  /** Changes Giulia's job. */
  change(jobTitle: string): Promise<void>;
}

/** A server, with Giulia from now on, whose network comes and goes, and people who work with it. */
export const offlineServer = (server: MemoryServer) => {
  server.memory.fill('contacts', [giulia as unknown as AnyRecord]);
  const state = {
    isOnline: true,
    /** Why tokens were asked for. */
    asked: [] as string[],
    server,
    get jobTitle(): unknown {
      return server.memory.records.get('contacts', giulia.id)?.['jobTitle'];
    },
    /** @returns When the cache is open, and Giulia was seen. */
    async open(options: Partial<CrmOptions> = {}): Promise<Person> {
      const ready = Promise.withResolvers<void>();
      const crm = createCrm({
        backends: 'https://crm.example.org',
        identity: 'anna',
        locale: 'en',
        getToken: async ({ reason }) => {
          state.asked.push(reason);
          return { token: 'good', expiresIn: 600 };
        },
        fetch: async (url, init) => {
          if (!state.isOnline) throw new TypeError('Failed to fetch');
          return server.fetch(new Request(url, init));
        },
        onMetric: ({ name }) => name === 'cache-ready' && ready.resolve(),
        ...options,
      });
      void crm.ready;
      await ready.promise;
      await crm.store.get('contacts', giulia.id as never);
      const change = async (jobTitle: string): Promise<void> => {
        await crm.store.apply([{ op: 'update', module: 'contacts', id: giulia.id, values: { jobTitle } }]);
      };
      return { crm, change };
    },
  };
  return state;
};

export type OfflineServer = ReturnType<typeof offlineServer>;

/** Names of the databases that Tessera has on this device, without what they have in common. */
export const databases = async (): Promise<readonly string[]> =>
  (await indexedDB.databases())
    .flatMap(({ name }) => (name?.startsWith('tessera/') ? [name.split('/').slice(-2).join('/')] : []))
    .toSorted();

export const deleteDatabases = async (): Promise<void> => {
  for (const { name } of await indexedDB.databases()) if (name?.startsWith('tessera/')) indexedDB.deleteDatabase(name);
};
