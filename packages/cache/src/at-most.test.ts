import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { atMost, inTime, whenLate } from './at-most.ts';

/** A page whose time passes as the test says. */
const pageIn = (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    t.mock.timers.tick(milliseconds);
  };
  return {
    /** It is awake. */
    wakes: (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += 10) pass(10);
    },
    /** It is frozen: when it wakes, the timer that was due in so many milliseconds has its turn first. */
    sleeps: (milliseconds: number, due: number) => {
      now += milliseconds;
      t.mock.timers.tick(due);
    },
  };
};

/** Milliseconds after which it is looked whether a page with five seconds is awake. */
const look = 1_000;

describe('what may take so long', () => {
  it('is late when the time is over', async (t) => {
    const page = pageIn(t);
    const late = t.mock.fn();
    whenLate(5_000, late);
    page.wakes(4_990);
    assert.equal(late.mock.callCount(), 0);
    page.wakes(20);
    assert.equal(late.mock.callCount(), 1);
    page.wakes(20_000);
    assert.equal(late.mock.callCount(), 1);
  });

  it('is not late any more when it was stopped', (t) => {
    const page = pageIn(t);
    const late = t.mock.fn();
    whenLate(5_000, late)();
    page.wakes(20_000);
    assert.equal(late.mock.callCount(), 0);
  });

  for (const [when, before] of [
    ['in the beginning', 10],
    ['in the middle', 2_500],
    ['just before it would be', 4_950],
  ] as const)
    for (const long of [5_000, 60_000, 3_600_000])
      it(`is not late because the page slept for ${long / 1_000} s ${when}: it has a moment when that wakes`, (t) => {
        const page = pageIn(t);
        const late = t.mock.fn();
        whenLate(5_000, late);
        page.wakes(before);
        page.sleeps(long, look - (before % look));
        page.wakes(500);
        assert.equal(late.mock.callCount(), 0);
        page.wakes(5_000);
        assert.equal(late.mock.callCount(), 1);
      });

  for (const every of [look, 2 * look, 60 * look])
    it(`is late in a page that is hidden, where timers run once in ${every} ms`, (t) => {
      const page = pageIn(t);
      const late = t.mock.fn();
      whenLate(5_000, late);
      for (let times = 0; times < 6; times++) page.sleeps(every, look);
      assert.equal(late.mock.callCount(), 1);
    });

  it('gives what it gives in time, and what it fails with', async () => {
    assert.equal(await inTime(1_000, Promise.resolve(7)), 7);
    await assert.rejects(inTime(1_000, Promise.reject(new Error('no'))), /no/);
  });

  it('is left behind, with an error or without one', async (t) => {
    const page = pageIn(t);
    const never = new Promise(() => {});
    const inTimeOnly = assert.rejects(inTime(1_000, never), { name: 'TimeoutError' });
    const forAWhile = atMost(1_000, never);
    page.wakes(1_100);
    await Promise.all([inTimeOnly, forAWhile]);
  });
});
