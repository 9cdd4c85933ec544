import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { SigningKey } from './keyring.ts';
import { audience, keyIdOf, newSigningKey, signSession, tokenType, verifySession } from './session-token.ts';

const now = Date.parse('2026-06-15T10:00:00Z');
const seconds = now / 1000;
const tenant = '01900000-0000-7000-8000-000000000001';
const user = '01900000-0000-7000-8000-000000000002';
const own = await newSigningKey(tenant, 'own');
const secret = Buffer.alloc(32, 7).toString('base64url');
const hosts: SigningKey = {
  kid: 'host',
  tenant,
  algorithm: 'HS256',
  issuer: 'https://shop.test',
  jwk: { kty: 'oct', k: secret },
  origins: [],
  revokedAt: null,
};

const good: JWTPayload = { tenant, sub: user, iss: 'tessera', aud: audience, iat: seconds, exp: seconds + 900 };

const sign = async (
  claims: JWTPayload,
  { header = {}, key = own }: { readonly header?: object; readonly key?: SigningKey } = {},
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: tokenType, ...header })
    .sign(await importJWK(key.jwk, key.algorithm));

const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== claim));

const reasonOf = async (token: string, key: SigningKey = own, at = now): Promise<unknown> => {
  try {
    await verifySession(token, key, at);
    return 'accepted';
  } catch (error) {
    return isCrmError(error, 'token-rejected') ? error.facts['reason'] : error;
  }
};

describe('a session token', () => {
  test('is accepted when everything is right', async () => {
    const token = await signSession({ tenant, sub: user, scope: ['deals:read'], jti: 'x' }, own, {
      now,
      expiresIn: 900,
    });
    const claims = await verifySession(token, own, now);
    assert.equal(claims.sub, user);
    assert.deepEqual(claims.scope, ['deals:read']);
    assert.equal(keyIdOf(token), 'own');
  });

  test('may be signed by a host, with a shared secret or a key pair of its own', async () => {
    assert.equal(await reasonOf(await sign({ ...good, iss: hosts.issuer }, { key: hosts }), hosts), 'accepted');
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const pair: SigningKey = { ...hosts, algorithm: 'EdDSA', jwk: await exportJWK(publicKey) };
    const token = await sign({ ...good, iss: hosts.issuer }, { key: { ...pair, jwk: await exportJWK(privateKey) } });
    assert.equal(await reasonOf(token, pair), 'accepted');
  });

  test('is tolerated a minute after its end and before its beginning, and no longer', async () => {
    const token = await sign({ ...good, nbf: seconds });
    assert.equal(await reasonOf(token, own, now + 959_000), 'accepted');
    assert.equal(await reasonOf(token, own, now + 961_000), 'expired');
    assert.equal(await reasonOf(token, own, now - 59_000), 'accepted');
    assert.equal(await reasonOf(token, own, now - 61_000), 'not-yet');
  });

  const wrong: readonly (readonly [string, string, () => Promise<string>])[] = [
    ['for another audience', 'audience', () => sign({ ...good, aud: 'somebody else' })],
    ['for no audience', 'audience', () => sign(without('aud'))],
    ['of another issuer', 'issuer', () => sign({ ...good, iss: 'https://evil.test' })],
    ['of no issuer', 'issuer', () => sign(without('iss'))],
    ['without an end', 'expired', () => sign(without('exp'))],
    ['that ended long ago', 'expired', () => sign({ ...good, exp: seconds - 3600 })],
    ['that lives for a day', 'lifetime', () => sign({ ...good, exp: seconds + 86_400 })],
    ['without a tenant', 'claims', () => sign(without('tenant'))],
    ['whose tenant is no text', 'claims', () => sign({ ...good, tenant: 1 })],
    ['for nobody', 'subject', () => sign(without('sub'))],
    [
      'for a user and a customer at once',
      'subject',
      () => sign({ ...good, subject: { module: 'contacts', id: user } }),
    ],
    [
      'for a customer of no module',
      'claims',
      () => sign({ ...without('sub'), subject: { module: 'users', id: user } }),
    ],
    ['with a scope that is none', 'claims', () => sign({ ...good, scope: ['deals:everything'] })],
    ['with a scope as one text', 'claims', () => sign({ ...good, scope: 'deals:read' })],
    ['of another type', 'type', () => sign(good, { header: { typ: 'JWT' } })],
    ['of no type', 'type', () => sign(good, { header: { typ: undefined } })],
    [
      'signed with another key',
      'signature',
      async () => sign(good, { key: { ...own, jwk: (await newSigningKey(tenant, 'own')).jwk } }),
    ],
    [
      'changed after it was signed',
      'signature',
      async () => {
        const [header, , signature] = (await sign(good)).split('.');
        return [header, Buffer.from(JSON.stringify({ ...good, sub: tenant })).toString('base64url'), signature].join(
          '.',
        );
      },
    ],
    ['without a signature', 'algorithm', async () => new UnsecuredJWT(good).encode()],
    ['with its signature cut off', 'signature', async () => (await sign(good)).split('.').slice(0, 2).join('.') + '.'],
    [
      'that says "none"',
      'algorithm',
      async () =>
        `${Buffer.from(`{"alg":"none","kid":"own","typ":"${tokenType}"}`).toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`,
    ],
    [
      'with a critical header nobody knows',
      'malformed',
      () =>
        sign(good, { header: { crit: ['exp2'], exp2: 1 } }).catch(async () => {
          const header = Buffer.from(
            JSON.stringify({ alg: 'EdDSA', kid: 'own', typ: tokenType, crit: ['exp2'], exp2: 1 }),
          ).toString('base64url');
          return `${header}.${(await sign(good)).split('.').slice(1).join('.')}`;
        }),
    ],
    ['that is something else', 'malformed', async () => 'not.a.token'],
  ];
  for (const [title, reason, make] of wrong)
    test(`${title} is refused: ${reason}`, async () => {
      assert.equal(await reasonOf(await make()), reason);
    });

  test('cannot pass off a public key as a shared secret', async () => {
    const { d: _private, ...open } = own.jwk;
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'own', typ: tokenType })).toString('base64url');
    const payload = Buffer.from(JSON.stringify(good)).toString('base64url');
    for (const secretText of [open.x!, JSON.stringify(open)]) {
      const signature = createHmac('sha256', secretText).update(`${header}.${payload}`).digest('base64url');
      assert.equal(await reasonOf(`${header}.${payload}.${signature}`), 'algorithm');
    }
  });

  test('of a key pair is refused where a shared secret is registered', async () => {
    assert.equal(
      await reasonOf(await sign({ ...good, iss: hosts.issuer }, { header: { kid: 'host' } }), hosts),
      'algorithm',
    );
  });

  test('of a revoked key is refused', async () => {
    assert.equal(await reasonOf(await sign(good), { ...own, revokedAt: '2026-06-15T09:00:00.000Z' }), 'revoked');
  });

  test('has to say which key it was signed with', async () => {
    for (const [token, reason] of [
      ['nonsense', 'malformed'],
      [await sign(good, { header: { kid: undefined } }), 'key'],
    ] as const)
      assert.throws(
        () => keyIdOf(token),
        (error) => isCrmError(error, 'token-rejected') && error.facts['reason'] === reason,
      );
  });
});
