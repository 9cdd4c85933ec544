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
  /** The records, by way of what is kept on this device as soon as that is there. Never rejects. */
  open(): Promise<Opened>;
  /** Breaks off everything under way, questions for tokens too. */
  close(): void;
}

export interface Opened {
  readonly store: Store;
  /** What is kept; null when nothing is. Never rejects. */
  readonly offline: Promise<Cache | null>;
}

/** What is heard of a server until it is closed. */
interface News {
  /** Lost, or found again. */
  reached(isReached: boolean): void;
  /** Told when there is no token, and of null when there is one again. */
  tokenTroubled(trouble: CrmError | null): void;
}

/** Fetched apart from the set-up of a page, which has to be small. */
export const reachServer = (url: string | undefined, context: ConnectionContext, news: News): Server => {
  if (url === undefined) throw new CrmError('config', 'A store of the page needs `modules` beside it.');
  const { fetch } = context;
  let isClosed = false;
  const store = new RemoteStore({
    url,
    tokenTroubled: (trouble) => void (isClosed || news.tokenTroubled(trouble)),
    ...(fetch && { fetch }),
    getToken: ({ reason, signal }) => askPage(context, reason, signal),
  });
  return {
    store,
    files: async () => (await import('./server-files.ts')).serverFiles(store.transport),
    modules: once(async () => (await import('./fetch-modules.ts')).fetchModules(store)),
    open: async () => {
      const code = isCached(context) && (await import('./offline-store.ts').catch(() => null));
      if (!code || isClosed) return { store, offline: Promise.resolve(null) };
      return code.openCached(store, context, (isReached) => void (isClosed || news.reached(isReached)));
    },
    close: () => {
      isClosed = true;
      store.close();
      store.transport.close();
    },
  };
};

/** Whether anything is to be kept: on this device, or as long as the page lives. */
const isCached = ({ cache, identity }: ConnectionContext): boolean => {
  const mode = cache?.mode ?? 'auto';
  return mode === 'memory' || (mode === 'auto' && identity !== undefined);
};

const askPage = async (
  { getToken, name, now, reason: firstReason, isLeft }: ConnectionContext,
  reason: TokenReason,
  signal: AbortSignal,
): ReturnType<GetToken> => {
  // The page may not have heard of it yet, and give one for whoever left
  if (isLeft) return null;
  if (!getToken) throw new CrmError('auth-required', 'The option `getToken` is missing.');
  const ask = typeof getToken === 'function' ? getToken : (await import('./token-port.ts')).tokenFromPort(getToken);
  return ask({ reason: reason === 'initial' ? firstReason : reason, backend: name, scope: now().scope, signal });
};
