import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import { LateStore } from '../data/late-store.ts';
import { once } from '../data/once.ts';
import type { Backend, FileAccess } from '../frame/instance.ts';
import type { BackendSource, CrmOptions, TokenReason } from './options.ts';

/** What the page said, and what is true of this connection alone. */
export interface ConnectionContext extends Omit<CrmOptions, 'identity'> {
  readonly name: string;
  readonly prefix: string;
  readonly source: BackendSource;
  /** Whose data the cache holds; without it nothing is kept, because the next person may be another. */
  readonly identity: string | undefined;
  /** Why the first token is asked for. */
  readonly reason: TokenReason;
  /** Told when the server is lost and found again. */
  reachabilityChanged(): void;
  /** Told how long opening the cache took. */
  cacheReady(milliseconds: number): void;
}

/** The way to one backend for one identity: the store at once, the code behind it when it is first used. */
export class Connection implements Backend {
  readonly store: LateStore;
  readonly files: FileAccess | null;
  /** The address; undefined when the page gave a store. */
  readonly url: string | undefined;
  /** False while the cache answers because the server does not. */
  isReachable = true;
  readonly #context: ConnectionContext;
  /** The same server for everybody, unless its code could not be fetched. */
  readonly #reach = once(async () => (await import('./server.ts')).reachServer(this.url, this.#context));
  #offline: Promise<Cache | null> = Promise.resolve(null);

  constructor(context: ConnectionContext) {
    const { source } = context;
    this.#context = context;
    this.url = typeof source === 'string' ? source : undefined;
    this.store = new LateStore(() => this.#open());
    this.files = this.url === undefined ? null : this.#filesOfServer();
  }

  /** What is kept on this device, once it is open; null when nothing is. */
  get offline(): Promise<Cache | null> {
    return this.#offline;
  }

  async modules(): Promise<Registry> {
    return this.#context.modules ?? (await this.#reach()).modules();
  }

  /** Ends everything under way. @param purge - Also empties what is kept on this device. */
  async close(purge: boolean): Promise<void> {
    this.store.close();
    const offline = await this.#offline;
    if (purge) await offline?.wipe();
    else offline?.close();
  }

  async #open(): Promise<Store> {
    const { source, cache, identity } = this.#context;
    if (typeof source !== 'string') return source;
    const server = await this.#reach();
    const mode = cache?.mode ?? 'auto';
    const isKept = mode === 'auto' && identity !== undefined;
    if (!isKept && mode !== 'memory') return server.store;
    this.#offline = server.openCache(isKept).catch((): null => null);
    void this.#offline.then((offline) => offline?.status.subscribe(({ online }) => this.#reached(online)));
    return server.withCache(this.#offline);
  }

  #reached(isReachable: boolean): void {
    if (isReachable === this.isReachable) return;
    this.isReachable = isReachable;
    this.#context.reachabilityChanged();
  }

  #filesOfServer(): FileAccess {
    const files = async (): Promise<FileAccess> => (await this.#reach()).files();
    return {
      upload: async (...file) => (await files()).upload(...file),
      link: async (...file) => (await files()).link(...file),
    };
  }
}
