import { join } from 'node:path';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { Authenticator } from './auth/authenticator.ts';
import { Directories } from './auth/directories.ts';
import type { Keyring } from './auth/keyring.ts';
import { Policies } from './auth/policy.ts';
import { Sessions } from './auth/sessions.ts';
import { SqlKeyring } from './auth/sql-keyring.ts';
import type { Backend } from './backend.ts';
import type { Database } from './database/database.ts';
import { FileStore } from './files/file-store.ts';
import { FileTable } from './files/file-table.ts';
import { Gate, type Origin } from './http/gate.ts';
import { logToStream, type Log } from './http/log.ts';
import { Metrics } from './http/metrics.ts';
import { trustedOrigins } from './http/origins.ts';
import { RateLimiter, type RateLimit } from './http/rate-limiter.ts';
import { ExplainRoutes } from './http/routes/explain.ts';
import { FeedRoutes, type FeedRoutesOptions } from './http/routes/feed.ts';
import { FileRoutes } from './http/routes/files.ts';
import { SessionRoutes } from './http/routes/sessions.ts';
import { router } from './http/router.ts';
import { newId as freshId } from './new-id.ts';
import { SqlBackend } from './sql-backend.ts';

export interface AppOptions {
  readonly database: Database;
  /** The modules; the same ones that the database was migrated for. */
  readonly registry: Registry;
  /** The folder for uploads and whatever else is not in the database; `./data` unless told. */
  readonly folder?: string;
  /** What stands before `/v1` in addresses, such as `/crm`; nothing unless told. */
  readonly basePath?: string;
  /** Origins whose pages may use any token that names no origins itself. */
  readonly origins?: readonly string[];
  /**
   * Whether pages without an origin (`Origin: null`: frames with `sandbox`, files) count among those. Any site can open
   * such a frame, so that nothing but the token tells who asks; false unless told.
   */
  readonly sandboxed?: boolean;
  /** Requests per key and per identity; 1,000 at once and 200 a second unless told, null for no limit. */
  readonly rateLimit?: RateLimit | null;
  /** Requests answered at once, above which others hear 503; 500 unless told. */
  readonly maxInFlight?: number;
  /** How long streams last and how many there may be. */
  readonly streams?: Pick<FeedRoutesOptions, 'times' | 'maxStreams'>;
  /** Where log entries go; one line of JSON each on the error stream unless told. */
  readonly log?: Log;
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number;
}

/** The server as a function from requests to responses. It listens nowhere: whoever mounts it does. */
export interface App {
  /** @param origin - Where the request came from, for throttling sign-ins. */
  fetch(request: Request, origin?: Origin): Promise<Response>;
  /** Turns new requests away, says goodbye to streams, and waits for what is under way. The database stays open. */
  stop(): Promise<void>;
  readonly backend: Backend;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
}

const defaultRateLimit: RateLimit = { burst: 1000, perSecond: 200 };
const defaultMaxInFlight = 500;

/** How long requests under way may take after `stop`, in milliseconds. */
const patience = 20_000;

/**
 * Makes a server over a migrated database.
 *
 * @throws {CrmError} `config` for a base path that does not begin with a slash, or ends in one, and for the origin `null`
 */
export const createApp = (options: AppOptions): App => {
  const { basePath = '' } = options;
  if (basePath !== '' && !/^(?:\/[\w.~-]+)+$/.test(basePath))
    throw new CrmError('config', `The base path "${basePath}" is none.`, { basePath });
  const house = foundation(options);
  const { backend, keyring, sessions, gate, metrics } = house;
  const feed = new FeedRoutes({ feed: backend.feed, images: backend.images, metrics, ...options.streams });
  const hono = router({ ...house, ...routes(options, house), basePath, feed, registry: options.registry });
  const stop = async (): Promise<void> => {
    gate.close();
    feed.stop();
    const until = performance.now() + patience;
    while (metrics.inFlight > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    await backend.stop();
  };
  return { fetch: async (request, origin) => hono.fetch(request, origin ?? {}), stop, backend, keyring, sessions };
};

/** Who asks, whether they may, and what they ask of. */
const foundation = ({ database, registry, basePath = '', ...options }: AppOptions) => {
  const now = options.now ?? Date.now;
  const newId = (): string => freshId(now());
  const backend = new SqlBackend({ database, registry, now, newId });
  const { store } = backend;
  const keyring = new SqlKeyring({ database, now });
  const authenticator = new Authenticator({ keyring, store, now });
  const metrics = new Metrics();
  const limit = options.rateLimit === undefined ? defaultRateLimit : options.rateLimit;
  const trusted = trustedOrigins(options.origins ?? [], options.sandboxed ?? false);
  const directories = new Directories({ backend, now });
  const gate = new Gate({
    registry,
    policies: new Policies(directories),
    store,
    authenticator,
    metrics,
    limiter: limit && new RateLimiter(limit),
    trustedOrigins: trusted,
    knowsOrigin: async (origin) => keyring.knowsOrigin(origin),
    maxInFlight: options.maxInFlight ?? defaultMaxInFlight,
    log: options.log ?? logToStream,
    basePath,
    now,
    newId,
  });
  return {
    backend,
    directories,
    keyring,
    authenticator,
    metrics,
    gate,
    trustedOrigins: trusted,
    sessions: new Sessions({ keyring, now, newId }),
    now,
  };
};

const routes = ({ database, folder = 'data' }: AppOptions, house: ReturnType<typeof foundation>) => {
  const { keyring, sessions, authenticator, backend, directories, now } = house;
  const store = new FileStore(join(folder, 'files'));
  return {
    sessionRoutes: new SessionRoutes({ keyring, sessions, authenticator, store: backend.store }),
    explainRoutes: new ExplainRoutes({ store: backend.store, directories }),
    fileRoutes: new FileRoutes({ files: store, table: new FileTable(database), keyring, sessions, now }),
  };
};
