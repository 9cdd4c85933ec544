import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { once } from '../data/once.ts';
import type { FileAccess } from '../frame/instance.ts';
import type { ConnectionContext } from './connection.ts';

/** What stands behind an address: records, and beside them what only a server can say. */
export interface Server {
  readonly store: RemoteStore;
  files(): Promise<FileAccess>;
  modules(): Promise<Registry>;
  /** @param isKept - Whether it stays on this device; else it lives as long as the page. */
  openCache(isKept: boolean): Promise<Cache | null>;
  /** The records by way of the cache, as soon as it is there. */
  withCache(cache: Promise<Cache | null>): Promise<Store>;
}

/** Fetched apart from the set-up of a page, which has to be small. */
export const reachServer = async (url: string | undefined, context: ConnectionContext): Promise<Server> => {
  if (url === undefined) throw new CrmError('config', 'A store of the page needs `modules` beside it.');
  const { fetch, name, getToken, reason: firstReason } = context;
  const store = new RemoteStore({
    url,
    ...(fetch && { fetch }),
    getToken: async ({ reason, signal }) => {
      if (!getToken) throw new CrmError('auth-required', 'No token');
      return getToken({ reason: reason === 'initial' ? firstReason : reason, backend: name, signal });
    },
  });
  return {
    store,
    files: async () => (await import('./server-files.ts')).serverFiles(store.transport),
    modules: once(async () => (await import('./fetch-modules.ts')).fetchModules(store)),
    openCache: async (isKept) => (await import('./offline-store.ts')).openCache(store, isKept, context),
    withCache: async (cache) => (await import('../data/switching-store.ts')).switchTo(store, cache),
  };
};
