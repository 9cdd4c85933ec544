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
      return null;
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

/** Asks every 100 ms for ten minutes, as a page full of elements does. */
const askForTenMinutes = async (tokens: TokenSource, time: ReturnType<typeof clock>, use = (_token: string) => {}) => {
  for (let second = 0; second < 600; second += 0.1) {
    time.to(second);
    await tokens.get().then(use, () => {});
  }
};

describe('a page whose tokens are no good', () => {
  const bad: readonly { title: string; code: string; getToken: GetToken; isRefused?: boolean }[] = [
    {
      title: 'answers 500',
      code: 'unavailable',
      getToken: () => Promise.reject(new Error('500')),
    },
    {
      title: 'answers with HTML',
      code: 'unavailable',
      getToken: async () => JSON.parse('<html>') as never,
    },
    {
      title: 'throws before it answers anything',
      code: 'unavailable',
      getToken: () => {
        throw new TypeError('undefined is not a function');
      },
    },
    { title: 'says that nobody is signed in', code: 'auth-required', getToken: async () => null },
    { title: 'answers something else', code: 'auth-required', getToken: async () => ({}) as never },
    { title: 'gives what has ended', code: 'token-rejected', getToken: async () => ({ token: 'old', expiresIn: 0 }) },
    {
      title: 'does not say how long they live',
      code: 'token-rejected',
      getToken: async () => ({ token: 'old' }) as never,
    },
    {
      title: 'gives the same again, which the server refuses',
      code: 'token-rejected',
      getToken: async () => ({ token: 'same', expiresIn: 900 }),
      isRefused: true,
    },
    {
      title: 'gives others, all of which the server refuses',
      code: 'token-rejected',
      getToken: async () => ({ token: String(Math.random()), expiresIn: 900 }),
      isRefused: true,
    },
  ];
  for (const { title, code, getToken, isRefused } of bad) {
    it(`is asked ever more seldom, and complained about once, when it ${title}`, async (context) => {
      const time = clock(context);
      const asked: number[] = [];
      const told: (string | undefined)[] = [];
      const tokens = new TokenSource(
        (request) => {
          asked.push(performance.now());
          return getToken(request);
        },
        { troubled: (trouble) => void told.push(trouble?.code) },
      );
      await askForTenMinutes(tokens, time, (token) => isRefused && tokens.reject(token));
      // One forced renewal comes at once; else at least a second lies between two, and at most a minute
      const pauses = asked.slice(1).map((at, index) => at - asked[index]!);
      const atOnce = pauses.filter((pause) => pause < 1_000);
      assert.ok(atOnce.length <= (isRefused ? 1 : 0), `pauses: ${pauses.join(' ')}`);
      assert.ok(Math.max(...pauses) <= 60_200, 'it is never given up');
      assert.ok(asked.length >= 10 && asked.length <= 24, `asked ${asked.length} times`);
      assert.deepEqual(told, [code]);
      await assert.rejects(tokens.get(), (error) => isCrmError(error) && error.facts['isAboutToken'] === true);
    });
  }

  it('is given up waiting for when it hangs, and asked again', async () => {
    let asked = 0;
    const told: (string | undefined)[] = [];
    const getToken: GetToken = ({ signal }) => {
      asked++;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    };
    const tokens = new TokenSource(getToken, { patience: 30, troubled: (trouble) => void told.push(trouble?.code) });
    const waiting = Array.from({ length: 50 }, () => tokens.get());
    for (const one of waiting) await assert.rejects(one, (error) => isCrmError(error, 'timeout'));
    assert.equal(asked, 1);
    assert.deepEqual(told, ['timeout']);
  });

  it('is not asked more than once a second, however short its tokens live', async (context) => {
    const time = clock(context);
    const { reasons, getToken } = page(0.05);
    await askForTenMinutes(new TokenSource(getToken), time);
    assert.ok(reasons.length <= 601, `asked ${reasons.length} times`);
  });

  it('is not complained about while the old token still serves', async (context) => {
    const time = clock(context);
    let isBroken = false;
    const told: (string | undefined)[] = [];
    const getToken: GetToken = async () => {
      if (isBroken) throw new Error('500');
      return { token: 't', expiresIn: 100 };
    };
    const tokens = new TokenSource(getToken, { troubled: (trouble) => void told.push(trouble?.code) });
    await tokens.get();
    isBroken = true;
    time.to(99);
    assert.equal(await tokens.get(), 't');
    await settled();
    assert.deepEqual(told, []);
    time.to(101);
    await assert.rejects(tokens.get());
    assert.deepEqual(told, ['unavailable']);
  });

  it('is forgiven when a token of it is taken, and complained about anew the next time', async (context) => {
    const time = clock(context);
    let isBroken = true;
    const told: (string | undefined)[] = [];
    const getToken: GetToken = async () => (isBroken ? null : { token: 't', expiresIn: 100 });
    const tokens = new TokenSource(getToken, { troubled: (trouble) => void told.push(trouble?.code) });
    await assert.rejects(tokens.get());
    isBroken = false;
    time.to(3);
    assert.equal(await tokens.get(), 't');
    assert.deepEqual(told, ['auth-required', undefined]);
    isBroken = true;
    time.to(200);
    await assert.rejects(tokens.get());
    assert.deepEqual(told, ['auth-required', undefined, 'auth-required']);
  });

  it('is told of a replacement that is refused too only until one is taken', async (context) => {
    const time = clock(context);
    const told: (string | undefined)[] = [];
    const { getToken } = page();
    const tokens = new TokenSource(getToken, { troubled: (trouble) => void told.push(trouble?.code) });
    tokens.reject(await tokens.get());
    tokens.reject(await tokens.get());
    assert.deepEqual(told, ['token-rejected']);
    await assert.rejects(tokens.get(), (error) => isCrmError(error, 'token-rejected'));
    time.to(3);
    tokens.accept(await tokens.get());
    assert.deepEqual(told, ['token-rejected', undefined]);
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
