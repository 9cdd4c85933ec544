import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { metaMessage } from '@tessera-crm/model/protocol/meta.js';
import type { Tenant } from '../auth/access.ts';
import { engines, pglite } from '../testing/test-database.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';

for (const engine of engines)
  describe(`the house, on ${engine.name}`, { skip: engine.skip }, () => {
    const clock = { now: Date.now() };
    let app: TestApp;
    let tenant: Tenant;
    let token: string;

    before(async () => {
      app = await TestApp.open(engine, { now: () => clock.now });
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
    });
    after(async () => app.close());

    test('says that it lives, that it is ready, and how it fares', async () => {
      assert.deepEqual((await app.ask('GET /healthz')).json, { status: 'ok' });
      assert.deepEqual((await app.ask('GET /readyz')).json, { status: 'ready' });
      await app.ask('GET /v1/accounts', { token });
      const metrics = await app.ask('GET /metrics');
      assert.match(metrics.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      assert.match(metrics.text, /tessera_requests_total\{route="list",status="200"\} [1-9]/);
      assert.match(metrics.text, /tessera_open_streams 0/);
    });

    test('tells every module with its fields, and who is asking', async () => {
      const answer = await app.ask('GET /v1/meta', { token });
      const meta = metaMessage.parse(answer.json);
      assert.deepEqual(
        meta.modules.map(({ key }) => key),
        app.registry.keys,
      );
      assert.deepEqual([meta.identity, meta.currency, meta.timeZone], [null, 'EUR', 'Europe/Rome']);
      assert.equal(Date.parse(meta.now), clock.now);
      assert.equal((await app.ask('GET /v1/meta', { token })).at('schemaHash'), meta.schemaHash);
    });

    describe('files', () => {
      const upload = async (
        body: string | Uint8Array,
        { name = 'offer.pdf', type = 'application/pdf' } = {},
      ): Promise<Answer> =>
        app.ask(`POST /v1/files?name=${encodeURIComponent(name)}`, { token, body, headers: { 'content-type': type } });

      test('come back as they were, as attachments that no browser shows as a page', async () => {
        const bytes = '%PDF-1.7 hello';
        const sent = await upload(bytes);
        assert.equal(sent.status, 201, sent.text);
        assert.deepEqual(sent.json, {
          id: sent.at('id'),
          name: 'offer.pdf',
          type: 'application/pdf',
          size: bytes.length,
          checksum: createHash('sha256').update(bytes).digest('hex'),
        });
        const file = await app.ask(`GET /v1/files/${String(sent.at('id'))}`, { token });
        assert.equal(file.text, bytes);
        assert.equal(file.headers.get('content-type'), 'application/pdf');
        assert.equal(
          file.headers.get('content-disposition'),
          `attachment; filename="offer.pdf"; filename*=UTF-8''offer.pdf`,
        );
        assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
        assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
      });

      test('that could act are plain bytes', async () => {
        for (const [type, body] of [
          ['text/html', '<script>alert(1)</script>'],
          ['image/svg+xml', '<svg onload=alert(1)>'],
        ] as const) {
          const sent = await upload(body, { name: 'x.html', type });
          assert.deepEqual([sent.status, sent.at('type')], [201, 'application/octet-stream']);
        }
      });

      test('that are not what they claim are refused, and so are empty ones', async () => {
        assert.equal((await upload('hello', { type: 'image/png' })).at('errors.0.code'), 'file-type');
        assert.equal((await upload('<html>', { type: 'text/plain' })).at('errors.0.code'), 'file-type');
        assert.equal((await upload('', {})).at('errors.0.code'), 'blank');
      });

      test('keep strange names, without paths and without breaking headers', async () => {
        for (const [given, kept] of [
          ['../../etc/passwd', 'passwd'],
          ['C:\\temp\\Prezzi “2026”.pdf', 'Prezzi “2026”.pdf'],
          ['a"\r\nX-Evil: 1.pdf', 'a"X-Evil: 1.pdf'],
          ['\u202egnp.exe', 'gnp.exe'],
          ['..', 'file'],
          ['', 'file'],
        ] as const) {
          const sent = await upload('%PDF', { name: given });
          assert.equal(sent.at('name'), kept);
          const file = await app.ask(`GET /v1/files/${String(sent.at('id'))}`, { token });
          assert.deepEqual([file.status, file.headers.get('x-evil')], [200, null]);
        }
      });

      test('end at 25 MiB, and leave nothing behind beyond', async () => {
        const chunk = new Uint8Array(1024 * 1024).fill(65);
        let sent = 0;
        const body = new ReadableStream<Uint8Array>({
          pull: (controller) => (sent++ < 40 ? controller.enqueue(chunk) : controller.close()),
        });
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' };
        const answer = await app.app.fetch(
          new Request('http://crm.test/v1/files?name=big.txt', {
            method: 'POST',
            body,
            duplex: 'half',
            headers,
          } as RequestInit),
        );
        assert.equal(answer.status, 413);
        assert.ok(sent < 32, `${sent} MiB were taken`);
      });

      test('have links that work for a while without a token', async () => {
        const id = String((await upload('%PDF')).at('id'));
        const link = await app.ask(`POST /v1/files/${id}/link`, { token });
        const url = String(link.at('url'));
        assert.deepEqual([link.status, link.at('expiresIn')], [201, 300]);
        assert.equal((await app.ask(`GET ${url}`)).text, '%PDF');
        const other = String((await upload('%PDF other')).at('id'));
        for (const wrong of [
          url.replace(id, other),
          url.replace(/expires=\d+/, 'expires=9999999999'),
          url.replace(/signature=[^&]+/, 'signature=AAAA'),
          `/v1/files/${id}?signature=`,
        ])
          assert.ok([400, 401].includes((await app.ask(`GET ${wrong}`)).status), wrong);
        clock.now += 301_000;
        assert.equal((await app.ask(`GET ${url}`)).status, 401);
      });

      test('that are not there are not found', async () => {
        for (const id of [crypto.randomUUID(), '..', '1', '%2e%2e%2f'])
          assert.equal((await app.ask(`GET /v1/files/${id}`, { token })).status, 404, id);
      });
    });
  });

describe('a server under pressure', () => {
  test('counts the requests of each caller, and says so', async () => {
    const app = await TestApp.open(pglite, { rateLimit: { burst: 3, perSecond: 1 } });
    const tenant = await app.tenant('demo');
    const [token, other] = [await app.key(tenant), await app.key(tenant)];
    const answers = [];
    for (let count = 0; count < 4; count++) answers.push(await app.ask('GET /v1/accounts', { token }));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 429],
    );
    assert.equal(answers[0]?.headers.get('ratelimit-policy'), '"default";q=3;w=3');
    assert.equal(answers[0]?.headers.get('ratelimit'), '"default";r=2;t=0');
    assert.equal(answers[3]?.headers.get('retry-after'), '1');
    assert.equal((await app.ask('GET /v1/accounts', { token: other })).status, 200);
    await app.close();
  });

  test('turns away early what it could not answer soon', async () => {
    const app = await TestApp.open(pglite, { maxInFlight: 5 });
    const token = await app.key(await app.tenant('demo'));
    const answers = await Promise.all(Array.from({ length: 40 }, async () => app.ask('GET /v1/accounts', { token })));
    const busy = answers.filter(({ status }) => status === 503);
    assert.ok(busy.length > 0 && busy.length < 40, `${busy.length} of 40`);
    assert.equal(busy[0]?.headers.get('retry-after'), '1');
    assert.equal((await app.ask('GET /v1/accounts', { token })).status, 200);
    await app.close();
  });

  test('shows nothing of what failed inside, and logs it without values', async () => {
    const app = await TestApp.open(pglite);
    const token = await app.key(await app.tenant('demo'));
    await app.database.maintain((connection) => connection.script('alter view tessera.v_m_accounts rename to gone'));
    const answer = await app.ask('POST /v1/accounts', { token, body: { name: 'Very secret' } });
    assert.deepEqual(
      [answer.status, answer.at('code'), answer.at('detail')],
      [500, 'internal', 'Something went wrong on the server.'],
    );
    assert.equal(/v_m_accounts|secret|relation|select/i.test(answer.text), false, answer.text);
    const [entry] = app.logged;
    assert.deepEqual(
      [entry?.level, entry?.requestId, entry?.route],
      ['error', answer.headers.get('x-request-id'), 'create'],
    );
    await app.close();
  });

  test('is mounted below any path', async () => {
    const app = await TestApp.open(pglite, { basePath: '/crm' });
    const token = await app.key(await app.tenant('demo'));
    const answer = await app.ask('POST /crm/v1/accounts', { token, body: { name: 'A' } });
    assert.equal(answer.headers.get('location'), `/crm/v1/accounts/${String(answer.at('id'))}`);
    assert.equal((await app.ask('GET /v1/accounts', { token })).status, 404);
    assert.equal((await app.ask('GET /crm/healthz')).status, 200);
    assert.equal((await app.ask('GET /crm/openapi.json')).at('servers.0.url'), '/crm');
    await assert.rejects(
      TestApp.open({ ...pglite, open: async () => app.database }, { basePath: 'crm/' }),
      /base path/,
    );
    await app.close();
  });
});
