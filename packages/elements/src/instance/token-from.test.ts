import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { tokenFrom } from './token-from.ts';

const real = globalThis.fetch;

const answering = (status: number, text: string): void => {
  globalThis.fetch = (async () => ({ status, text: async () => text })) as unknown as typeof fetch;
};

const ask = () =>
  tokenFrom('/crm-token')({
    reason: 'initial',
    backend: 'main',
    scope: undefined,
    signal: new AbortController().signal,
  });

describe('tokens from an address', () => {
  afterEach(() => {
    globalThis.fetch = real;
    Reflect.deleteProperty(String.prototype, 'toJSON');
  });

  it('come from answers that have a status and a text and nothing else', async () => {
    answering(200, '{"token":"t","expiresIn":60}');
    assert.deepEqual(await ask(), { token: 't', expiresIn: 60 });
  });

  it('are asked for by an address and plain JSON, whatever the page did to strings', async () => {
    Object.assign(String.prototype, { toJSON: () => 'corrupted' });
    const asked: unknown[] = [];
    globalThis.fetch = (async (url: unknown, { body }: RequestInit) => {
      asked.push(url, body);
      return new Response('{"token":"t","expiresIn":60}');
    }) as typeof fetch;
    await ask();
    assert.deepEqual(asked, ['/crm-token', '{"reason":"initial","backend":"main"}']);
  });

  for (const [status, text, code] of [
    [401, '', 'auth-required'],
    [403, '{"token":"t","expiresIn":60}', 'auth-required'],
    [500, '{"token":"t","expiresIn":60}', 'unavailable'],
    [200, '<!doctype html>', 'unavailable'],
    [200, 'null', 'unavailable'],
    [200, '{"token":7,"expiresIn":60}', 'unavailable'],
    [200, '{"token":"t"}', 'unavailable'],
  ] as const)
    it(`are ${code} after ${status} with ${text || 'nothing'}`, async () => {
      answering(status, text);
      await assert.rejects(ask(), (error) => isCrmError(error, code));
    });

  it('are out of reach when nothing answers, also where that is thrown at once', async () => {
    globalThis.fetch = () => {
      throw new TypeError('Failed to fetch');
    };
    await assert.rejects(ask(), (error) => isCrmError(error, 'network'));
  });
});
