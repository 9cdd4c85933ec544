import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Cache } from '@tessera-crm/cache';
import { LateStore } from '../data/late-store.ts';
import type { Backend, FileAccess } from '../frame/instance.ts';
import type { BackendSource, ChangeableOptions, CrmOptions, TokenReason } from './options.ts';
import type { Server } from './server.ts';

/** What is otherwise from when a person left, until another one works here. */
export interface Left {
  /** Whether that was in another tab: nobody is asked for a token then. */
  readonly isLeft?: boolean;
  /** Without the key of that person. */
  readonly cache?: NonNullable<CrmOptions['cache']>;
}

/** What the page said when the connection was made, and what is true of this connection alone. */
export interface ConnectionContext extends Omit<CrmOptions, 'identity' | 'tenant' | 'scope' | 'cache'>, Left {
  readonly name: string;
  readonly prefix: string;
  readonly source: BackendSource;
  /** Whose data the cache holds; without it nothing is kept, because the next person may be another. */
  readonly identity?: string | undefined;
  readonly tenant?: string | undefined;
  /** Why the first token is asked for. */
  readonly reason: TokenReason;
  /** What the page says now: what tokens are to be narrowed to, and who wants to hear of what. */
  now(): ChangeableOptions;
  /** Told when the server or a token for it is lost and found again. @param trouble - Why there is no token. */
  changed(trouble: CrmError | null): void;
  /** Nobody works here from now on. Resolves when nothing of this connection is open any more. */
  leave(left: Left): Promise<void>;
}

/** The way to one backend for one identity: the store at once, the code behind it when it is first used. */
export class Connection implements Backend {
  readonly context: ConnectionContext;
  readonly store = new LateStore(() => this.#open());
  readonly files: FileAccess | null;
  /** The address; undefined when the page gave a store. */
  readonly url: string | undefined;
  /** Why there is no token at the moment. */
  trouble: CrmError | null = null;
  /** What is kept on this device, once it is open; null when nothing is. */
  offline: Promise<Cache | null> = Promise.resolve(null);
  #server: Server | undefined;
  #isServerReached = true;
  #isClosed = false;

  constructor(context: ConnectionContext) {
    const { source } = context;
    this.context = context;
    this.url = typeof source === 'string' ? source : undefined;
    this.files = this.url === undefined ? null : this.#filesOfServer();
  }

  /** False while the cache answers because the server does not, or nobody lets us ask it. */
  get isReachable(): boolean {
    return this.#isServerReached && this.trouble === null;
  }

  /** The same server for everybody, unless its code could not be fetched. */
  async server(): Promise<Server> {
    const { reachServer } = await import('./server.ts');
    if (this.#isClosed) throw new CrmError('aborted', 'Another identity took over.');
    return (this.#server ??= reachServer(this.url, this.context, {
      reached: (isReached) => {
        this.#isServerReached = isReached;
        this.context.changed(null);
      },
      tokenTroubled: (trouble) => {
        this.trouble = trouble;
        this.context.changed(trouble);
      },
    }));
  }

  async modules(): Promise<Registry> {
    return this.context.modules ?? (await this.server()).modules();
  }

  /** Asks for another token, because it has to allow other things. */
  renewToken(reason: TokenReason): void {
    this.#server?.store.renewToken(reason);
  }

  /** Ends everything under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.store.close();
    this.#server?.close();
    await (await this.offline)?.close();
  }

  async #open(): Promise<Store> {
    const { source } = this.context;
    if (typeof source !== 'string') return source;
    const opening = (await this.server()).open();
    this.offline = opening.then(({ offline }) => offline);
    return (await opening).store;
  }

  #filesOfServer(): FileAccess {
    const files = async (): Promise<FileAccess> => (await this.server()).files();
    return {
      upload: async (...file) => (await files()).upload(...file),
      link: async (...file) => (await files()).link(...file),
    };
  }
}
