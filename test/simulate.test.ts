import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { runHistory, type Sabotage } from './simulate/history.ts';

/** A rule taken away, and the seed from which on that is soon noticed: some take thousands of histories otherwise. */
const sabotages: readonly (readonly [rule: string, what: string, sabotage: Sabotage, seed: number])[] = [
  [
    'R2',
    'an old page leaves the cursor where it is',
    { rules: { rewinds: (_asOf, cursor) => cursor === null }, more: { page: 4, edit: 3, network: 0.5 } },
    300,
  ],
  [
    'R3',
    'replies under old rights are used',
    {
      rules: { isUnderOldRights: () => false },
      more: { restrict: 15, proof: 6, page: 3, feed: 2, load: 3, handOver: 3 },
    },
    2060,
  ],
  ['R4', 'nothing has to be proven', { rules: { isProven: () => true } }, 0],
  [
    'R4',
    'proof is enough where fields changed',
    { rules: { isCurrent: (held, version) => held.version >= version } },
    0,
  ],
  [
    'R4',
    'proof is enough where the record changed',
    {
      rules: { isCurrent: (held, _, fieldsSeq) => held.aclSeq >= fieldsSeq },
      more: { restrict: 10, proof: 4, edit: 3, handOver: 3 },
    },
    90,
  ],
  [
    'R5',
    'holes are skipped',
    { rules: { isHole: () => false }, more: { page: 4, edit: 4, feed: 4, kill: 6, load: 2, network: 0.6 } },
    0,
  ],
  ['R6', 'the last row wins', { rules: { isNews: () => true } }, 0],
  ['R7', 'every absence counts', { rules: { isNewerAbsence: () => true } }, 0],
  ['R8', 'what was heard of is not fetched', { rules: { isDue: () => false } }, 0],
  ['R9', 'the server forgets its horizon', { server: { ignoresHorizon: true } }, 0],
  ['R10', 'the server does not count', { server: { forgetsCounts: true } }, 0],
  ['R11', 'mutations leave before their effect is here', { rules: { isHere: () => true } }, 0],
  [
    'R17',
    'two tabs that meet go on where the later one was',
    { rules: { earlier: (a, b) => (a === null || b === null ? (a ?? b) : Math.max(a, b)) } },
    50,
  ],
  [
    'R19',
    'what was not told of is taken for heard',
    { rules: { tellsOf: () => true }, more: { feed: 2, edit: 3, network: 0.6, loseCache: 6 } },
    90,
  ],
  ['R12', 'nobody is told what a refusal took along', { rules: { needs: () => false } }, 0],
];

describe('the sync protocol', () => {
  test('R2 to R12, R17, R19: loses nothing, doubles nothing and shows nothing it must not, in 2,000 histories', () => {
    for (let seed = 0; seed < 2000; seed++) assert.deepEqual(runHistory(seed).faults, [], `seed ${seed}`);
  });

  for (const [rule, what, sabotage, from] of sabotages)
    test(`${rule}: it is noticed when ${what}`, () => {
      const seeds = Array.from({ length: 50 }, (_, n) => from + n);
      assert.ok(seeds.some((seed) => runHistory(seed, sabotage).faults.length > 0));
    });
});
