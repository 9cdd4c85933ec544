import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a host's backend proves itself with, as the server keeps it: never the secret itself. */
export interface SecretKey {
  /** The part between `sk_` and the secret; says which key it is and nothing more. */
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  /** SHA-256 of the whole key as text, in hexadecimal. */
  readonly hash: string;
  /** `deals:read`, `tickets:*`; null means everything. */
  readonly scope: readonly string[] | null;
  /** Where pages may use the sessions it mints; empty means on the server's own origin only. */
  readonly origins: readonly string[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** A new key: its text, shown once, and what is kept of it. */
export interface NewSecret {
  readonly text: string;
  readonly id: string;
  readonly hash: string;
}

const pattern = /^sk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** Whether a bearer token claims to be a secret key, well formed or not. */
export const isSecretKey = (token: string): boolean => token.startsWith('sk_');

/** The id inside a key's text; undefined when it is not one of ours. */
export const secretKeyId = (text: string): string | undefined => pattern.exec(text)?.[1];

/** The secret has 256 random bits, so that one round of SHA-256 is all the hashing it needs. */
export const hashSecret = (text: string): string => createHash('sha256').update(text).digest('hex');

export const newSecret = (): NewSecret => {
  const id = randomBytes(8).toString('hex');
  const text = `sk_${id}_${randomBytes(32).toString('base64url')}`;
  return { text, id, hash: hashSecret(text) };
};

/** Compares in constant time. */
export const isSecret = (text: string, { hash }: Pick<SecretKey, 'hash'>): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(text), 'hex'), Buffer.from(hash, 'hex'));
