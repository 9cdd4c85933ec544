import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LineTax } from '../kinds/lines.ts';
import { totalsOf, type Totals, type TotalsDocument, type TotalsLine } from './totals.ts';

const vat = (rate: string): readonly LineTax[] => [{ code: `IVA${rate}`, rate }];

const line = (quantity: string, unitPrice: string, rest: Partial<TotalsLine> = {}): TotalsLine => ({
  quantity,
  unitPrice,
  ...rest,
});

const euros = (document: Omit<TotalsDocument, 'currency'>): Totals => totalsOf({ currency: 'EUR', ...document });

/** Those results that a case speaks of. */
const pick = (totals: Totals, expected: Partial<Totals>): Partial<Totals> =>
  Object.fromEntries(Object.keys(expected).map((key) => [key, totals[key as keyof Totals]]));

interface Case {
  readonly title: string;
  readonly document: TotalsDocument;
  readonly expected: Partial<Totals>;
}

const fund: TotalsDocument = {
  currency: 'EUR',
  lines: [line('1', '1000.00', { taxes: vat('22') })],
  charges: [{ percent: '4', name: 'fund', taxes: vat('22') }],
  deductedTaxes: [{ code: 'RA20', rate: '20' }],
};

const compound: readonly LineTax[] = [
  { code: 'a', rate: '5' },
  { code: 'b', rate: '9.975', compoundOn: ['a'] },
];

