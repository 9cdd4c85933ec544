import { CrmError } from '@tessera-crm/model/errors.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Backend } from '../backend.ts';
import type { Access, Tenant } from './access.ts';
import { identify, type Named } from './identify.ts';
import type { Keyring, SigningKey } from './keyring.ts';
import { readScopeClaims } from './scope-claims.ts';
import { isSecret, isSecretKey, secretKeyId } from './secret-key.ts';
import { clockSkew, keyIdOf, rejected, verifySession, type SessionClaims } from './session-token.ts';
import { TokenCache } from './token-cache.ts';

export interface AuthenticatorOptions {
  readonly keyring: Keyring;
  readonly store: Backend['store'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Milliseconds for which an answer about a token is believed: how long a revocation may take to arrive. */
const believed = 2000;

/** A verified signature, which stays right; what it is good for is looked up again and again. */
interface Proof {
  readonly key: SigningKey;
  readonly claims: SessionClaims;
}

const unfriendly = 'A secret key belongs to a backend. Pages use session tokens, which POST /v1/sessions mints.';

/** Finds out who sends a request, from its bearer token alone: no cookie is read, no parameter of the address. */
export class Authenticator {
  readonly #keyring: Keyring;
  readonly #store: Backend['store'];
  readonly #now: () => number;
  readonly #accesses = new TokenCache<Access>();
  readonly #proofs = new TokenCache<Proof>();

  constructor({ keyring, store, now }: AuthenticatorOptions) {
    this.#keyring = keyring;
    this.#store = store;
    this.#now = now;
  }

  /** @throws {CrmError} `auth-required` · `token-rejected` with `facts.reason` · `forbidden` for a secret key in a browser */
  async authenticate(headers: Headers): Promise<Access> {
    const token = bearer(headers.get('authorization'));
    const isSecretOne = isSecretKey(token);
    if (isSecretOne && (headers.has('origin') || headers.has('sec-fetch-site')))
      throw new CrmError('forbidden', unfriendly, { reason: 'secret-key-in-browser' });
    const fingerprint = TokenCache.key(token);
    const known = this.#accesses.get(fingerprint, this.#now());
    if (known) return known;
    const access = await (isSecretOne ? this.#withKey(token) : this.#withSession(token, fingerprint));
    this.#accesses.set(fingerprint, access, Math.min(this.#now() + believed, access.expiresAt ?? Infinity));
    return access;
  }

  /** Makes this process forget what it believes, so that a revocation made here counts at once. */
  forget(): void {
    this.#accesses.clear();
  }

  async #withKey(text: string): Promise<Access> {
    const id = secretKeyId(text);
    const key = id === undefined ? null : await this.#keyring.secretKey(id);
    if (!key || !isSecret(text, key)) throw rejected('signature', 'There is no such secret key.');
    if (key.revokedAt !== null) throw rejected('revoked', 'This secret key was revoked.');
    return {
      tenant: await this.#tenant(key.tenant),
      identity: { type: 'system' },
      principal: `key:${key.id}`,
      scope: key.scope && readScopeClaims(key.scope),
      fieldPolicy: null,
      origins: [],
      session: null,
      key,
      expiresAt: null,
    };
  }

  async #withSession(token: string, fingerprint: string): Promise<Access> {
    const { claims, key } = await this.#prove(token, fingerprint);
    const tenant = await this.#tenant(key.tenant);
    if (claims.tenant !== tenant.id && claims.tenant !== tenant.slug)
      throw rejected('tenant', 'The token names another tenant than its key.');
    await this.#checkSession(claims, key);
    const identity = await this.#identity(tenant, claims);
    return {
      tenant,
      identity,
      principal: principalOf(identity),
      scope: claims.scope ? readScopeClaims(claims.scope) : null,
      fieldPolicy: claims.fieldPolicy ?? null,
      origins: claims.origins ?? key.origins,
      session: claims.jti ?? null,
      key: null,
      expiresAt: (claims.exp + clockSkew) * 1000,
    };
  }

  async #prove(token: string, fingerprint: string): Promise<Proof> {
    const now = this.#now();
    const known = this.#proofs.get(fingerprint, now);
    const kid = known?.key.kid ?? keyIdOf(token);
    const key = await this.#keyring.signingKey(kid);
    if (!key) throw rejected('key', 'The key of this token is not registered here.');
    if (known && key.revokedAt === null) return known;
    const proof = { key, claims: await verifySession(token, key, now) };
    this.#proofs.set(fingerprint, proof, (proof.claims.exp + clockSkew) * 1000);
    return proof;
  }

  /** Sessions that this server minted are on record; a host answers for its own. */
  async #checkSession({ jti }: SessionClaims, { jwk, algorithm }: SigningKey): Promise<void> {
    if (algorithm !== 'EdDSA' || jwk.d === undefined) return;
    const session = jti === undefined ? null : await this.#keyring.session(jti);
    if (!session || session.revokedAt !== null) throw rejected('revoked', 'This session was ended.');
  }

  async #identity(tenant: Tenant, { sub, subject }: SessionClaims): Promise<Identity> {
    const store = this.#store(tenant, { identity: { type: 'system' }, principal: 'system' });
    const named: Named = subject ? { subject } : { user: sub! };
    const identity = await identify(store, named);
    if (!identity) throw rejected('subject', 'Whom the token is for does not exist, or may not come in.');
    return identity;
  }

  async #tenant(id: string): Promise<Tenant> {
    const tenant = await this.#keyring.tenant(id);
    if (!tenant) throw rejected('tenant', 'The tenant of this token does not exist any more.');
    return tenant;
  }
}

const bearer = (header: string | null): string => {
  if (header === null || header === '')
    throw new CrmError('auth-required', 'Send a token: Authorization: Bearer <token>.');
  const [, token] = /^Bearer +([A-Za-z0-9._~+/=-]{1,8192})$/i.exec(header) ?? [];
  if (token === undefined) throw rejected('malformed', 'The Authorization header has to be: Bearer <token>.');
  return token;
};

/** How an identity is called in limits, idempotency keys and logs. */
export const principalOf = (identity: Identity): string => {
  if (identity.type === 'system') return 'system';
  return identity.type === 'user' ? `users:${identity.id}` : `${identity.module}:${identity.id}`;
};
