import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache, Pin } from '@tessera-crm/cache';
import type { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { switchTo } from '../data/switching-store.ts';
import { whenIdle } from '../data/when-idle.ts';
import { localeOf } from '../frame/locale.ts';
import { cacheName } from './cache-name.ts';
import type { ConnectionContext } from './connection.ts';
import { mayOpen } from './finish-leaving.ts';
import { guardUnsent } from './guard-unsent.ts';
import type { Opened } from './server.ts';
import { tellDrift } from './tell-drift.ts';

export interface OfflineOptions {
  readonly remote: Store;
  /** Tells servers, tenants and people apart. */
  readonly name: string;
  /** Whether it stays on this device; else it lives as long as the page. */
  readonly isKept: boolean;
  readonly key?: CryptoKey | undefined;
  readonly budget?: number | undefined;
  readonly pins?: readonly Pin[] | undefined;
  /** A user's id, where that is what the page calls people by; rules then know who is acting. Rights are the server's. */
  readonly identity: string | undefined;
  /** The tenant's modules; the built-in ones unless given. */
  readonly modules: Registry | undefined;
  readonly settings: Partial<Settings>;
}

/**
 * The cache over a remote store; null where it cannot be had, and elements go on without.
 *
 * @throws {CrmError} What is wrong with a pin.
 */
export const openOfflineStore = async (options: OfflineOptions): Promise<Cache | null> => {
  const { remote, name, isKept, key, budget, pins, identity, settings } = options;
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
      ...(key && { key }),
      ...(budget && { budget }),
      ...(pins && { pins }),
      ...(!isKept && { indexedDB: null }),
    });
  } catch (error) {
    if (isCrmError(error) && pins) throw error;
    return null;
  }
};

/**
 * A remote store that becomes a cache over itself when that is there.
 *
 * @param reached - Told when the server is lost and found again.
 */
export const openCached = (
  remote: RemoteStore,
  context: ConnectionContext,
  reached: (isReached: boolean) => void,
): Opened => {
  const offline = openCache(remote, context, reached).catch(() => null);
  return { store: switchTo(remote, offline), offline };
};

const openCache = async (
  remote: RemoteStore,
  context: ConnectionContext,
  reached: (isReached: boolean) => void,
): Promise<Cache | null> => {
  const { name, prefix, identity, modules, currency, timeZone, locale, now } = context;
  const settings = { ...(currency && { currency }), ...(timeZone && { timeZone }), ...(locale && { locale }) };
  const start = performance.now();
  const { pins } = context.cache ?? {};
  const opening = { remote, ...(await placeOf(context)), identity, modules, settings };
  const cache = await openOfflineStore({ ...opening, pins }).catch((error: CrmError) => {
    now().onError?.(error, prefix);
    return openOfflineStore(opening);
  });
  if (!cache) return null;
  now().onMetric?.({ name: 'cache-ready', subject: name, milliseconds: performance.now() - start });
  tellTrouble(cache, (trouble) => now().onError?.(trouble, prefix));
  tellReach(cache, reached);
  tellDrift(cache, (count) => {
    now().onMetric?.({ name: 'cache-drift', subject: name, milliseconds: performance.now() - start, count });
  });
  tellLeft(cache, () => void context.leave({ isLeft: true }));
  guardUnsent(cache.outgoing, cache.closed);
  whenIdle(() => void fetchLeaving(now().locale).catch(() => {}));
  return cache;
};

/** Where it is kept, and how. */
const placeOf = async (context: ConnectionContext) => {
  const { mode, key, budget } = context.cache ?? {};
  const name = cacheName(context);
  return { name, key, budget, isKept: mode !== 'memory' && (await mayOpen(context.prefix, name)) };
};

/** Without network it could not be fetched any more, and that is when whoever signs out has something to decide. */
const fetchLeaving = async (locale: string | undefined): Promise<void> => {
  const [{ prepareAsking }] = await Promise.all([
    import('../sign-out/ask-unsent.ts'),
    import('./purge.ts'),
    import('@tessera-crm/cache/delete-cache.js'),
    import('@tessera-crm/model/outgoing-file.js'),
  ]);
  await prepareAsking(localeOf(document.documentElement, locale));
};

/** Told when the person signed out in another tab: nothing of theirs is to be seen any more. */
const tellLeft = ({ closed }: Cache, tell: () => void): void => {
  const look = (): void => {
    const { reason } = closed as { readonly reason: unknown };
    if (isCrmError(reason) && reason.facts['reason'] === 'wiped') tell();
  };
  closed.addEventListener('abort', look, { once: true });
};

/** Told once, when the database had to be given up; work goes on in memory. */
const tellTrouble = ({ status }: Cache, tell: (trouble: CrmError) => void): void => {
  let told: CrmError | null = null;
  status.subscribe(({ trouble }) => {
    if (trouble === told) return;
    told = trouble;
    if (trouble) tell(trouble);
  });
};

const tellReach = ({ status }: Cache, tell: (isReached: boolean) => void): void => {
  let told = true;
  status.subscribe(({ online }) => {
    if (online === told) return;
    told = online;
    tell(online);
  });
};
