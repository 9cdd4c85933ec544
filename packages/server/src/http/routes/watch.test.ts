import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Watch } from './watch.ts';

test('waits for news', async () => {
  const watch = new Watch(60_000);
  const woken = watch.woken();
  watch.wake();
  assert.equal(await woken, true);
  watch.end();
});

test('keeps news that came while nobody waited, once', async () => {
  const watch = new Watch(60_000);
  watch.wake();
  watch.wake();
  assert.equal(await watch.woken(), true);
  const next = watch.woken();
  watch.end();
  assert.equal(await next, false);
});

test('gives what came before it ended, and then nothing any more', async () => {
  const watch = new Watch(60_000);
  watch.wake();
  watch.end();
  assert.deepEqual([await watch.woken(), await watch.woken()], [true, false]);
});

test('ends by itself', async () => {
  assert.equal(await new Watch(1).woken(), false);
});
