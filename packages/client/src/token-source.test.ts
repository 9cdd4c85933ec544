import { serve } from '@hono/node-server';
import { isCrmError } from '@tessera-crm/model/errors.js';
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { served } from './testing/served.ts';
import { TokenSource, type GetToken, type TokenReason } from './token-source.ts';

/** Gives `t1`, `t2` … and remembers why it was asked. */
const page = (expiresIn = 100) => {
  const reasons: TokenReason[] = [];
  const getToken: GetToken = async ({ reason }) => {
    reasons.push(reason);
    return { token: `t${reasons.length}`, expiresIn };
  };
  return { reasons, getToken };
};

/** A monotonic clock that tests move, in seconds; the wall clock jumps by a day at will. */
const clock = (context: TestContext) => {
  let now = 0;
  context.mock.method(performance, 'now', () => now * 1000);
  context.mock.method(Date, 'now', () => (Math.random() < 0.5 ? 1 : -1) * 86_400_000);
  return { to: (seconds: number) => void (now = seconds) };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('TokenSource', () => {
  it('asks once for all who wait', async () => {
    const { reasons, getToken } = page();
    const tokens = new TokenSource(getToken);
    assert.deepEqual(await Promise.all([tokens.get(), tokens.get(), tokens.get()]), ['t1', 't1', 't1']);
    assert.deepEqual(reasons, ['initial']);
  });

  it('renews at 80 % of the life while the old token serves, by a clock that cannot be set', async (context) => {
    const { reasons, getToken } = page(100);
    const time = clock(context);
    const tokens = new TokenSource(getToken);
    await tokens.get();
    time.to(79);
    assert.equal(await tokens.get(), 't1');
    assert.equal(reasons.length, 1);
    time.to(81);
    assert.equal(await tokens.get(), 't1');
    await settled();
    assert.equal(await tokens.get(), 't2');
    assert.deepEqual(reasons, ['initial', 'expiring']);
  });

  it('waits for the next token when the old one has ended', async (context) => {
    const { getToken } = page(100);
    const time = clock(context);
    const tokens = new TokenSource(getToken);
    await tokens.get();
    time.to(101);
    assert.equal(await tokens.get(), 't2');
  });

  it('asks again for a refused token, but not for one that was replaced meanwhile', async () => {
    const { reasons, getToken } = page();
    const tokens = new TokenSource(getToken);
    const first = await tokens.get();
    tokens.reject(first);
    assert.equal(await tokens.get(), 't2');
    tokens.reject(first);
    assert.equal(await tokens.get(), 't2');
    assert.deepEqual(reasons, ['initial', 'rejected']);
  });

  it('leaves a page that gives no token alone for a while', async (context) => {
    const time = clock(context);
    let asked = 0;
    const tokens = new TokenSource(async () => {
      asked++;
      throw new Error('signed out');
    });
    const refused = async (): Promise<void> =>
      assert.rejects(tokens.get(), (error) => isCrmError(error, 'auth-required'));
    await refused();
    await refused();
    assert.equal(asked, 1);
    time.to(2);
    await refused();
    assert.equal(asked, 2);
    time.to(2.4);
    await refused();
    assert.equal(asked, 2);
  });

  it('forgets the token of another person, and the answer that is still under way', async () => {
    const answers: ((token: string) => void)[] = [];
    const reasons: TokenReason[] = [];
    const tokens = new TokenSource(({ reason, signal }) => {
      reasons.push(reason);
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('nobody waits')));
        answers.push((token) => resolve({ token, expiresIn: 100 }));
      });
    });
    const before = assert.rejects(tokens.get(), (error) => isCrmError(error, 'aborted'));
    tokens.renew('identity');
    const now = tokens.get();
    answers[0]?.('of the old person');
    answers[1]?.('of the new person');
    assert.equal(await now, 'of the new person');
    await before;
    assert.deepEqual(reasons, ['initial', 'identity']);
  });

  it('lets one caller go without disturbing the others', async () => {
    const controller = new AbortController();
    let give = (_token: { token: string; expiresIn: number }): void => {};
    const tokens = new TokenSource(() => new Promise((resolve) => (give = resolve)));
    const gone = assert.rejects(tokens.get(controller.signal), (error) => isCrmError(error, 'aborted'));
    const other = tokens.get();
    controller.abort();
    await gone;
    give({ token: 't', expiresIn: 100 });
    assert.equal(await other, 't');
  });
});

describe('a refused token', () => {
  it('is renewed once for all requests that carried it, and they are sent again', async () => {
    const { reasons, getToken } = page();
    const { server, store, close } = await served(serve, { getToken });
    server.tokens = new Set(['t2']);
    await Promise.all(['a', 'b', 'c'].map((search) => store.list('accounts', { search })));
    assert.deepEqual(reasons, ['initial', 'rejected']);
    assert.equal(server.requests.filter(({ token }) => token === 't2').length, 3);
    await close();
  });

  it('is renewed but the request not repeated, when it could be done twice', async () => {
    const { reasons, getToken } = page();
    const { server, store, close } = await served(serve, { getToken });
    server.tokens = new Set(['t2']);
    await assert.rejects(store.transport.ask('files?name=a', { body: new Blob(['a']), repeatable: false }), (error) =>
      isCrmError(error, 'token-rejected'),
    );
    assert.equal(server.requests.length, 1);
    assert.deepEqual(reasons, ['initial', 'rejected']);
    await close();
  });

  it('stays refused when the next one is refused too', async () => {
    const { getToken } = page();
    const { server, store, close } = await served(serve, { getToken });
    server.tokens = new Set();
    await assert.rejects(store.list('accounts'), (error) => isCrmError(error, 'token-rejected'));
    assert.equal(server.requests.length, 2);
    await close();
  });
});
