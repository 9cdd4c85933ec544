import assert from 'node:assert/strict';
import test from 'node:test';
import { closingLines } from '../tools/counts.mjs';

test('the last line of a run is how many passed and failed, and nothing else', () => {
  for (const [counts, lines] of [
    [{ passed: 3, failed: 0, skipped: 0 }, ['3 passed, 0 failed']],
    [{ passed: 2, failed: 1, skipped: 4 }, ['4 skipped, said above with the reason', '2 passed, 1 failed']],
  ] as const)
    assert.deepEqual(closingLines(counts).split('\n'), lines);
});
