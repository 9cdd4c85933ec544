import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { once } from '../data/once.ts';
import type { FileAccess } from '../frame/instance.ts';
import type { ConnectionContext } from './connection.ts';
import type { GetToken, TokenReason } from './options.ts';

/** What stands behind an address: records, and beside them what only a server can say. */
export interface Server {
  readonly store: RemoteStore;
  files(): Promise<FileAccess>;
  modules(): Promise<Registry>;
  /** @param isKept - Whether it stays on this device; else it lives as long as the page. */
  openCache(isKept: boolean): Promise<Cache | null>;
  /** The records by way of the cache, as soon as it is there. */
  withCache(cache: Promise<Cache | null>): Promise<Store>;
  /** Breaks off everything under way, questions for tokens too. */
  close(): void;
}

/** Fetched apart from the set-up of a page, which has to be small. */
export const reachServer = (url: string | undefined, context: ConnectionContext): Server => {
  if (url === undefined) throw new CrmError('config', 'A store of the page needs `modules` beside it.');
  const { fetch, tokenTroubled } = context;
  const store = new RemoteStore({
    url,
    tokenTroubled,
    ...(fetch && { fetch }),
    getToken: ({ reason, signal }) => askPage(context, reason, signal),
  });
  return {
    store,
    files: async () => (await import('./server-files.ts')).serverFiles(store.transport),
    modules: once(async () => (await import('./fetch-modules.ts')).fetchModules(store)),
    openCache: async (isKept) => (await import('./offline-store.ts')).openCache(store, isKept, context),
    withCache: async (cache) => (await import('../data/switching-store.ts')).switchTo(store, cache),
    close: () => {
      store.close();
      store.transport.close();
    },
  };
};

const askPage = async (
  { getToken, name, scope, reason: firstReason }: ConnectionContext,
  reason: TokenReason,
  signal: AbortSignal,
): ReturnType<GetToken> => {
  if (!getToken) throw new CrmError('auth-required', 'The option `getToken` is missing.');
  const ask = typeof getToken === 'function' ? getToken : (await import('./token-port.ts')).tokenFromPort(getToken);
  return ask({ reason: reason === 'initial' ? firstReason : reason, backend: name, scope: scope(), signal });
};
