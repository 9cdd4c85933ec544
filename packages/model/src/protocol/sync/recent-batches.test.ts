import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { Batch } from './client.ts';
import { RecentBatches } from './recent-batches.ts';

const batch = (from: number, to: number): Batch => ({ from, to, changes: [] });

const after = (recent: RecentBatches, cursor: number, modules: readonly string[] = []) =>
  recent.after(cursor, new Set(modules)).map(({ from, to }) => [from, to]);

describe('recent batches', () => {
  test('lead on from a cursor, whatever the order in which they came', () => {
    const recent = new RecentBatches();
    for (const one of [batch(5, 7), batch(3, 5), batch(7, 8), batch(4, 6)]) recent.add(one);
    assert.deepEqual(after(recent, 3), [
      [3, 5],
      [4, 6],
      [5, 7],
      [7, 8],
    ]);
    assert.deepEqual(after(recent, 7), [[7, 8]]);
    assert.deepEqual(after(recent, 8), []);
  });

  test('lead no further than to one that does not tell of all that is asked for', () => {
    const recent = new RecentBatches();
    for (const one of [batch(1, 3), { ...batch(3, 5), of: ['notes'] }]) recent.add(one);
    assert.deepEqual(after(recent, 1, ['notes']).at(-1), [3, 5]);
    assert.deepEqual(after(recent, 1, ['notes', 'tasks']), [[1, 3]]);
  });

  test('lead no further than to a hole', () => {
    const recent = new RecentBatches();
    for (const one of [batch(1, 3), batch(5, 7)]) recent.add(one);
    assert.deepEqual(after(recent, 1), [[1, 3]]);
    assert.deepEqual(after(recent, 0), []);
  });

  test('are forgotten, the oldest first', () => {
    const recent = new RecentBatches(2);
    for (const one of [batch(1, 3), batch(3, 5), batch(5, 7)]) recent.add(one);
    assert.deepEqual(after(recent, 1), []);
    assert.deepEqual(after(recent, 3).length, 2);
    recent.clear();
    assert.deepEqual(after(recent, 3), []);
  });
});
