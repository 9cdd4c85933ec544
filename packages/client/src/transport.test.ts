import { serve } from '@hono/node-server';
import { isCrmError, type CrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { served, type Served } from './testing/served.ts';
import type { Fault } from './testing/fault.ts';
import { Transport, type ConnectionOptions, type Fetch } from './transport.ts';

const withServer = async (
  work: (one: Served & { readonly transport: Transport }) => Promise<void>,
  options: Partial<ConnectionOptions> = {},
): Promise<void> => {
  const one = await served(serve, options);
  try {
    await work({ ...one, transport: one.store.transport });
  } finally {
    await one.close();
  }
};

const failure = async (work: Promise<unknown>): Promise<CrmError> => {
  const error = await work.then(
    () => assert.fail('it should have failed'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isCrmError(error), String(error));
  return error;
};

const problem = (status: number, code: string): Fault => ({
  type: 'answer',
  status,
  body: JSON.stringify({ type: '', title: code, status, code }),
});

describe('Transport', () => {
  const cases: readonly { title: string; fault: Fault; repeatable?: boolean; requests: number; code?: ErrorCode }[] = [
    { title: 'repeats after a broken connection', fault: { type: 'drop' }, requests: 2 },
    { title: 'repeats after 503', fault: problem(503, 'unavailable'), requests: 2 },
    { title: 'repeats after 429', fault: problem(429, 'rate-limited'), requests: 2 },
    { title: 'repeats after a gateway’s page', fault: { type: 'answer', status: 502, body: '<html>' }, requests: 2 },
    { title: 'does not repeat 400', fault: problem(400, 'validation'), requests: 1, code: 'validation' },
    { title: 'does not repeat 403', fault: problem(403, 'forbidden'), requests: 1, code: 'forbidden' },
    { title: 'does not repeat 409', fault: problem(409, 'conflict'), requests: 1, code: 'conflict' },
    { title: 'does not repeat 422', fault: problem(422, 'rule'), requests: 1, code: 'rule' },
    { title: 'does not repeat 500', fault: problem(500, 'internal'), requests: 1, code: 'internal' },
    {
      title: 'sends what could be done twice once, when the connection breaks',
      fault: { type: 'drop' },
      repeatable: false,
      requests: 1,
      code: 'network',
    },
    {
      title: 'sends what could be done twice once, when the server is busy',
      fault: problem(503, 'unavailable'),
      repeatable: false,
      requests: 1,
      code: 'unavailable',
    },
  ];
  for (const { title, fault, repeatable = true, requests, code } of cases) {
    it(title, () =>
      withServer(async ({ server, transport }) => {
        server.faults.push(fault);
        const asked = transport.ask('meta', { repeatable });
        if (code) assert.equal((await failure(asked)).code, code);
        else assert.equal(((await asked) as { locale: string }).locale, 'it');
        assert.equal(server.requests.length, requests);
      }),
    );
  }

  const pages: readonly [number, string, ErrorCode][] = [
    [200, '<html>Sign in</html>', 'schema-mismatch'],
    [200, '{"broken":', 'schema-mismatch'],
    [302, '', 'schema-mismatch'],
    [403, '<html>Blocked by the proxy</html>', 'forbidden'],
    [404, '<html>Not here</html>', 'schema-mismatch'],
    [413, '<html>Too large</html>', 'too-large'],
    [500, '<html>Oops</html>', 'unavailable'],
    [503, '', 'unavailable'],
  ];
  for (const [status, body, code] of pages) {
    it(`takes a page with status ${status} (${body || 'empty'}) for ${code}`, () =>
      withServer(
        async ({ server, transport }) => {
          server.faults.push({ type: 'answer', status, body });
          const error = await failure(transport.ask('meta'));
          assert.deepEqual([error.code, error.facts.status], [code, status]);
        },
        { retry: { limit: 0 } },
      ));
  }

  it('gives up after the repetitions it was allowed', () =>
    withServer(
      async ({ server, transport }) => {
        server.faults.push(...Array.from({ length: 9 }, () => ({ type: 'drop' }) as const));
        assert.equal((await failure(transport.ask('meta'))).code, 'network');
        assert.equal(server.requests.length, 3);
      },
      { retry: { limit: 2, delay: () => 1 } },
    ));

  it('waits as long as Retry-After says, and tells at once when that is too long', () =>
    withServer(async ({ server, transport }) => {
      server.faults.push({ type: 'answer', status: 503, headers: { 'retry-after': '1' } });
      const start = performance.now();
      await transport.ask('meta');
      assert.ok(performance.now() - start >= 990);
      server.faults.push({ type: 'answer', status: 429, headers: { 'retry-after': '3600' } });
      const error = await failure(transport.ask('meta'));
      assert.deepEqual([error.code, error.facts.retryAfter], ['rate-limited', 3600]);
    }));

  it('says timeout when the answer takes too long, also in the middle of it', () =>
    withServer(
      async ({ server, transport }) => {
        server.faults.push({ type: 'delay', milliseconds: 200 });
        assert.equal((await failure(transport.ask('meta'))).code, 'timeout');
      },
      { timeout: 40, retry: { limit: 0 } },
    ));

  it('gives up when the caller does', () =>
    withServer(async ({ server, transport }) => {
      server.faults.push({ type: 'delay', milliseconds: 100 });
      const controller = new AbortController();
      const asked = failure(transport.ask('meta', { signal: controller.signal }));
      controller.abort();
      assert.equal((await asked).code, 'aborted');
      assert.equal((await failure(transport.ask('meta', { signal: controller.signal }))).code, 'aborted');
    }));

  it('breaks off everything when it is closed, and asks nobody any more', () =>
    withServer(async ({ server, transport }) => {
      server.faults.push({ type: 'delay', milliseconds: 200 });
      const asked = failure(transport.ask('meta'));
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const start = performance.now();
      transport.close();
      assert.equal((await asked).code, 'aborted');
      assert.ok(performance.now() - start < 150, 'at once');
      assert.equal((await failure(transport.ask('meta'))).code, 'aborted');
      assert.equal(server.requests.length, 1);
    }));

  it('gives a slow token and a slow answer their time each', () =>
    withServer(async ({ server, url }) => {
      const getToken = async () => {
        await new Promise((resolve) => setTimeout(resolve, 120));
        return { token: 't', expiresIn: 100 };
      };
      server.faults.push({ type: 'delay', milliseconds: 10 });
      await new Transport({ url, getToken, timeout: 100, retry: { limit: 0 } }).ask('meta');
    }));

  it('says network when nobody is there, config without an address, auth-required without a token', async () => {
    const retry = { limit: 0 };
    const nobody = new Transport({ url: 'http://127.0.0.1:1', token: 'key', retry });
    assert.equal((await failure(nobody.ask('meta'))).code, 'network');
    assert.equal((await failure(new Transport({ url: 'no address', token: 'key', retry }).ask('meta'))).code, 'config');
    assert.equal(
      (await failure(new Transport({ url: 'http://127.0.0.1:1', retry }).ask('meta'))).code,
      'auth-required',
    );
  });

  it('works with a fetch that takes text only and answers with a look-alike', async () => {
    const calls: unknown[] = [];
    const fetch: Fetch = async (url, init) => {
      calls.push(url, init.body);
      return { ok: true, status: 200, headers: { get: () => null }, text: async () => '{"records":[],"next":null}' };
    };
    const transport = new Transport({ url: 'https://crm.example/', token: 'key', fetch });
    await transport.ask('deals/query', { body: { limit: 1 } });
    assert.deepEqual(calls, ['https://crm.example/v1/deals/query', '{"limit":1}']);
  });

  it('takes a thrown error of any kind for a broken network', async () => {
    const fetch: Fetch = async () => {
      throw new Error('the interceptor of the page');
    };
    const transport = new Transport({ url: 'https://crm.example', token: 'key', fetch, retry: { limit: 0 } });
    assert.equal((await failure(transport.ask('meta'))).code, 'network');
  });

  it('sends a problem’s facts along', () =>
    withServer(async ({ server, transport }) => {
      const conflicts = [{ field: 'name', base: 1, mine: 2, theirs: 3 }];
      const body = JSON.stringify({ type: '', title: '', status: 409, code: 'conflict', requestId: 'r1', conflicts });
      server.faults.push({ type: 'answer', status: 409, body });
      const { facts } = await failure(transport.ask('meta'));
      assert.deepEqual([facts.requestId, facts['conflicts']], ['r1', conflicts]);
    }));
});
