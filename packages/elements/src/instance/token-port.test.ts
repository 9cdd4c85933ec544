import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { GetToken } from './options.ts';
import { serveTokens, tokenFromPort } from './token-port.ts';

type Request = Parameters<GetToken>[0];

describe('tokens through a port', () => {
  let channel: MessageChannel;
  let stop = (): void => {};
  beforeEach(() => void (channel = new MessageChannel()));
  afterEach(() => {
    stop();
    channel.port1.close();
  });

  const request = (signal = new AbortController().signal): Request => ({
    reason: 'expiring',
    backend: 'erp',
    scope: ['deals:read'],
    signal,
  });

  /** The page around answers; the page within asks. */
  const connect = (getToken: GetToken): GetToken => {
    stop = serveTokens(channel.port1 as unknown as MessagePort, getToken);
    return tokenFromPort(channel.port2 as unknown as MessagePort);
  };

  it('carry the question there and the token back', async () => {
    const asked: unknown[] = [];
    const ask = connect(async ({ reason, backend, scope }) => {
      asked.push({ reason, backend, scope });
      return { token: 't', expiresIn: 900 };
    });
    assert.deepEqual(await ask(request()), { token: 't', expiresIn: 900 });
    assert.deepEqual(asked, [{ reason: 'expiring', backend: 'erp', scope: ['deals:read'] }]);
  });

  it('answer several questions each by its own', async () => {
    const waiting: (() => void)[] = [];
    const ask = connect(
      ({ backend }) => new Promise((resolve) => waiting.unshift(() => resolve({ token: backend, expiresIn: 1 }))),
    );
    const both = ['a', 'b'].map((backend) => ask({ ...request(), backend }));
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const answer of waiting) answer();
    assert.deepEqual(
      (await Promise.all(both)).map((session) => session?.token),
      ['a', 'b'],
    );
  });

  it('say that nobody is signed in, and why there is none', async () => {
    assert.equal(await connect(async () => null)(request()), null);
    stop();
    const refuse = connect(() => Promise.reject(new CrmError('auth-required', 'Sign in.')));
    await assert.rejects(
      refuse(request()),
      (error) => isCrmError(error, 'auth-required') && error.message === 'Sign in.',
    );
  });

  it('let nothing of an unknown error through', async () => {
    const ask = connect(() => {
      throw new Error('password is hunter2');
    });
    await assert.rejects(ask(request()), (error) => isCrmError(error, 'unavailable') && !/hunter2/.test(error.message));
  });

  it('tell the page around that nobody waits any more', async () => {
    const signals: AbortSignal[] = [];
    const ask = connect(({ signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const asked = assert.rejects(ask(request(controller.signal)), (error) => isCrmError(error, 'aborted'));
    while (signals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await asked;
    while (!signals[0]?.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('take no notice of other messages', async () => {
    const ask = connect(async () => ({ token: 't', expiresIn: 900 }));
    for (const noise of [null, 'hello', { type: 'tessera-token-answer', id: -1 }, { type: 'other' }]) {
      channel.port1.postMessage(noise);
      channel.port2.postMessage(noise);
    }
    assert.equal((await ask(request()))?.token, 't');
  });
});
