import { toScale } from '../decimal.ts';
import type { Line } from '../kinds/lines.ts';
import type { Rule } from '../rule.ts';
import type { TaxMode, TaxRounding } from './taxes.ts';
import { totalsOf, type Charge, type DeductedTax, type Part, type Totals } from './totals.ts';

/** A row of the grid of charges. */
interface ChargeRow {
  readonly name: string;
  readonly percent: string | null;
  readonly amount: string | null;
  readonly taxCode: string | null;
  readonly taxRate: string | null;
}

interface DeductedTaxRow {
  readonly code: string;
  readonly rate: string;
  readonly on: 'lines' | 'taxable' | null;
}

interface Order {
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly discountPercent: string | null;
  readonly discountAmount: string | null;
  readonly charges: readonly ChargeRow[] | null;
  readonly deductedTaxes: readonly DeductedTaxRow[] | null;
  readonly adjustment: string | null;
  readonly taxMode: TaxMode;
  readonly rounding: TaxRounding;
  readonly splitPayment: boolean;
}

/** The fields on which what an order is worth depends. */
export const pricedFields: readonly (keyof Order)[] = [
  'currency',
  'lines',
  'discountPercent',
  'discountAmount',
  'charges',
  'deductedTaxes',
  'adjustment',
  'taxMode',
  'rounding',
  'splitPayment',
];

const partOf = (percent: string | null, amount: string | null): Part =>
  percent === null ? { amount: amount ?? '0' } : { percent };

const chargeOf = ({ name, percent, amount, taxCode, taxRate }: ChargeRow): Charge => ({
  ...partOf(percent, amount),
  name,
  taxes: taxRate === null ? [] : [{ code: taxCode ?? taxRate, rate: taxRate }],
});

const deductedTaxOf = ({ code, rate, on }: DeductedTaxRow): DeductedTax => ({ code, rate, on: on ?? 'lines' });

const worthOf = ({ discountPercent, discountAmount, charges, deductedTaxes, ...order }: Order): Totals =>
  totalsOf({
    currency: order.currency,
    lines: order.lines,
    discount: discountPercent === null && discountAmount === null ? null : partOf(discountPercent, discountAmount),
    charges: (charges ?? []).map(chargeOf),
    deductedTaxes: (deductedTaxes ?? []).map(deductedTaxOf),
    adjustment: order.adjustment,
    taxMode: order.taxMode,
    rounding: order.rounding,
    splitPayment: order.splitPayment,
  });

/** Digits of rates in the summary of taxes. */
const rateDigits = 3;

/** Which field holds which of the totals that are amounts. */
const amounts = {
  subtotal: 'subtotal',
  discount: 'discount',
  chargesTotal: 'charges',
  taxable: 'taxable',
  tax: 'tax',
  total: 'total',
  deducted: 'deducted',
  toPay: 'toPay',
  marginAmount: 'margin',
} as const satisfies Record<string, keyof Totals>;

/** What an order is worth, whenever something changes on which that depends. */
export const orderTotals: Rule = {
  id: 'salesOrders.totals',
  when: pricedFields,
  run(step) {
    const order = step.record as unknown as Order;
    if (order.discountPercent !== null && order.discountAmount !== null) step.refuse('discountAmount', 'one-discount');
    const totals = worthOf(order);
    for (const [field, from] of Object.entries(amounts)) {
      const amount = totals[from];
      step.set(field, amount === null ? null : { amount, currency: order.currency });
    }
    const taxes = totals.taxes.map(({ rate, ...tax }) => ({ ...tax, rate: toScale(rate, rateDigits) }));
    step.set('taxSummary', taxes.length > 0 ? taxes : null);
    step.set('marginPercent', totals.marginPercent);
  },
};
