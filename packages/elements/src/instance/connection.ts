import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import type { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { SwitchingStore } from '../data/switching-store.ts';
import type { Backend, FileAccess } from '../frame/instance.ts';
import type { BackendSource, CacheMode, Fetch, GetToken, TokenReason } from './options.ts';

export interface ConnectionContext {
  readonly name: string;
  readonly prefix: string;
  readonly source: BackendSource;
  readonly getToken: GetToken | undefined;
  readonly fetch: Fetch | undefined;
  readonly cache: CacheMode;
  /** Whose data the cache holds; without it nothing is kept, because the next person may be another. */
  readonly identity: string | undefined;
  readonly modules: Registry | undefined;
  /** Why the first token is asked for. */
  readonly reason: TokenReason;
  readonly settings: Partial<Settings>;
  /** Told when the server is lost and found again. */
  reachabilityChanged(): void;
  /** Told how long opening the cache took. */
  cacheReady(milliseconds: number): void;
}

/** The way to one backend for one identity: the store at once, all else when it is asked for. */
export class Connection implements Backend {
  readonly store: SwitchingStore;
  readonly files: FileAccess | null;
  /** The address; undefined when the page gave a store. */
  readonly url: string | undefined;
  /** False while the cache answers because the server does not. */
  isReachable = true;
  readonly #context: ConnectionContext;
  readonly #remote: () => Promise<RemoteStore>;
  readonly modules: () => Promise<Registry>;
  #offline: Promise<Cache | null> = Promise.resolve(null);

  constructor(context: ConnectionContext) {
    const { source, modules } = context;
    this.#context = context;
    this.url = typeof source === 'string' ? source : undefined;
    this.#remote = once(() => this.#connect());
    this.store = new SwitchingStore(() => this.#open());
    this.modules = once(async () => modules ?? (await import('./fetch-modules.ts')).fetchModules(await this.#remote()));
    this.files = this.url === undefined ? null : filesOf(this.#remote);
  }

  /** What is kept on this device, once it is open; null when nothing is. */
  get offline(): Promise<Cache | null> {
    return this.#offline;
  }

  /** Ends everything under way. @param purge - Also empties what is kept on this device. */
  async close(purge: boolean): Promise<void> {
    this.store.close();
    const offline = await this.#offline.catch(() => null);
    if (purge) await offline?.wipe();
    else offline?.close();
  }

  async #open(): Promise<Store> {
    const { source, cache, identity } = this.#context;
    if (typeof source !== 'string') return source;
    const remote = await this.#remote();
    const isKept = cache === 'auto' && identity !== undefined;
    if (isKept || cache === 'memory') {
      this.#offline = this.#openOffline(remote, isKept);
      void this.store.expect(this.#offline);
    }
    return remote;
  }

  async #connect(): Promise<RemoteStore> {
    const { fetch, name, getToken, reason: firstReason } = this.#context;
    if (this.url === undefined) throw new CrmError('config', 'A store of the page itself needs `modules` beside it.');
    const { RemoteStore } = await import('@tessera-crm/client/remote-store.js');
    return new RemoteStore({
      url: this.url,
      ...(fetch && { fetch }),
      getToken: async ({ reason, signal }) => {
        if (!getToken) throw new CrmError('auth-required', 'The page gives no token.');
        return getToken({ reason: reason === 'initial' ? firstReason : reason, backend: name, signal });
      },
    });
  }

  async #openOffline(remote: Store, isKept: boolean): Promise<Cache | null> {
    const { prefix, name, identity, modules, settings, cacheReady } = this.#context;
    const start = performance.now();
    const label = [prefix, name, this.url, identity].map((part) => encodeURIComponent(part ?? '')).join('/');
    const { openOfflineStore } = await import('./offline-store.ts');
    const options = { remote, name: `tessera/${label}`, isKept, identity, modules, settings };
    const cache = await openOfflineStore(options);
    if (!cache) return null;
    cacheReady(performance.now() - start);
    cache.status.subscribe(({ online }) => {
      if (online === this.isReachable) return;
      this.isReachable = online;
      this.#context.reachabilityChanged();
    });
    return cache;
  }
}

const filesOf = (remote: () => Promise<RemoteStore>): FileAccess => {
  const desk = once(async () => new (await import('@tessera-crm/client/files.js')).Files((await remote()).transport));
  return {
    async upload(file, { signal, onProgress } = {}) {
      const { id } = await (
        await desk()
      ).upload(file, {
        ...(signal && { signal }),
        ...(onProgress && { onProgress: ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total) }),
      });
      return id;
    },
    link: async (id, options) => (await (await desk()).link(id, options)).url,
  };
};

/** The same promise for every call, unless it failed. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
};
