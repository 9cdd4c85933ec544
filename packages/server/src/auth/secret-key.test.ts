import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashPassword, isPassword } from './password.ts';
import { isNarrower, isInScope, readScopeClaims } from './scope-claims.ts';
import { isSecret, isSecretKey, newSecret, secretKeyId } from './secret-key.ts';

describe('a secret key', () => {
  test('is known by its hash, in which it does not stand', () => {
    const { text, id, hash } = newSecret();
    assert.equal(isSecretKey(text), true);
    assert.equal(secretKeyId(text), id);
    assert.equal(isSecret(text, { hash }), true);
    assert.equal(isSecret(newSecret().text, { hash }), false);
    assert.equal(hash.includes(text.slice(20)), false);
  });

  test('of another form names no key', () => {
    for (const text of [
      'sk_',
      'sk_0123456789abcdef_short',
      'sk_0123456789ABCDEF_'.padEnd(63, 'x'),
      `${newSecret().text} `,
    ])
      assert.equal(secretKeyId(text), undefined);
  });
});

describe('a password', () => {
  test('is kept as argon2id, and matches however its accents were typed', async () => {
    const hash = await hashPassword('caffè e latte');
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await isPassword('caffe\u0300 e latte', hash), true);
    assert.equal(await isPassword('caffe e latte', hash), false);
  });

  test('never matches where there is none', async () => {
    assert.equal(await isPassword('nobody has this password', null), false);
  });
});

describe('a scope', () => {
  const scope = readScopeClaims(['deals:read', 'tickets:*', '*:act']);
  test('allows what one of its claims covers', () => {
    for (const [module, doing, is] of [
      ['deals', 'read', true],
      ['deals', 'edit', false],
      ['tickets', 'delete', true],
      ['contacts', 'read', false],
      ['contacts', 'act', true],
    ] as const)
      assert.equal(isInScope(scope, module, doing), is, `${module}:${doing}`);
    assert.equal(isInScope(null, 'deals', 'delete'), true);
  });

  test('is narrower only if every claim is covered', () => {
    for (const [wanted, granted, is] of [
      ['deals:read', '*:read', true],
      ['deals:read', 'deals:*', true],
      ['deals:*', '*:*', true],
      ['deals:*', 'deals:read', false],
      ['*:read', 'deals:read', false],
      ['*:*', 'deals:*', false],
      ['tickets:read', 'deals:read', false],
    ] as const)
      assert.equal(isNarrower([wanted], [granted]), is, `${wanted} in ${granted}`);
  });
});
