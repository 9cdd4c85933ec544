import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RateLimiter } from './rate-limiter.ts';

const limited = () => {
  const clock = { now: 0 };
  return { clock, limiter: new RateLimiter({ burst: 3, perSecond: 2 }, () => clock.now) };
};

describe('a rate limiter', () => {
  test('lets a burst through and then says how long to wait', () => {
    const { limiter } = limited();
    const verdicts = Array.from({ length: 4 }, () => limiter.take('a'));
    assert.deepEqual(
      verdicts.map(({ allowed, remaining }) => [allowed, remaining]),
      [
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
      ],
    );
    assert.equal(verdicts[3]?.retryAfter, 1);
  });

  test('fills up with time, never beyond its burst', () => {
    const { limiter, clock } = limited();
    for (let count = 0; count < 3; count++) limiter.take('a');
    clock.now = 500;
    assert.equal(limiter.take('a').allowed, true);
    assert.equal(limiter.take('a').allowed, false);
    clock.now = 1_000_000;
    assert.equal(limiter.take('a').remaining, 2);
  });

  test('counts every caller alone, and forgets whom it is told to forget', () => {
    const { limiter } = limited();
    for (let count = 0; count < 4; count++) limiter.take('a');
    assert.equal(limiter.take('b').allowed, true);
    limiter.forgive('a');
    assert.equal(limiter.take('a').allowed, true);
  });

  test('says its policy', () => {
    assert.equal(new RateLimiter({ burst: 1000, perSecond: 200 }).policy, '"default";q=1000;w=5');
  });
});
