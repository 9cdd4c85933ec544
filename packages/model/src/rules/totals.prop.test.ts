import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { currencyDigits } from '../currency.ts';
import { fromDecimal, toDecimal } from '../decimal.ts';
import { totalsOf, type Totals, type TotalsDocument, type TotalsLine } from './totals.ts';

/** Smallest units, `1.50` as 150: all amounts of a document have the same digits. */
const units = (amount: string): bigint => toDecimal(amount).units;

const sumOf = (amounts: readonly string[]): bigint => amounts.reduce((sum, amount) => sum + units(amount), 0n);

const decimals = (min: bigint, max: bigint, scale: number): fc.Arbitrary<string> =>
  fc.bigInt({ min, max }).map((value) => fromDecimal({ units: value, scale }));

const percents = decimals(0n, 10_000n, 2);

const discounts = fc.oneof(
  percents.map((percent) => ({ percent })),
  decimals(0n, 100_000n, 2).map((amount) => ({ amount })),
);

const taxes = fc.constantFrom('22', '10', '4', '0', '9.975', '20.00').map((rate) => [{ code: `T${rate}`, rate }]);

const lines: fc.Arbitrary<TotalsLine> = fc.record({
  quantity: decimals(-20_000n, 200_000n, 4),
  unitPrice: decimals(0n, 10_000_000n, 4),
  discount: fc.option(
    fc.oneof(
      discounts,
      decimals(0n, 1_000_000n, 4).map((price) => ({ price })),
    ),
    { nil: null },
  ),
  taxes,
  optional: fc.boolean(),
  chosen: fc.boolean(),
  cost: fc.option(decimals(0n, 1_000_000n, 4), { nil: null }),
});

const documents: fc.Arbitrary<TotalsDocument> = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  lines: fc.array(lines, { maxLength: 12 }),
  discount: fc.option(discounts, { nil: null }),
  charges: fc.array(
    fc.oneof(fc.record({ amount: decimals(0n, 10_000n, 2), taxes }), fc.record({ percent: percents, taxes })),
    { maxLength: 3 },
  ),
  deductedTaxes: fc.array(fc.record({ code: fc.constant('RA'), rate: percents }), { maxLength: 2 }),
  adjustment: fc.option(decimals(-1_000n, 1_000n, 2), { nil: null }),
  taxMode: fc.constantFrom('exclusive', 'inclusive'),
  rounding: fc.constantFrom('document', 'line'),
});

const holds = (law: (totals: Totals, document: TotalsDocument) => void): void =>
  fc.assert(fc.property(documents, (document) => law(totalsOf(document), document)));

describe('totalsOf', () => {
  it('spreads the discount of the document over the lines without a rest', () =>
    holds((totals, { lines: given }) => {
      if (!given.some((line) => !line.optional || line.chosen)) return;
      assert.equal(sumOf(totals.lines.map((line) => line.documentDiscount)), units(totals.discount));
    }));

  it('bases every tax on what is taxable and nothing else', () =>
    holds((totals) => assert.equal(sumOf(totals.taxes.map((tax) => tax.base)), units(totals.taxable))));

  it('splits what is taxable between lines and charges without a rest', () =>
    holds((totals) =>
      assert.equal(sumOf([...totals.lines, ...totals.chargeLines].map(({ base }) => base)), units(totals.taxable)),
    ));

  it('adds up to the total', () =>
    holds((totals) => {
      assert.equal(sumOf(totals.taxes.map((tax) => tax.amount)), units(totals.tax));
      assert.equal(units(totals.total), sumOf([totals.taxable, totals.tax, totals.adjustment]));
      assert.equal(units(totals.toPay), units(totals.total) - units(totals.deducted));
    }));

  it('asks for exactly the prices that were shown with tax', () =>
    holds((totals, { taxMode }) => {
      if (taxMode === 'exclusive') return;
      const shown = units(totals.subtotal) - units(totals.discount) + units(totals.charges);
      assert.equal(units(totals.taxable) + units(totals.tax), shown);
    }));

  it('writes every amount with the digits of the currency', () =>
    holds((totals) => {
      const digits = currencyDigits(totals.currency);
      const amounts = [
        totals.subtotal,
        totals.discount,
        totals.charges,
        totals.taxable,
        totals.tax,
        totals.total,
        totals.toPay,
        totals.deducted,
      ];
      const within = [
        ...totals.lines.flatMap((line) => [line.gross, line.discount, line.net, line.documentDiscount, line.base]),
        ...totals.taxes.flatMap((tax) => [tax.base, tax.amount]),
      ];
      for (const amount of [...amounts, ...within]) assert.equal(toDecimal(amount).scale, digits);
    }));

  it('does not depend on the order of the lines, unless one cent of a discount has to fall somewhere', () =>
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 11 }), (given, turn) => {
        const document: TotalsDocument = { ...given, discount: null, rounding: 'document' };
        const turned = [...document.lines.slice(turn), ...document.lines.slice(0, turn)];
        const { total, tax, taxable, margin } = totalsOf(document);
        const other = totalsOf({ ...document, lines: turned });
        assert.deepEqual([other.total, other.tax, other.taxable, other.margin], [total, tax, taxable, margin]);
      }),
    ));

  it('does not depend on the order of lines that bear the same tax', () =>
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 11 }), (given, turn) => {
        const same = given.lines.map((line) => ({ ...line, taxes: [{ code: 'IVA', rate: '22' }] }));
        const document: TotalsDocument = { ...given, lines: same, rounding: 'document' };
        const other = totalsOf({ ...document, lines: [...same.slice(turn), ...same.slice(0, turn)] });
        assert.equal(other.total, totalsOf(document).total);
      }),
    ));

  it('mirrors a document that is taken back', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(decimals(1n, 200_000n, 4), decimals(0n, 10_000_000n, 4), taxes), { maxLength: 9 }),
        percents,
        (rows, percent) => {
          const signed = (sign: string) =>
            totalsOf({
              currency: 'EUR',
              discount: { percent },
              lines: rows.map(([quantity, unitPrice, of]) => ({ quantity: sign + quantity, unitPrice, taxes: of })),
            });
          assert.equal(units(signed('-').total), -units(signed('').total));
        },
      ),
    ));

  it('stays exact where floating point has long given up', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 17n, max: 10n ** 19n }), (cents) => {
        const unitPrice = fromDecimal({ units: cents, scale: 2 });
        const totals = totalsOf({
          currency: 'EUR',
          lines: [{ quantity: '3', unitPrice, taxes: [{ code: 'T', rate: '50' }] }],
        });
        assert.equal(units(totals.tax), (cents * 3n + 1n) / 2n);
        assert.equal(units(totals.total), cents * 3n + (cents * 3n + 1n) / 2n);
      }),
    ));
});