const cases: readonly Case[] = [
  {
    title: 'lines of two rates, a line discount, a document discount and a charge',
    document: {
      currency: 'EUR',
      lines: [
        line('3', '19.99', { taxes: vat('22') }),
        line('2', '45.50', { taxes: vat('22'), discount: { percent: '10' } }),
        line('1', '120.00', { taxes: vat('10') }),
      ],
      discount: { percent: '5' },
      charges: [{ amount: '12.00', name: 'shipping', taxes: vat('22') }],
    },
    expected: {
      lines: [
        { counted: true, gross: '59.97', discount: '0.00', net: '59.97', documentDiscount: '3.00', base: '56.97' },
        { counted: true, gross: '91.00', discount: '9.10', net: '81.90', documentDiscount: '4.09', base: '77.81' },
        { counted: true, gross: '120.00', discount: '0.00', net: '120.00', documentDiscount: '6.00', base: '114.00' },
      ],
      chargeLines: [{ amount: '12.00', base: '12.00' }],
      subtotal: '261.87',
      discount: '13.09',
      charges: '12.00',
      taxable: '260.78',
      taxes: [
        { code: 'IVA22', rate: '22', base: '146.78', amount: '32.29' },
        { code: 'IVA10', rate: '10', base: '114.00', amount: '11.40' },
      ],
      tax: '43.69',
      total: '304.47',
      toPay: '304.47',
    },
  },
  {
    title: 'tax rounded once for the document',
    document: {
      currency: 'EUR',
      lines: [line('1', '55.55', { taxes: vat('23') }), line('1', '11.11', { taxes: vat('23') })],
    },
    expected: { taxable: '66.66', tax: '15.33', total: '81.99' },
  },
  {
    title: 'tax rounded line by line',
    document: {
      currency: 'EUR',
      rounding: 'line',
      lines: [line('1', '55.55', { taxes: vat('23') }), line('1', '11.11', { taxes: vat('23') })],
    },
    expected: { taxable: '66.66', tax: '15.34', total: '82.00' },
  },
  {
    title: 'a discount that does not divide by the lines',
    document: {
      currency: 'EUR',
      discount: { amount: '10.00' },
      lines: [line('1', '50'), line('1', '50'), line('1', '50')],
    },
    expected: {
      discount: '10.00',
      lines: [
        { counted: true, gross: '50.00', discount: '0.00', net: '50.00', documentDiscount: '3.34', base: '46.66' },
        { counted: true, gross: '50.00', discount: '0.00', net: '50.00', documentDiscount: '3.33', base: '46.67' },
        { counted: true, gross: '50.00', discount: '0.00', net: '50.00', documentDiscount: '3.33', base: '46.67' },
      ],
      taxable: '140.00',
    },
  },
  {
    title: 'a tax on a tax',
    document: { currency: 'EUR', lines: [line('1', '100.00', { taxes: compound })] },
    expected: {
      taxable: '100.00',
      taxes: [
        { code: 'a', rate: '5', base: '100.00', amount: '5.00' },
        { code: 'b', rate: '9.975', base: '105.00', amount: '10.47' },
      ],
      tax: '15.47',
      total: '115.47',
    },
  },
  {
    title: 'an Italian professional: fund, VAT on both, withholding on the fee only',
    document: fund,
    expected: {
      subtotal: '1000.00',
      charges: '40.00',
      taxable: '1040.00',
      taxes: [{ code: 'IVA22', rate: '22', base: '1040.00', amount: '228.80' }],
      total: '1268.80',
      deductions: [{ code: 'RA20', rate: '20', base: '1000.00', amount: '200.00' }],
      deducted: '200.00',
      toPay: '1068.80',
    },
  },
  {
    title: 'withholding on the charges as well, when it is said',
    document: { ...fund, deductedTaxes: [{ code: 'RA20', rate: '20', on: 'taxable' }] },
    expected: { total: '1268.80', deducted: '208.00', toPay: '1060.80' },
  },
  {
    title: 'eleven prices that include tax',
    document: {
      currency: 'EUR',
      taxMode: 'inclusive',
      lines: Array.from({ length: 11 }, () => line('1', '1100.00', { taxes: vat('20') })),
    },
    expected: { subtotal: '12100.00', taxable: '10083.33', tax: '2016.67', total: '12100.00' },
  },
  {
    title: 'one line of eleven that includes tax',
    document: { currency: 'EUR', taxMode: 'inclusive', lines: [line('11', '1100.00', { taxes: vat('20') })] },
    expected: { subtotal: '12100.00', taxable: '10083.33', tax: '2016.67', total: '12100.00' },
  },
  {
    title: 'line rounding of prices that include tax',
    document: {
      currency: 'EUR',
      taxMode: 'inclusive',
      rounding: 'line',
      lines: Array.from({ length: 11 }, () => line('1', '1100.00', { taxes: vat('20') })),
    },
    expected: { taxable: '10083.37', tax: '2016.63', total: '12100.00' },
  },
  {
    title: 'a hundred that includes tax',
    document: { currency: 'EUR', taxMode: 'inclusive', lines: [line('1', '100.00', { taxes: vat('22') })] },
    expected: { taxable: '81.97', tax: '18.03', total: '100.00' },
  },
  {
    title: 'three at 9.99 that include tax',
    document: { currency: 'EUR', taxMode: 'inclusive', lines: [line('3', '9.99', { taxes: vat('22') })] },
    expected: { subtotal: '29.97', taxable: '24.57', tax: '5.40', total: '29.97' },
  },
  {
    title: 'a tax on a tax, both included',
    document: { currency: 'EUR', taxMode: 'inclusive', lines: [line('1', '115.47', { taxes: compound })] },
    expected: {
      taxable: '100.00',
      taxes: [
        { code: 'a', rate: '5', base: '100.00', amount: '5.00' },
        { code: 'b', rate: '9.975', base: '105.00', amount: '10.47' },
      ],
      total: '115.47',
    },
  },
  {
    title: 'a discount of everything, which leaves nothing and not less',
    document: { currency: 'EUR', lines: [line('2.25', '64.22', { discount: { percent: '100' }, taxes: vat('22') })] },
    expected: {
      lines: [
        { counted: true, gross: '144.50', discount: '144.50', net: '0.00', documentDiscount: '0.00', base: '0.00' },
      ],
      subtotal: '0.00',
      tax: '0.00',
      total: '0.00',
    },
  },
  {
    title: 'yen, which have no digits',
    document: { currency: 'JPY', lines: [line('1', '1234.5', { taxes: vat('10') })], discount: { percent: '1' } },
    expected: { subtotal: '1235', discount: '12', taxable: '1223', tax: '122', total: '1345' },
  },
  {
    title: 'halves, which go away from zero',
    document: { currency: 'EUR', lines: [line('1', '-1.005'), line('1', '1.005'), line('1', '1.005')] },
    expected: { subtotal: '1.01', total: '1.01' },
  },
];

