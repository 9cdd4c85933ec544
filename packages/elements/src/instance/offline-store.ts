import type { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import type { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { cacheName } from './cache-name.ts';
import type { ConnectionContext } from './connection.ts';

export interface OfflineOptions {
  readonly remote: Store;
  /** Tells servers, tenants and people apart. */
  readonly name: string;
  /** Whether it stays on this device; else it lives as long as the page. */
  readonly isKept: boolean;
  /** A user's id, where that is what the page calls people by; rules then know who is acting. Rights are the server's. */
  readonly identity: string | undefined;
  /** The tenant's modules; the built-in ones unless given. */
  readonly modules: Registry | undefined;
  readonly settings: Partial<Settings>;
}

/** The cache over a remote store; null where it cannot be had, and elements go on without. */
export const openOfflineStore = async (options: OfflineOptions): Promise<Cache | null> => {
  const { remote, name, isKept, identity, settings } = options;
  try {
    const [{ createCache }, { builtInRegistry }] = await Promise.all([
      import('@tessera-crm/cache'),
      import('@tessera-crm/model/modules/built-in.js'),
    ]);
    return await createCache({
      remote,
      name,
      registry: options.modules ?? builtInRegistry(),
      settings,
      ...(isId(identity) && { identity: { type: 'user', id: identity, admin: true } }),
      ...(!isKept && { indexedDB: null }),
    });
  } catch {
    return null;
  }
};

/** The cache of a connection; null where it cannot be had. @param isKept - Whether it stays on this device. */
export const openCache = async (
  remote: RemoteStore,
  isKept: boolean,
  context: ConnectionContext,
): Promise<Cache | null> => {
  const { identity, modules, currency, timeZone, locale, cacheReady, storageTroubled } = context;
  const settings = { ...(currency && { currency }), ...(timeZone && { timeZone }), ...(locale && { locale }) };
  const start = performance.now();
  const options = { remote, name: cacheName(context), isKept, identity, modules, settings };
  const cache = await openOfflineStore(options);
  if (!cache) return null;
  cacheReady(performance.now() - start);
  tellTrouble(cache, storageTroubled);
  return cache;
};

const tellTrouble = ({ status }: Cache, tell: (trouble: CrmError) => void): void => {
  let told: CrmError | null = null;
  status.subscribe(({ trouble }) => {
    if (trouble === told) return;
    told = trouble;
    if (trouble) tell(trouble);
  });
};
