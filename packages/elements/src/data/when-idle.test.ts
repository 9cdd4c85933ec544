import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { whenIdle } from './when-idle.ts';

/** A page that is busy all the time: it does nothing on the side but what it was given a time for. */
const busyPage = (context: TestContext): void => {
  const requestIdleCallback = (work: () => void, { timeout }: IdleRequestOptions = {}): void => {
    if (timeout !== undefined) setTimeout(work, timeout);
  };
  Object.assign(globalThis, { requestIdleCallback });
  context.after(() => Reflect.deleteProperty(globalThis, 'requestIdleCallback'));
};

it('what is done while a page is idle is done on one that never is', (context) => {
  busyPage(context);
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let isDone = false;
  whenIdle(() => (isDone = true));
  assert.equal(isDone, false);
  context.mock.timers.tick(2_000);
  assert.equal(isDone, true);
});

it('what is done while a page is idle is done where browsers do not say when that is', async () => {
  await new Promise<void>((resolve) => whenIdle(resolve));
});
