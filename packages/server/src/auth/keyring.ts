import type { JWK } from 'jose';
import type { Tenant } from './access.ts';
import type { SecretKey } from './secret-key.ts';

/** A key that session tokens are signed with: the server's own, or one that a host registered. */
export interface SigningKey {
  /** Stands in the header of tokens; it fixes tenant and algorithm. */
  readonly kid: string;
  readonly tenant: string;
  readonly algorithm: 'EdDSA' | 'HS256';
  /** What tokens must name as their issuer. */
  readonly issuer: string;
  /** With its private part only if the server itself signs with it; `oct` for HS256. */
  readonly jwk: JWK;
  /** Where pages may use tokens that name no origins themselves. */
  readonly origins: readonly string[];
  readonly revokedAt: string | null;
}

/** A session that this server minted; kept so that it can be listed and revoked. */
export interface Session {
  readonly id: string;
  readonly tenant: string;
  /** `users:<id>`, `contacts:<id>`, `accounts:<id>`. */
  readonly principal: string;
  readonly origins: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** What browsers say for a page without an origin: a frame with `sandbox`, a file. Any site can open such a page. */
export const noOrigin = 'null';

/** Where keys, sessions and passwords lie. */
export interface Keyring {
  /** By id or by slug. */
  tenant(name: string): Promise<Tenant | null>;
  tenants(): Promise<readonly Tenant[]>;
  addTenant(tenant: Omit<Tenant, 'settings'>): Promise<void>;

  secretKey(id: string): Promise<SecretKey | null>;
  secretKeys(tenant: string): Promise<readonly SecretKey[]>;
  addSecretKey(key: SecretKey): Promise<void>;
  /** @returns Whether there was such a key to revoke. */
  revokeSecretKey(tenant: string, id: string): Promise<boolean>;

  signingKey(kid: string): Promise<SigningKey | null>;
  /** The key with which the server signs for a tenant. */
  ownSigningKey(tenant: string): Promise<SigningKey | null>;
  addSigningKey(key: SigningKey): Promise<void>;

  session(id: string): Promise<Session | null>;
  /** Those that are still good. */
  sessions(tenant: string, principal: string): Promise<readonly Session[]>;
  addSession(session: Session): Promise<void>;
  revokeSession(tenant: string, id: string): Promise<boolean>;

  /** The argon2id hash of a user's password. */
  password(tenant: string, user: string): Promise<string | null>;
  setPassword(tenant: string, user: string, hash: string): Promise<void>;

  /**
   * Whether any key or living session is registered for an origin: what answers a preflight, which has no token. Never for
   * `noOrigin`, which a token may name and any site can be.
   */
  knowsOrigin(origin: string): Promise<boolean>;
}
