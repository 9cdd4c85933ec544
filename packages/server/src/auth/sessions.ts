import { CrmError } from '@tessera-crm/model/errors.js';
import { maxSessionSeconds } from '@tessera-crm/model/protocol/sessions.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Tenant } from './access.ts';
import { principalOf } from './authenticator.ts';
import type { Keyring, SigningKey } from './keyring.ts';
import { newSigningKey, signSession, type SessionClaims } from './session-token.ts';

export interface SessionsOptions {
  readonly keyring: Keyring;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** What a session is minted with, beside whom it is for. */
export interface SessionTerms {
  readonly scope?: readonly string[] | undefined;
  readonly origins?: readonly string[] | undefined;
  /** Seconds. */
  readonly expiresIn?: number | undefined;
  /** Whether its holder may go on with it by itself, as people do who signed in with a password. */
  readonly renewable?: boolean;
}

export interface MintedSession {
  readonly token: string;
  readonly expiresIn: number;
}

/** How long a person stays signed in without a password at most, in milliseconds. */
const maxRenewal = 12 * 3600 * 1000;

/** Mints the server's own session tokens and keeps record of them. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  async mint(tenant: Tenant, identity: Identity, terms: SessionTerms): Promise<MintedSession> {
    const { keyring, now, newId } = this.#options;
    const expiresIn = Math.min(terms.expiresIn ?? maxSessionSeconds, maxSessionSeconds);
    const jti = newId();
    await keyring.addSession({
      id: jti,
      tenant: tenant.id,
      principal: principalOf(identity),
      origins: terms.origins ?? [],
      createdAt: new Date(now()).toISOString(),
      expiresAt: new Date(now() + (terms.renewable ? maxRenewal : expiresIn * 1000)).toISOString(),
      revokedAt: null,
    });
    return { token: await this.#sign(tenant, claimsOf(tenant, identity, { ...terms, jti }), expiresIn), expiresIn };
  }

  /** A new token for a session that goes on. @throws {CrmError} `token-rejected` when it has ended for good */
  async renew(tenant: Tenant, identity: Identity, id: string | null): Promise<MintedSession> {
    const { keyring, now } = this.#options;
    const session = id === null ? null : await keyring.session(id);
    const left = session && session.revokedAt === null ? Math.floor((Date.parse(session.expiresAt) - now()) / 1000) : 0;
    const isRenewable =
      session !== null && Date.parse(session.expiresAt) - Date.parse(session.createdAt) === maxRenewal;
    if (!isRenewable || left < 1)
      throw new CrmError('token-rejected', 'This session cannot go on: sign in again.', { reason: 'expired' });
    const expiresIn = Math.min(left, maxSessionSeconds);
    return {
      token: await this.#sign(
        tenant,
        claimsOf(tenant, identity, { jti: session.id, origins: session.origins }),
        expiresIn,
      ),
      expiresIn,
    };
  }

  /** The tenant's key is made when it is first needed. */
  async signingKey({ id }: Tenant): Promise<SigningKey> {
    const { keyring, newId } = this.#options;
    const known = await keyring.ownSigningKey(id);
    if (known) return known;
    await keyring.addSigningKey(await newSigningKey(id, newId()));
    // two processes may have made one at the same time: both use the one that was first
    return (await keyring.ownSigningKey(id))!;
  }

  async #sign(tenant: Tenant, claims: Omit<SessionClaims, 'exp'>, expiresIn: number): Promise<string> {
    return signSession(claims, await this.signingKey(tenant), { now: this.#options.now(), expiresIn });
  }
}

const claimsOf = (
  { id }: Tenant,
  identity: Identity,
  { jti, scope, origins }: SessionTerms & { readonly jti: string },
): Omit<SessionClaims, 'exp'> => ({
  tenant: id,
  jti,
  ...(identity.type === 'user' && { sub: identity.id }),
  ...(identity.type === 'subject' && { subject: { module: identity.module, id: identity.id } }),
  ...(scope && { scope: [...scope] }),
  ...(origins && origins.length > 0 && { origins: [...origins] }),
});
