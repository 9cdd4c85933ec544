import type { Identity } from '@tessera-crm/model/rule.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { ScopeClaims } from './scope-claims.ts';
import type { SecretKey } from './secret-key.ts';

/** One customer of the server: its records, keys and users are its own. */
export interface Tenant {
  readonly id: string;
  /** The name in commands and addresses: `demo`. */
  readonly slug: string;
  readonly name: string;
  readonly settings: Settings;
}

/** What a request may do, once its token was believed. */
export interface Access {
  readonly tenant: Tenant;
  readonly identity: Identity;
  /** Who it is, for limits, idempotency keys and logs: `key:<id>`, `users:<id>`, `contacts:<id>`. */
  readonly principal: string;
  /** What the token narrows the identity to; null for no narrowing. */
  readonly scope: ScopeClaims | null;
  /** By module, the only fields that may be read; null for no narrowing. */
  readonly fieldPolicy: Readonly<Record<string, readonly string[]>> | null;
  /** The origins whose pages may use it, beside those that the server trusts anyway; empty for none of its own. */
  readonly origins: readonly string[];
  /** The session's id, by which it can be revoked. */
  readonly session: string | null;
  /** Set when it was a secret key, which alone may mint sessions. */
  readonly key: SecretKey | null;
  /** Milliseconds since 1970; null for keys, which last until they are revoked. */
  readonly expiresAt: number | null;
}
