import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from '../auth/keyring.ts';

/** How long a link works, in seconds. */
export const linkSeconds = 300;

/** What a link lets one download, and until when. */
export interface LinkClaims {
  readonly tenant: string;
  readonly id: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** A key of its own, derived from the one that signs the tenant's sessions. */
const linkKey = ({ jwk }: SigningKey): Buffer =>
  Buffer.from(hkdfSync('sha256', jwk.d ?? '', '', 'tessera file links', 32));

const signatureOf = ({ tenant, id, expires }: LinkClaims, key: SigningKey): Buffer =>
  createHmac('sha256', linkKey(key)).update(`${tenant}/${id}/${expires}`).digest();

/** The parameters that make an address of a file work without a token. */
export const signLink = (claims: LinkClaims, key: SigningKey): URLSearchParams =>
  new URLSearchParams({
    tenant: claims.tenant,
    expires: String(claims.expires),
    signature: signatureOf(claims, key).toString('base64url'),
  });

/** Compares in constant time. @param now - Seconds since 1970. */
export const isSigned = (
  claims: LinkClaims,
  signature: string,
  { key, now }: { readonly key: SigningKey; readonly now: number },
): boolean => {
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(claims, key);
  return (
    given.length === right.length &&
    timingSafeEqual(given, right) &&
    claims.expires >= now &&
    claims.expires <= now + linkSeconds
  );
};
