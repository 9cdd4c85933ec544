import * as z from 'zod/mini';
import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import { maxSessionSeconds } from '@tessera-crm/model/protocol/sessions.js';
import {
  decodeProtectedHeader,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWTPayload,
} from 'jose';
import type { SigningKey } from './keyring.ts';
import { isScopeClaim } from './scope-claims.ts';

/** Keeps these tokens apart from any others that the same host signs. */
export const tokenType = 'crm-session+jwt';

/** Whom tokens are meant for. */
export const audience = 'tessera';

/** Seconds by which clocks may differ. */
export const clockSkew = 60;

const origin = z.string().check(z.maxLength(300));

/** What a token says, beside the registered claims. */
const claimsSchema = z.looseObject({
  tenant: z.string(),
  /** A user, by id or e-mail address. */
  sub: z.optional(z.string().check(z.minLength(1), z.maxLength(320))),
  /** A customer, by id; contacts by e-mail address too. */
  subject: z.optional(
    z.strictObject({
      module: z.enum(['contacts', 'accounts']),
      id: z.optional(z.string().check(z.refine(isId))),
      email: z.optional(z.string().check(z.maxLength(320))),
    }),
  ),
  scope: z.optional(z.array(z.string().check(z.refine(isScopeClaim))).check(z.maxLength(100))),
  fieldPolicy: z.optional(z.record(z.string(), z.array(z.string()))),
  origins: z.optional(z.array(origin).check(z.maxLength(20))),
  jti: z.optional(z.string().check(z.maxLength(200))),
  exp: z.number(),
});

export type SessionClaims = z.infer<typeof claimsSchema>;

/** A refusal with its reason, which is for machines as well: `expired`, `audience`, `signature` … */
export const rejected = (reason: string, message: string, cause?: unknown): CrmError =>
  new CrmError('token-rejected', message, { reason }, cause);

/** A new key with which the server signs for a tenant. */
export const newSigningKey = async (tenant: string, kid: string): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return {
    kid,
    tenant,
    algorithm: 'EdDSA',
    issuer: 'tessera',
    jwk: await exportJWK(privateKey),
    origins: [],
    revokedAt: null,
  };
};

/** Signs a session token. @param now - Milliseconds since 1970. */
export const signSession = async (
  claims: Omit<SessionClaims, 'exp'>,
  key: SigningKey,
  { now, expiresIn }: { readonly now: number; readonly expiresIn: number },
): Promise<string> =>
  new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: tokenType })
    .setIssuer(key.issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor(now / 1000) + expiresIn)
    .sign(await importJWK(key.jwk, key.algorithm));

/** The key id in a token's header, which nobody has vouched for yet. */
export const keyIdOf = (token: string): string => {
  try {
    const { kid } = decodeProtectedHeader(token);
    if (typeof kid === 'string' && kid !== '' && kid.length <= 200) return kid;
  } catch (error) {
    throw rejected('malformed', 'This is no token.', error);
  }
  throw rejected('key', 'The token does not say which key it was signed with (`kid`).');
};

/**
 * What a token says, once everything about it is right.
 *
 * @param now - Milliseconds since 1970.
 * @throws {CrmError} `token-rejected` with `facts.reason`
 */
export const verifySession = async (token: string, key: SigningKey, now: number): Promise<SessionClaims> => {
  if (key.revokedAt !== null) throw rejected('revoked', 'The key of this token was revoked.');
  const payload = await verified(token, key, now);
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const at = claims.error.issues[0]!.path.join('.') || 'claims';
    throw rejected('claims', `The claim ${at} of the token is missing or not in order.`);
  }
  if (claims.data.exp > now / 1000 + maxSessionSeconds + clockSkew)
    throw rejected('lifetime', `A token lives ${maxSessionSeconds} seconds at most.`);
  if ((claims.data.sub === undefined) === (claims.data.subject === undefined))
    throw rejected('subject', 'A token is for a user (`sub`) or for a customer (`subject`), and for one of them only.');
  return claims.data;
};

const verified = async (token: string, key: SigningKey, now: number): Promise<JWTPayload> => {
  try {
    const { payload } = await jwtVerify(token, await importJWK(publicPart(key), key.algorithm), {
      algorithms: [key.algorithm],
      audience,
      issuer: key.issuer,
      typ: tokenType,
      clockTolerance: clockSkew,
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (error) {
    const [reason, message] = reasonOf(error);
    throw rejected(reason, message, error);
  }
};

const publicPart = ({ jwk, algorithm }: SigningKey): SigningKey['jwk'] => {
  if (algorithm === 'HS256') return jwk;
  const { d: _private, ...rest } = jwk;
  return rest;
};

const claimReasons: Readonly<Record<string, readonly [string, string]>> = {
  aud: ['audience', `The token is not meant for this server: \`aud\` has to be "${audience}".`],
  iss: ['issuer', 'The issuer of the token is not the one its key was registered for.'],
  nbf: ['not-yet', 'The token is not valid yet.'],
  iat: ['not-yet', 'The token is not valid yet.'],
  exp: ['expired', 'The token has no end (`exp`).'],
  typ: ['type', `The type in the header of the token has to be "${tokenType}".`],
};

const reasonOf = (error: unknown): readonly [string, string] => {
  if (error instanceof errors.JWTExpired) return ['expired', 'The token has expired.'];
  if (error instanceof errors.JOSEAlgNotAllowed)
    return ['algorithm', 'The key of this token is for another algorithm.'];
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return ['signature', 'The signature of the token is not right.'];
  if (error instanceof errors.JWTClaimValidationFailed && Object.hasOwn(claimReasons, error.claim))
    return claimReasons[error.claim]!;
  return ['malformed', 'This is no token of ours.'];
};
