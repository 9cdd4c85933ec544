import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose';
import type { Tenant } from '../auth/access.ts';
import { hashPassword } from '../auth/password.ts';
import { audience, tokenType } from '../auth/session-token.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, testOrigin, type Answer } from '../testing/test-app.ts';

const shop = 'https://shop.test';

const reasonOf = (answer: Answer): unknown => [answer.status, answer.at('code'), answer.at('reason')];

for (const engine of engines)
  describe(`identity over HTTP, on ${engine.name}`, { skip: engine.skip }, () => {
    const clock = { now: Date.now() };
    let app: TestApp;
    let tenant: Tenant;
    let key: string;
    let user: string;
    let contact: string;

    before(async () => {
      app = await TestApp.open(engine, { now: () => clock.now });
      tenant = await app.tenant('demo');
      key = await app.key(tenant, { origins: [shop] });
      user = await made('users', { name: { first: 'Ada', last: 'Neri' }, email: 'ada@crm.test' });
      contact = await made('contacts', {
        name: { first: 'Giulia', last: 'Rossi' },
        emails: [{ value: 'giulia@shop.test' }],
      });
    });
    after(async () => app.close());
    beforeEach(() => {
      clock.now = Math.max(clock.now, Date.now()) + 5_000;
    });

    const made = async (module: string, body: object): Promise<string> => {
      const answer = await app.ask(`POST /v1/${module}`, { token: key, body });
      assert.equal(answer.status, 201, answer.text);
      return String(answer.at('id'));
    };
    const mint = async (body: object, token = key): Promise<Answer> => app.ask('POST /v1/sessions', { token, body });
    const me = async (token: string | undefined, headers = {}): Promise<Answer> =>
      app.ask('GET /v1/me', { token, headers });

    describe('a request', () => {
      test('without a token is told to send one', async () => {
        const answer = await me(undefined);
        assert.deepEqual([answer.status, answer.at('code')], [401, 'auth-required']);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      });

      test('may not bring its token in any other way', async () => {
        const token = String((await mint({ user })).at('token'));
        assert.equal((await app.ask(`GET /v1/me?access_token=${token}`)).status, 401);
        assert.equal((await app.ask('GET /v1/me', { headers: { cookie: `token=${token}` } })).status, 401);
        for (const authorization of [`Basic ${token}`, token, `Bearer  `, `Bearer ${token} x`, `Bearer,${token}`])
          assert.equal((await app.ask('GET /v1/me', { headers: { authorization } })).status, 401, authorization);
      });
    });

    describe('a secret key', () => {
      test('stands for its tenant as a whole', async () => {
        const answer = await me(key);
        assert.deepEqual([answer.at('type'), answer.at('tenant.slug'), answer.at('identity')], ['key', 'demo', null]);
      });

      test('is not taken from a browser', async () => {
        for (const headers of [{ origin: shop }, { origin: testOrigin }, { 'sec-fetch-site': 'same-origin' }]) {
          const answer = await me(key, headers);
          assert.deepEqual(reasonOf(answer), [403, 'forbidden', 'secret-key-in-browser']);
          assert.match(String(answer.at('detail')), /backend/);
        }
      });

      test('that is wrong in any part is refused', async () => {
        const other = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
        for (const token of [other, 'sk_', `sk_${'0'.repeat(16)}_${'A'.repeat(43)}`])
          assert.deepEqual(reasonOf(await me(token)), [401, 'token-rejected', 'signature']);
      });

      test('is refused once it is revoked', async () => {
        const text = await app.key(tenant);
        assert.equal((await me(text)).status, 200);
        assert.equal(await app.app.keyring.revokeSecretKey(tenant.id, text.slice(3, 19)), true);
        clock.now += 3_000;
        assert.deepEqual(reasonOf(await me(text)), [401, 'token-rejected', 'revoked']);
      });

      test('is held to its scope, in what it does and in what it mints', async () => {
        const narrow = await app.key(tenant, { scope: ['tickets:*', 'contacts:read'] });
        assert.equal((await app.ask('GET /v1/tickets', { token: narrow })).status, 200);
        assert.equal((await app.ask('GET /v1/deals', { token: narrow })).status, 403);
        assert.equal((await app.ask(`PATCH /v1/contacts/${contact}`, { token: narrow, body: {} })).status, 403);
        assert.deepEqual(reasonOf(await mint({ user, scope: ['deals:read'] }, narrow)), [403, 'forbidden', 'scope']);
        const token = String((await mint({ user }, narrow)).at('token'));
        assert.deepEqual((await me(token)).at('scope'), ['tickets:*', 'contacts:read']);
      });
    });

    describe('a session', () => {
      test('is minted for a user, by id or address', async () => {
        for (const name of [user, 'ada@crm.test', 'ADA@crm.test']) {
          const answer = await mint({ user: name });
          assert.deepEqual(
            [answer.status, answer.at('expiresIn'), answer.headers.get('cache-control')],
            [201, 900, 'no-store'],
            answer.text,
          );
          assert.deepEqual((await me(String(answer.at('token')))).at('identity'), { module: 'users', id: user });
        }
      });

      test('is minted for a customer, by id or address', async () => {
        for (const subject of [
          { module: 'contacts', id: contact },
          { module: 'contacts', email: 'giulia@shop.test' },
        ]) {
          const token = String((await mint({ subject })).at('token'));
          assert.deepEqual((await me(token)).at('identity'), { module: 'contacts', id: contact });
        }
      });

      test('is minted for nobody else', async () => {
        assert.equal((await mint({ user: 'nobody@crm.test' })).status, 404);
        assert.equal((await mint({ user: contact })).status, 404);
        assert.equal((await mint({ subject: { module: 'accounts', email: 'giulia@shop.test' } })).status, 404);
        assert.equal((await mint({})).status, 400);
        assert.equal((await mint({ user, subject: { module: 'contacts', id: contact } })).status, 400);
        assert.equal((await mint({ subject: { module: 'users', id: user } })).status, 400);
        assert.equal((await mint({ user, expiresIn: 901 })).status, 400);
        assert.equal((await mint({ user, admin: true })).status, 400);
        await made('contacts', { name: { last: 'Twin' }, emails: [{ value: 'twin@shop.test' }] });
        await made('contacts', { name: { last: 'Twin' }, emails: [{ value: 'twin@shop.test' }] });
        assert.equal((await mint({ subject: { module: 'contacts', email: 'twin@shop.test' } })).status, 404);
      });

      test('is minted by secret keys only', async () => {
        const token = String((await mint({ user })).at('token'));
        assert.deepEqual(reasonOf(await mint({ user }, token)), [403, 'forbidden', 'secret-key']);
      });

      test('ends by itself', async () => {
        const token = String((await mint({ user, expiresIn: 10 })).at('token'));
        assert.equal((await me(token)).status, 200);
        clock.now += 80_000;
        assert.deepEqual(reasonOf(await me(token)), [401, 'token-rejected', 'expired']);
      });

      test('ends when its user may no longer come in', async () => {
        const leaver = await made('users', { name: { last: 'Leaver' }, email: 'leaver@crm.test' });
        const token = String((await mint({ user: leaver })).at('token'));
        assert.equal((await me(token)).status, 200);
        await app.ask(`PATCH /v1/users/${leaver}`, { token: key, body: { status: 'left' } });
        clock.now += 3_000;
        assert.deepEqual(reasonOf(await me(token)), [401, 'token-rejected', 'subject']);
      });
    });

    describe('a page', () => {
      const answerTo = async (origin: string, token: string): Promise<Answer> => me(token, { origin });

      test('of a registered origin reads the answers to its token', async () => {
        const token = String((await mint({ user })).at('token'));
        const answer = await answerTo(shop, token);
        assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, shop]);
        assert.match(answer.headers.get('access-control-expose-headers') ?? '', /ETag/);
        assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      });

      test('of another origin is refused, and reads nothing', async () => {
        const token = String((await mint({ user })).at('token'));
        for (const origin of ['https://evil.test', 'null', `${shop}.evil.test`, 'http://shop.test', testOrigin]) {
          const answer = await answerTo(origin, token);
          assert.deepEqual(reasonOf(answer), [401, 'token-rejected', 'origin'], origin);
          if (origin !== testOrigin) assert.equal(answer.headers.get('access-control-allow-origin'), null, origin);
        }
      });

      test('of the server itself needs no registration, unless the token names its origins', async () => {
        const open = await app.key(tenant);
        const token = String((await mint({ user }, open)).at('token'));
        assert.equal((await answerTo(testOrigin, token)).status, 200);
        assert.equal((await answerTo(shop, token)).status, 401);
      });

      test('cannot have a session for origins beyond those of the key', async () => {
        assert.deepEqual(reasonOf(await mint({ user, origins: ['https://evil.test'] })), [403, 'forbidden', 'origin']);
      });

      test('of a registered origin sees that its token has expired', async () => {
        const token = String((await mint({ user, expiresIn: 10 })).at('token'));
        clock.now += 80_000;
        const answer = await answerTo(shop, token);
        assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [401, shop]);
      });

      test('is told beforehand whether it may ask', async () => {
        const preflight = async (origin: string): Promise<Answer> =>
          app.ask('OPTIONS /v1/deals', {
            headers: {
              origin,
              'access-control-request-method': 'PATCH',
              'access-control-request-headers': 'authorization',
            },
          });
        const known = await preflight(shop);
        assert.deepEqual([known.status, known.headers.get('access-control-allow-origin')], [204, shop]);
        assert.match(known.headers.get('access-control-allow-headers') ?? '', /Authorization/);
        assert.match(known.headers.get('access-control-allow-methods') ?? '', /PATCH/);
        assert.equal(known.headers.get('access-control-allow-credentials'), null);
        assert.match(known.headers.get('vary') ?? '', /Origin/);
        for (const origin of ['https://evil.test', 'null'])
          assert.equal((await preflight(origin)).headers.get('access-control-allow-origin'), null);
      });
    });

    describe('a page without an origin', () => {
      let sandboxed: TestApp;
      before(async () => {
        sandboxed = await TestApp.open(engine, { now: () => clock.now, sandboxed: true });
      });
      after(async () => sandboxed.close());

      /** What it is answered with a token of a key for these origins, and whether it was told beforehand that it may ask. */
      const answered = async (host: TestApp, slug: string, origins: readonly string[]): Promise<Answer> => {
        const token = await host.key(await host.tenant(slug), { origins });
        const body = { name: { first: 'Ada', last: 'Neri' }, email: `${slug}@crm.test` };
        const id = (await host.ask('POST /v1/users', { token, body })).at('id');
        const session = await host.ask('POST /v1/sessions', { token, body: { user: id } });
        return host.ask('GET /v1/me', { token: String(session.at('token')), headers: { origin: 'null' } });
      };
      const allowedBefore = async (host: TestApp): Promise<string | null> => {
        const headers = { origin: 'null', 'access-control-request-method': 'POST' };
        return (await host.ask('OPTIONS /v1/deals', { headers })).headers.get('access-control-allow-origin');
      };

      test('is let in where the server was told so, by a token that names no origins, or names it', async () => {
        for (const [slug, origins] of [
          ['none', []],
          ['named', ['null']],
        ] as const) {
          const answer = await answered(sandboxed, slug, origins);
          assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, 'null']);
        }
        assert.equal(await allowedBefore(sandboxed), 'null');
      });

      test('is not by a token that names others, nor where only a token names it', async () => {
        for (const [host, slug, origins] of [
          [sandboxed, 'others', [shop]],
          [app, 'alone', ['null']],
        ] as const)
          assert.deepEqual(reasonOf(await answered(host, slug, origins)), [401, 'token-rejected', 'origin']);
        assert.equal(await allowedBefore(app), null);
      });
    });

    describe('a token that a host signed itself', () => {
      const sign = async (
        claims: JWTPayload,
        { kid = 'shop-key', alg = 'EdDSA', jwk = hostKey } = {},
      ): Promise<string> =>
        new SignJWT(claims).setProtectedHeader({ alg, kid, typ: tokenType }).sign(await importJWK(jwk, alg));
      let hostKey = {};
      const claims = (): JWTPayload => ({
        tenant: 'demo',
        iss: 'https://shop.test',
        aud: audience,
        exp: Math.floor(clock.now / 1000) + 300,
        subject: { module: 'contacts', email: 'giulia@shop.test' },
      });

      before(async () => {
        const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
        hostKey = await exportJWK(privateKey);
        const shared = { tenant: tenant.id, issuer: 'https://shop.test', origins: [shop], revokedAt: null };
        await app.app.keyring.addSigningKey({
          ...shared,
          kid: 'shop-key',
          algorithm: 'EdDSA',
          jwk: await exportJWK(publicKey),
        });
        await app.app.keyring.addSigningKey({
          ...shared,
          kid: 'php-key',
          algorithm: 'HS256',
          jwk: { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') },
        });
      });

      test('is as good as one of ours', async () => {
        for (const signed of [
          await sign(claims()),
          await sign(claims(), {
            kid: 'php-key',
            alg: 'HS256',
            jwk: { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') },
          }),
        ]) {
          const answer = await me(signed, { origin: shop });
          assert.deepEqual([answer.status, answer.at('identity.id')], [200, contact], answer.text);
        }
      });

      test('is refused for whatever is wrong with it', async () => {
        const other = await app.tenant(`other-${engine.name.toLowerCase()}`);
        const cases: readonly (readonly [string, string])[] = [
          [await sign({ ...claims(), tenant: other.slug }), 'tenant'],
          [await sign({ ...claims(), tenant: other.id }), 'tenant'],
          [await sign(claims(), { kid: 'nobody' }), 'key'],
          [await sign({ ...claims(), iss: 'https://evil.test' }), 'issuer'],
          [await sign({ ...claims(), subject: { module: 'contacts', email: 'nobody@shop.test' } }), 'subject'],
          [await sign({ ...claims(), subject: { module: 'contacts', id: user } }), 'subject'],
          [await sign({ ...claims(), origins: ['https://evil.test'] }), 'origin'],
          [await sign({ ...claims(), exp: Math.floor(clock.now / 1000) + 90_000 }), 'lifetime'],
        ];
        for (const [signed, reason] of cases)
          assert.deepEqual(reasonOf(await me(signed, { origin: shop })), [401, 'token-rejected', reason]);
      });

      test('cannot be one of the server’s own', async () => {
        const kid = (await app.app.sessions.signingKey(tenant)).kid;
        assert.deepEqual(reasonOf(await me(await sign({ ...claims(), iss: 'tessera' }, { kid }))), [
          401,
          'token-rejected',
          'signature',
        ]);
      });
    });

    describe('a user with a password', () => {
      const login = async (body: object, address?: string): Promise<Answer> => {
        const response = await app.app.fetch(
          new Request(`${testOrigin}/v1/login`, {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
          address === undefined ? {} : { address },
        );
        const json: unknown = await response.json();
        const at = (path: string): unknown =>
          path
            .split('.')
            .reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], json as unknown);
        return { status: response.status, headers: response.headers, text: '', json, at };
      };
      const right = { tenant: 'demo', email: 'ada@crm.test', password: 'correct horse' };

      before(async () => app.app.keyring.setPassword(tenant.id, user, await hashPassword('correct horse')));

      test('signs in, goes on, and signs out', async () => {
        const signedIn = await login(right);
        assert.equal(signedIn.status, 201, JSON.stringify(signedIn.json));
        const token = String(signedIn.at('token'));
        assert.equal((await me(token)).at('identity.id'), user);
        const renewed = String((await app.ask('POST /v1/login/renew', { token })).at('token'));
        assert.equal((await app.ask('POST /v1/logout', { token: renewed })).status, 204);
        for (const old of [token, renewed])
          assert.deepEqual(reasonOf(await me(old)), [401, 'token-rejected', 'revoked']);
      });

      test('sees where they are signed in, and ends that elsewhere', async () => {
        const [here, there] = [String((await login(right)).at('token')), String((await login(right)).at('token'))];
        const list = await app.ask('GET /v1/me/sessions', { token: here });
        const sessions = list.at('sessions') as readonly { readonly id: string; readonly current: boolean }[];
        assert.equal(sessions.filter(({ current }) => current).length, 1);
        const other = (await me(there)).at('session');
        assert.equal((await app.ask(`DELETE /v1/me/sessions/${String(other)}`, { token: here })).status, 204);
        assert.deepEqual(reasonOf(await me(there)), [401, 'token-rejected', 'revoked']);
        assert.equal((await me(here)).status, 200);
        const foreign = String(
          (await me(String((await mint({ subject: { module: 'contacts', id: contact } })).at('token')))).at('session'),
        );
        assert.equal((await app.ask(`DELETE /v1/me/sessions/${foreign}`, { token: here })).status, 404);
      });

      test('does not go on for ever, nor with a token that somebody else minted', async () => {
        const token = String((await login(right)).at('token'));
        const minted = String((await mint({ user })).at('token'));
        assert.equal((await app.ask('POST /v1/login/renew', { token: minted })).status, 401);
        clock.now += 13 * 3600_000;
        assert.equal((await app.ask('POST /v1/login/renew', { token })).status, 401);
      });

      test('learns no more from a wrong name than from a wrong password', async () => {
        const wrong = await login({ ...right, password: 'wrong' });
        for (const body of [
          { ...right, email: 'nobody@crm.test' },
          { ...right, tenant: 'nobody' },
          { ...right, email: user },
        ]) {
          const answer = await login(body);
          assert.deepEqual(
            [answer.status, answer.at('reason'), answer.at('detail')],
            [401, 'credentials', wrong.at('detail')],
          );
        }
      });

      test('is slowed down after a few tries, by name and by address', async () => {
        const answers = [];
        for (let count = 0; count < 7; count++)
          answers.push(await login({ ...right, email: 'slow@crm.test', password: 'x' }));
        assert.deepEqual(
          answers.map(({ status }) => status),
          [401, 401, 401, 401, 401, 429, 429],
        );
        assert.ok(Number(answers[6]?.headers.get('retry-after')) > 0);
        const spread = [];
        for (let count = 0; count < 32; count++)
          spread.push((await login({ ...right, email: `s${count}@crm.test`, password: 'x' }, '10.0.0.1')).status);
        assert.ok(spread.includes(429));
        assert.equal((await login(right, '10.0.0.2')).status, 201);
      });
    });
  });
