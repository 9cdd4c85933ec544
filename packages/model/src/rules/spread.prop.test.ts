import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromDecimal, toDecimal } from '../decimal.ts';
import { cumulativePart, spread } from './spread.ts';

const cents = (amount: string): bigint => toDecimal(amount).units;

const amounts = fc.bigInt({ min: -10_000_000n, max: 10_000_000n }).map((units) => fromDecimal({ units, scale: 2 }));
const positive = fc.bigInt({ min: 1n, max: 1_000_000n }).map((units) => fromDecimal({ units, scale: 4 }));

describe('spread', () => {
  it('adds up to the amount, whatever the weights', () =>
    fc.assert(
      fc.property(amounts, fc.array(amounts, { minLength: 1, maxLength: 20 }), (amount, weights) => {
        const shares = spread(amount, weights, 2);
        assert.equal(
          shares.reduce((sum, share) => sum + cents(share), 0n),
          cents(amount),
        );
      }),
    ));

  it('keeps every share within a cent of the exact one', () =>
    fc.assert(
      fc.property(amounts, fc.array(positive, { minLength: 1, maxLength: 20 }), (amount, weights) => {
        const total = weights.reduce((sum, weight) => sum + cents(weight), 0n);
        for (const [index, share] of spread(amount, weights, 2).entries()) {
          const off = cents(share) * total - cents(amount) * cents(weights[index]!);
          assert.ok((off < 0n ? -off : off) < total);
        }
      }),
    ));

  it('mirrors amounts below zero', () =>
    fc.assert(
      fc.property(amounts, fc.array(amounts, { minLength: 1, maxLength: 9 }), (amount, weights) => {
        const mirrored = spread(fromDecimal({ units: -cents(amount), scale: 2 }), weights, 2);
        assert.deepEqual(
          mirrored.map((share) => -cents(share)),
          spread(amount, weights, 2).map(cents),
        );
      }),
    ));
});

describe('cumulativePart', () => {
  it('makes the parts of a quantity add up to the whole', () =>
    fc.assert(
      fc.property(amounts, fc.array(positive, { minLength: 1, maxLength: 9 }), (total, quantities) => {
        const of = fromDecimal({ units: quantities.reduce((sum, quantity) => sum + cents(quantity), 0n), scale: 4 });
        let before = 0n;
        let sum = 0n;
        for (const now of quantities) {
          sum += cents(cumulativePart(total, { of, before: fromDecimal({ units: before, scale: 4 }), now }, 2));
          before += cents(now);
        }
        assert.equal(sum, cents(total));
      }),
    ));
});
