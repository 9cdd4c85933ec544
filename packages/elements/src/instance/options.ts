import type { Pin } from '@tessera-crm/cache';
import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { CrmSettings } from '../frame/instance.ts';
import type { Appearance } from './appearance.ts';

/** The address under which `/v1` lies, empty for the page's own origin; or a store that the page made itself. */
export type BackendSource = string | Store;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Why a token is asked for. */
export type TokenReason = 'initial' | 'expiring' | 'rejected' | 'scope' | 'identity';

/**
 * How the page gets a session token from its own server. Never asked twice at a time for the same backend.
 *
 * Null says that nobody is signed in. Whatever it throws says that there is no token for now: it is asked again after 1
 * to 60 s, for ever.
 */
export type GetToken = (request: {
  readonly reason: TokenReason;
  /** The name of the backend, `main` when there is only one. */
  readonly backend: string;
  /** The rights that the token is to be narrowed to, as the option `scope` says; undefined for all. */
  readonly scope: readonly string[] | undefined;
  /** Aborted when another person took over, and after 20 s. */
  readonly signal: AbortSignal;
}) => Promise<{
  readonly token: string;
  /** Seconds, more than 0. */
  readonly expiresIn: number;
} | null>;

/**
 * What is kept on the device: `auto` in IndexedDB once the identity is known, in memory where that is refused ·
 * `memory` until the page is left · `off` nothing.
 */
export type CacheMode = 'auto' | 'memory' | 'off';

export interface CacheSettings {
  readonly mode: CacheMode;
  /** Encrypts what is kept: see `createCache`. */
  readonly key?: CryptoKey;
  /** Bytes of the device that records may take. */
  readonly budget?: number;
  /** Records that are fetched before anybody looks at them, so that they are at hand offline. */
  readonly pins?: readonly Pin[];
}

/** A measurement for the page's own use; nothing is ever sent anywhere. */
export interface Metric {
  readonly name: 'element-loaded' | 'backend-ready' | 'cache-ready' | 'cache-drift';
  readonly subject: string;
  /** How long it took; of `cache-drift`, how long the cache was open by then. */
  readonly milliseconds: number;
  /** Of `cache-drift`: records that were not as the server had them, though it should have told. They were fetched anew. */
  readonly count?: number;
}

/** What may be changed later by `update`. */
export interface ChangeableOptions extends CrmSettings {
  readonly appearance?: Appearance;
  readonly onError?: (error: CrmError, element: string) => void;
  readonly onMetric?: (metric: Metric) => void;
  /**
   * One, or several by name: the first is that of elements without a `backend` attribute. Each has a token and a cache
   * of its own. Another one later begins anew with all of them.
   */
  readonly backends?: BackendSource | Readonly<Record<string, BackendSource>>;
  /** A port instead asks another page for tokens, for sandboxed frames: see `serveTokens`. */
  readonly getToken?: GetToken | MessagePort;
  /** What `getToken` is to narrow tokens to, as in `deals:read`. Another one later asks for another token. */
  readonly scope?: readonly string[];
  readonly cache?: CacheSettings;
  /** The modules, where a store given by the page has no server to ask for them. */
  readonly modules?: Registry;
  /**
   * Instead of the page's own, for all that goes to backends; the library's own files come by `import()`, which no page
   * can redirect. It is called with an address and options, never with a `Request`.
   */
  readonly fetch?: Fetch;
}

/**
 * What is done with changes that no server took when whoever made them signs out, after one more attempt to send them:
 * `ask` the person · `keep` them on the device for the next visit · `discard` them.
 */
export type UnsentWish = 'ask' | 'keep' | 'discard';

export interface SignOutOptions {
  /** Also deletes what is kept on this device. */
  readonly purge?: boolean;
  /** With `purge`; `ask` unless given. Where nobody can be asked, `keep`. */
  readonly unsent?: UnsentWish;
}

/**
 * What became of a sign-out: `done` nothing was unsent · `kept` what was is still on this device · `saved` it is in a file
 * of the person's, and deleted · `discarded` it is lost, as somebody wished · `cancelled` the person stays signed in, and
 * nothing was deleted.
 */
export type SignedOut = 'done' | 'kept' | 'saved' | 'discarded' | 'cancelled';

export interface CrmOptions extends ChangeableOptions {
  readonly backends: BackendSource | Readonly<Record<string, BackendSource>>;
  /** The first part of tags, tokens and events; `crm` unless given. Lower-case letters and digits. */
  readonly prefix?: string;
  /** Any stable name of the person, for what is kept on this device; see `setIdentity`. */
  readonly identity?: string;
  /** Any stable name of the tenant, where one address serves several: each has a cache of its own. */
  readonly tenant?: string;
  /** A scoped registry for the tags; the page's own unless given. */
  readonly registry?: CustomElementRegistry;
}
