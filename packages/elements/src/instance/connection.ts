import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import { LateStore } from '../data/late-store.ts';
import { once } from '../data/once.ts';
import type { Backend, FileAccess } from '../frame/instance.ts';
import type { BackendExamination } from './examine-backend.ts';
import type { BackendSource, CrmOptions, TokenReason } from './options.ts';
import type { Server } from './server.ts';

/** What the page said, and what is true of this connection alone. */
export interface ConnectionContext extends Omit<CrmOptions, 'identity' | 'scope'> {
  readonly name: string;
  readonly prefix: string;
  readonly source: BackendSource;
  /** Whose data the cache holds; without it nothing is kept, because the next person may be another. */
  readonly identity: string | undefined;
  /** Why the first token is asked for. */
  readonly reason: TokenReason;
  /** What tokens are to be narrowed to now. */
  scope(): readonly string[] | undefined;
  /** Told when the server is lost and found again. */
  reachabilityChanged(): void;
  /** Told when there is no token, and of null when there is one again. */
  tokenTroubled(trouble: CrmError | null): void;
  /** Told once, when the database had to be given up; work goes on in memory. */
  storageTroubled(trouble: CrmError): void;
  /** Told how long opening the cache took. */
  cacheReady(milliseconds: number): void;
}

/** The way to one backend for one identity: the store at once, the code behind it when it is first used. */
export class Connection implements Backend {
  readonly store: LateStore;
  readonly files: FileAccess | null;
  /** The address; undefined when the page gave a store. */
  readonly url: string | undefined;
  /** Why there is no token at the moment. */
  trouble: CrmError | null = null;
  readonly #context: ConnectionContext;
  /** The same server for everybody, unless its code could not be fetched. */
  readonly #reach = once(async () => {
    const code = await import('./server.ts');
    if (this.#isClosed) throw new CrmError('aborted', 'Another identity took over.');
    return (this.#server ??= code.reachServer(this.url, { ...this.#context, tokenTroubled: this.#tokenTroubled }));
  });
  #server: Server | undefined;
  #offline: Promise<Cache | null> = Promise.resolve(null);
  #isServerReached = true;
  #isClosed = false;

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

  /** False while the cache answers because the server does not, or nobody lets us ask it. */
  get isReachable(): boolean {
    return this.#isServerReached && this.trouble === null;
  }

  async modules(): Promise<Registry> {
    return this.#context.modules ?? (await this.#reach()).modules();
  }

  /** Asks for another token, because it has to allow other things. */
  renewToken(reason: TokenReason): void {
    this.#server?.store.renewToken(reason);
  }

  /** Looks why something does not work. Never rejects. */
  async examine(): Promise<BackendExamination> {
    const { examineBackend } = await import('./examine-backend.ts');
    const transport = this.url === undefined ? null : this.#reach().then(({ store }) => store.transport);
    return examineBackend(this.#context, { transport, trouble: this.trouble, offline: this.#offline });
  }

  /** Ends everything under way. @param purge - Also empties what is kept on this device. */
  async close(purge: boolean): Promise<void> {
    this.#isClosed = true;
    this.store.close();
    this.#server?.close();
    const offline = await this.#offline;
    if (!purge) return offline?.close();
    await offline?.wipe();
    // What earlier visits left, if nobody has opened it since
    if (this.url !== undefined) await (await import('./purge-databases.ts')).purgeDatabases(this.#context);
  }

  async #open(): Promise<Store> {
    const { source, cache, identity } = this.#context;
    if (typeof source !== 'string') return source;
    const server = await this.#reach();
    const mode = cache?.mode ?? 'auto';
    const isKept = mode === 'auto' && identity !== undefined;
    if (this.#isClosed || (!isKept && mode !== 'memory')) return server.store;
    this.#offline = server.openCache(isKept).catch((): null => null);
    void this.#offline.then((offline) => offline?.status.subscribe(({ online }) => this.#reached(online)));
    return server.withCache(this.#offline);
  }

  #reached(isReached: boolean): void {
    if (isReached === this.#isServerReached || this.#isClosed) return;
    this.#isServerReached = isReached;
    this.#context.reachabilityChanged();
  }

  readonly #tokenTroubled = (trouble: CrmError | null): void => {
    if (this.#isClosed) return;
    this.trouble = trouble;
    this.#context.tokenTroubled(trouble);
  };

  #filesOfServer(): FileAccess {
    const files = async (): Promise<FileAccess> => (await this.#reach()).files();
    return {
      upload: async (...file) => (await files()).upload(...file),
      link: async (...file) => (await files()).link(...file),
    };
  }
}
