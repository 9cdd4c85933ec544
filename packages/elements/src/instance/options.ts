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

/** How the page gets a session token from its own server. Never asked twice at a time for the same backend. */
export type GetToken = (request: {
  readonly reason: TokenReason;
  /** The name of the backend, `main` when there is only one. */
  readonly backend: string;
  readonly signal: AbortSignal;
}) => Promise<{
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}>;

/**
 * What is kept on the device: `auto` in IndexedDB once the identity is known, in memory where that is refused ·
 * `memory` until the page is left · `off` nothing.
 */
export type CacheMode = 'auto' | 'memory' | 'off';

/** A measurement for the page's own use; nothing is ever sent anywhere. */
export interface Metric {
  readonly name: 'element-loaded' | 'backend-ready' | 'cache-ready';
  readonly subject: string;
  readonly milliseconds: number;
}

/** What may be changed later by `update`. */
export interface ChangeableOptions extends CrmSettings {
  readonly appearance?: Appearance;
  readonly onError?: (error: CrmError, element: string) => void;
  readonly onMetric?: (metric: Metric) => void;
}

export interface CrmOptions extends ChangeableOptions {
  /** One, or several by name: the first is that of elements without a `backend` attribute. */
  readonly backends: BackendSource | Readonly<Record<string, BackendSource>>;
  readonly getToken?: GetToken;
  /** The first part of tags, tokens and events; `crm` unless given. Lower-case letters and digits. */
  readonly prefix?: string;
  /** Any stable name of the person, for what is kept on this device; see `setIdentity`. */
  readonly identity?: string;
  readonly cache?: { readonly mode: CacheMode };
  /** The modules, where a store given by the page has no server to ask for them. */
  readonly modules?: Registry;
  /** Instead of the page's own; it is called with an address and options, never with a `Request`. */
  readonly fetch?: Fetch;
  /** A scoped registry for the tags; the page's own unless given. */
  readonly registry?: CustomElementRegistry;
}
