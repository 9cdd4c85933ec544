import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cumulativePart, spread } from './spread.ts';

describe('spread', () => {
  const cases: readonly [string, string, readonly string[], number, readonly string[]][] = [
    ['gives the odd cent to the earliest of equals', '10.00', ['1', '1', '1'], 2, ['3.34', '3.33', '3.33']],
    ['mirrors a negative amount', '-10.00', ['1', '1', '1'], 2, ['-3.34', '-3.33', '-3.33']],
    [
      'allocates the price of a bundle by list value',
      '249.00',
      ['199.00', '98.00', '20.00'],
      2,
      ['156.31', '76.98', '15.71'],
    ],
    [
      'spreads a discount of five per cent over nets',
      '13.09',
      ['59.97', '81.90', '120.00'],
      2,
      ['3.00', '4.09', '6.00'],
    ],
    ['knows currencies without digits', '100', ['1', '1', '1'], 0, ['34', '33', '33']],
    ['knows currencies with three digits', '0.010', ['1', '1', '1'], 3, ['0.004', '0.003', '0.003']],
    ['leaves a weight of zero without a share', '0.05', ['1', '0', '1'], 2, ['0.03', '0.00', '0.02']],
    ['shares equally when all weights are zero', '1.00', ['0', '0.00'], 2, ['0.50', '0.50']],
    ['lets negative weights take negative shares', '5.00', ['150', '-50'], 2, ['7.50', '-2.50']],
    ['takes weights that are all negative', '10.00', ['-1', '-1', '-1'], 2, ['3.34', '3.33', '3.33']],
    ['goes by size where weights cancel out', '10.00', ['5', '-5'], 2, ['5.00', '5.00']],
    ['rounds the amount to the digits first', '0.005', ['1', '1'], 2, ['0.01', '0.00']],
    ['gives one weight everything', '7.77', ['3'], 2, ['7.77']],
    ['gives nobody nothing', '7.77', [], 2, []],
  ];
  for (const [title, amount, weights, digits, shares] of cases) {
    it(title, () => assert.deepEqual(spread(amount, weights, digits), shares));
  }
});

describe('cumulativePart', () => {
  const inParts = (total: string, of: string, quantities: readonly number[]): readonly string[] => {
    let before = 0;
    return quantities.map((now) => {
      const part = cumulativePart(total, { of, before: String(before), now: String(now) }, 2);
      before += now;
      return part;
    });
  };

  it('makes partial invoices of 10 × 33.33 add up to 333.30', () =>
    assert.deepEqual(inParts('333.30', '10', [3, 3, 4]), ['99.99', '99.99', '133.32']));

  it('makes thirds of 100.00 add up to 100.00', () =>
    assert.deepEqual(inParts('100.00', '3', [1, 1, 1]), ['33.33', '33.34', '33.33']));
});
