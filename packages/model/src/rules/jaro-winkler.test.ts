import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jaroWinkler } from './jaro-winkler.ts';
import { trigramSimilarity, trigramsOf } from './trigrams.ts';

describe('jaroWinkler', () => {
  const cases: readonly [string, string, string][] = [
    ['MARTHA', 'MARHTA', '0.9611'],
    ['DIXON', 'DICKSONX', '0.8133'],
    ['DWAYNE', 'DUANE', '0.8400'],
    ['rossi figli', 'rosi figli', '0.9788'],
    ['abc', 'xyz', '0.0000'],
    ['', '', '1.0000'],
    ['', 'a', '0.0000'],
    ['a', 'b', '0.0000'],
    ['😀a', '😀b', '0.7000'],
  ];
  for (const [a, b, similarity] of cases) {
    it(`finds "${a}" and "${b}" ${similarity} alike`, () => assert.equal(jaroWinkler(a, b).toFixed(4), similarity));
  }

  it('lies between nothing and all, and is all only for equals', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const similarity = jaroWinkler(a, b);
        assert.ok(similarity >= 0 && similarity <= 1);
        assert.equal(similarity === 1, a === b);
      }),
    ));
});

describe('trigramSimilarity', () => {
  it('counts what two names share', () => {
    assert.equal(trigramSimilarity('rossi figli', 'rosi figli').toFixed(3), '0.769');
    assert.equal(trigramSimilarity('rossi figli', 'figli rossi'), 1);
    assert.equal(trigramSimilarity('acme', 'rossi'), 0);
    assert.equal(trigramSimilarity('', ''), 0);
  });

  it('sets words off with blanks', () => assert.deepEqual([...trigramsOf('cat')], ['  c', ' ca', 'cat', 'at ']));
});