describe('totalsOf', () => {
  for (const { title, document, expected } of cases) {
    it(`reckons ${title}`, () => assert.deepEqual(pick(totalsOf(document), expected), expected));
  }

  it('takes an agreed price for a discount', () => {
    const [first] = euros({ lines: [line('3', '19.99', { discount: { price: '18.5' } })] }).lines;
    assert.deepEqual([first?.gross, first?.discount, first?.net], ['59.97', '4.47', '55.50']);
  });

  it('takes no more off than there is', () => {
    assert.equal(euros({ lines: [line('1', '5', { discount: { amount: '8' } })] }).total, '0.00');
    assert.equal(euros({ lines: [line('1', '5')], discount: { amount: '8' } }).total, '0.00');
    assert.equal(euros({ lines: [], discount: { amount: '8' } }).total, '0.00');
  });

  it('lets a credit be discounted as the invoice was', () => {
    const credit = euros({
      lines: [line('-1', '100', { discount: { percent: '10' }, taxes: vat('22') })],
      discount: { percent: '5' },
    });
    assert.deepEqual(
      [credit.subtotal, credit.discount, credit.tax, credit.total],
      ['-90.00', '-4.50', '-18.81', '-104.31'],
    );
  });

  it('leaves optional lines out until they are chosen', () => {
    const lines = (chosen: boolean) => [
      line('1', '100', { taxes: vat('22') }),
      line('1', '50', { taxes: vat('10'), optional: true, chosen }),
    ];
    const without = euros({ lines: lines(false), discount: { amount: '10' } });
    assert.equal(without.total, '109.80');
    assert.deepEqual(
      without.taxes.map(({ code }) => code),
      ['IVA22'],
    );
    assert.deepEqual(without.lines[1], {
      counted: false,
      gross: '50.00',
      discount: '0.00',
      net: '50.00',
      documentDiscount: '0.00',
      base: '0.00',
    });
    assert.equal(euros({ lines: lines(true), discount: { amount: '10' } }).subtotal, '150.00');
  });

  it('keeps rates of one code apart, however they are written', () => {
    const taxes = ['22', '22.00', '21'].map((rate) => [{ code: 'IVA', rate }]);
    const totals = euros({ lines: taxes.map((of) => line('1', '10', { taxes: of })) });
    assert.deepEqual(totals.taxes, [
      { code: 'IVA', rate: '22', base: '20.00', amount: '4.40' },
      { code: 'IVA', rate: '21', base: '10.00', amount: '2.10' },
    ]);
  });

  it('lists what is free of tax as well, for the invoice must say why', () =>
    assert.deepEqual(euros({ lines: [line('1', '10', { taxes: [{ code: 'N3.1', rate: '0' }] })] }).taxes, [
      { code: 'N3.1', rate: '0', base: '10.00', amount: '0.00' },
    ]));

  it('does not ask for tax that the customer pays to the state', () => {
    const totals = euros({ lines: [line('1', '100', { taxes: vat('22') })], splitPayment: true });
    assert.deepEqual([totals.tax, totals.total, totals.toPay], ['22.00', '122.00', '100.00']);
  });

  it('adds the adjustment at the end', () => {
    const totals = euros({ lines: [line('1', '99.99', { taxes: vat('22') })], adjustment: '-0.99' });
    assert.deepEqual(
      [totals.taxable, totals.tax, totals.adjustment, totals.total],
      ['99.99', '22.00', '-0.99', '121.00'],
    );
  });

  it('deducts an advance by a negative line of the same tax', () => {
    const totals = euros({ lines: [line('1', '1000', { taxes: vat('22') }), line('-1', '300', { taxes: vat('22') })] });
    assert.deepEqual([totals.taxable, totals.tax, totals.total], ['700.00', '154.00', '854.00']);
  });

  describe('the margin', () => {
    it('is what the lines leave over their costs', () => {
      const totals = euros({
        lines: [line('3', '19.99', { cost: '12.3456' }), line('1', '40')],
        discount: { amount: '9.97' },
        charges: [{ amount: '12' }],
      });
      assert.deepEqual([totals.margin, totals.marginPercent], ['52.96', '58.84']);
    });

    it('is reckoned without tax where prices include it', () => {
      const totals = euros({ taxMode: 'inclusive', lines: [line('1', '122', { cost: '60', taxes: vat('22') })] });
      assert.deepEqual([totals.margin, totals.marginPercent], ['40.00', '40.00']);
    });

    it('is unknown when no cost is', () => assert.equal(euros({ lines: [line('1', '40')] }).margin, null));

    it('is no percentage of nothing', () => {
      const totals = euros({ lines: [line('1', '0', { cost: '5' })] });
      assert.deepEqual([totals.margin, totals.marginPercent], ['-5.00', null]);
    });
  });

  it('reckons an empty document', () => {
    const totals = euros({ lines: [] });
    assert.deepEqual([totals.subtotal, totals.taxable, totals.tax, totals.total, totals.toPay], Array(5).fill('0.00'));
  });
});
