import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { add, fromDecimal, toDecimal, toScale } from '@tessera-crm/model/decimal.js';
import type { Deal } from './board.ts';
import { adjusted, moneyOf, totalsOf, totalsOfGroup } from './totals.ts';

const amounts = fc.option(
  fc.record({
    amount: fc
      .integer({ min: -10_000_000, max: 900_000_000 })
      .map((cents) => toScale(fromDecimal({ units: BigInt(cents), scale: 2 }), 2)),
    currency: fc.constantFrom('EUR', 'USD'),
  }),
);

const deals = fc.array(
  fc.record({ amount: amounts }).map(({ amount }) => ({ amount, weightedAmount: amount }) as unknown as Deal),
  { maxLength: 80 },
);

const exact = (some: readonly Deal[], currency: string): string =>
  toScale(
    fromDecimal(
      some
        .flatMap(({ amount }) => (amount?.currency === currency ? [toDecimal(amount.amount)] : []))
        .reduce(add, { units: 0n, scale: 2 }),
    ),
    2,
  );

describe('totals', () => {
  test('are exact to the cent, by currency', () => {
    fc.assert(
      fc.property(deals, (some) => {
        const { sums, count, withoutAmount } = totalsOf(some);
        assert.equal(count, some.length);
        assert.equal(withoutAmount, some.filter(({ amount }) => amount === null).length);
        for (const [currency, { amount }] of sums)
          assert.equal(moneyOf(amount, currency).amount, exact(some, currency));
      }),
    );
  });

  test('are the same whether deals are moved or counted anew', () => {
    fc.assert(
      fc.property(deals, deals, deals, (stay, leave, come) => {
        const moved = adjusted(totalsOf([...stay, ...leave]), leave, come);
        const anew = totalsOf([...stay, ...come]);
        assert.equal(moved.count, anew.count);
        assert.equal(moved.withoutAmount, anew.withoutAmount);
        for (const [currency, sum] of moved.sums)
          assert.deepEqual(sum, anew.sums.get(currency) ?? { amount: 0, weighted: 0 });
      }),
    );
  });

  test('of a store are read from its figures', () => {
    const { count, sums, withoutAmount } = totalsOfGroup({ keys: ['x'], values: [5, 3, '1234.5', '100'] }, 'EUR');
    assert.deepEqual([count, withoutAmount], [5, 2]);
    assert.equal(moneyOf(sums.get('EUR')!.amount, 'EUR').amount, '1234.50');
    assert.equal(moneyOf(sums.get('EUR')!.weighted, 'EUR').amount, '100.00');
  });

  test('of a store without any amount have no sum', () => {
    assert.equal(totalsOfGroup({ keys: ['x'], values: [2, 0, null, null] }, 'EUR').sums.size, 0);
  });
});
