import { currencyDigits } from '../currency.ts';
import {
  compareDecimals,
  divide,
  fromDecimal,
  multiply,
  round,
  subtract,
  toDecimal,
  type Decimal,
} from '../decimal.ts';
import type { Line, LineTax } from '../kinds/lines.ts';
import { spread } from './spread.ts';
import { fraction, sum, taxesOf, type Taxable, type TaxAmount, type TaxMode, type TaxRounding } from './taxes.ts';

/** Per cent of something, or an amount. */
export type Part = { readonly percent: string } | { readonly amount: string };

/** What of a line its worth depends on. */
export type TotalsLine = Pick<Line, 'quantity' | 'unitPrice'> &
  Partial<Pick<Line, 'discount' | 'taxes' | 'optional' | 'chosen' | 'cost'>>;

/** Shipping, a fund, a stamp: an amount, or per cent of the lines after all discounts. */
export type Charge = Part & { readonly name?: string; readonly taxes?: readonly LineTax[] };

/** A tax that the customer keeps back and pays for us. */
export interface DeductedTax {
  readonly code: string;
  /** Per cent. */
  readonly rate: string;
  /** What it is taken of: the lines without tax, unless the charges are to be counted as well. */
  readonly on?: 'lines' | 'taxable';
}

/** The worth of a quote, order, invoice or the like depends on nothing else. */
export interface TotalsDocument {
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly TotalsLine[];
  readonly discount?: Part | null;
  readonly charges?: readonly Charge[];
  readonly deductedTaxes?: readonly DeductedTax[];
  /** Added to the total at the end, untaxed; negative takes away. */
  readonly adjustment?: string | null;
  /** `exclusive` unless told. */
  readonly taxMode?: TaxMode;
  /** `document` unless told. */
  readonly rounding?: TaxRounding;
  /** The customer pays the tax to the state and not to us. */
  readonly splitPayment?: boolean;
}

/** Decimals with the currency's digits, as everywhere below. */
export interface LineTotals {
  /** False for an optional line that is not chosen: it shows its worth, and counts for nothing. */
  readonly counted: boolean;
  readonly gross: string;
  readonly discount: string;
  readonly net: string;
  /** Its share of the document's discount. */
  readonly documentDiscount: string;
  /** What it is worth without tax, after all discounts. */
  readonly base: string;
}

export interface ChargeTotals {
  /** As it is priced: with tax when prices include it. */
  readonly amount: string;
  /** What it is worth without tax. */
  readonly base: string;
}

export interface Totals {
  readonly currency: string;
  readonly lines: readonly LineTotals[];
  readonly chargeLines: readonly ChargeTotals[];
  /** The lines after their own discounts, as the prices are: with or without tax. So are `discount` and `charges`. */
  readonly subtotal: string;
  readonly discount: string;
  readonly charges: string;
  /** Lines and charges without tax. */
  readonly taxable: string;
  readonly taxes: readonly TaxAmount[];
  readonly tax: string;
  readonly adjustment: string;
  readonly total: string;
  readonly deductions: readonly TaxAmount[];
  readonly deducted: string;
  readonly toPay: string;
  /** Lines without tax less their costs; null when no cost is known. A line without a cost costs nothing. */
  readonly margin: string | null;
  /** Of the lines without tax, two digits. */
  readonly marginPercent: string | null;
}

/** A line on its own, whether it counts or not. */
interface Worth {
  readonly line: TotalsLine;
  readonly counted: boolean;
  readonly gross: Decimal;
  readonly discount: Decimal;
  readonly net: Decimal;
}

const nothing = (digits: number): Decimal => ({ units: 0n, scale: digits });

const partOf = (part: Part, of: Decimal, digits: number): Decimal =>
  round('percent' in part ? multiply(of, fraction(part.percent)) : toDecimal(part.amount), digits);

/** A discount takes no more than there is, except from a credit, which is below nothing already. */
const discountOf = (part: Part, of: Decimal, digits: number): Decimal => {
  const discount = partOf(part, of, digits);
  return of.units >= 0n && compareDecimals(discount, of) > 0 ? of : discount;
};

const product = (quantity: string, price: string, digits: number): Decimal =>
  round(multiply(toDecimal(quantity), toDecimal(price)), digits);

const worthOf = (line: TotalsLine, digits: number): Worth => {
  const gross = product(line.quantity, line.unitPrice, digits);
  const discount = lineDiscount(line, gross, digits);
  return { line, counted: !line.optional || line.chosen === true, gross, discount, net: subtract(gross, discount) };
};

const lineDiscount = ({ discount, quantity }: TotalsLine, gross: Decimal, digits: number): Decimal => {
  if (!discount) return nothing(digits);
  if ('price' in discount) return subtract(gross, product(quantity, discount.price, digits));
  return discountOf(discount, gross, digits);
};

/** The share of each line in the document's discount; nothing for lines that do not count. */
const sharesOf = (worths: readonly Worth[], discount: Decimal, digits: number): readonly Decimal[] => {
  const nets = worths.filter(({ counted }) => counted).map(({ net }) => fromDecimal(net));
  const shares = spread(fromDecimal(discount), nets, digits).values();
  return worths.map(({ counted }) => (counted ? toDecimal(shares.next().value!) : nothing(digits)));
};

const deductionsOf = (
  taxes: readonly DeductedTax[],
  bases: { readonly lines: Decimal; readonly taxable: Decimal },
  digits: number,
) =>
  taxes.map(({ code, rate, on = 'lines' }): TaxAmount => {
    const base = bases[on];
    return { code, rate, base: fromDecimal(base), amount: fromDecimal(round(multiply(base, fraction(rate)), digits)) };
  });

const marginOf = (
  worths: readonly Worth[],
  base: Decimal,
  digits: number,
): Pick<Totals, 'margin' | 'marginPercent'> => {
  const costs = worths.flatMap(({ line, counted }) =>
    counted && line.cost ? [product(line.quantity, line.cost, digits)] : [],
  );
  if (costs.length === 0) return { margin: null, marginPercent: null };
  const margin = subtract(base, sum(costs));
  const percent = base.units === 0n ? null : fromDecimal(divide(multiply(margin, toDecimal('100')), base, 2));
  return { margin: fromDecimal(margin), marginPercent: percent };
};

/** Lines, discounts and charges as they are priced, before a thought of taxes. */
const priced = (document: TotalsDocument, digits: number) => {
  const worths = document.lines.map((line) => worthOf(line, digits));
  const nets = worths.filter(({ counted }) => counted).map(({ net }) => net);
  const subtotal = round(sum(nets), digits);
  const discount = document.discount ? discountOf(document.discount, subtotal, digits) : nothing(digits);
  const discounted = subtract(subtotal, discount);
  const charges = (document.charges ?? []).map((charge) => partOf(charge, discounted, digits));
  return { worths, subtotal, discount, shares: sharesOf(worths, discount, digits), charges };
};

type Priced = ReturnType<typeof priced>;

/** Lines first, then charges; a line that does not count has neither worth nor taxes. */
const taxablesOf = (
  { charges = [] }: TotalsDocument,
  { worths, shares, ...rest }: Priced,
  digits: number,
): readonly Taxable[] => [
  ...worths.map(({ line, counted, net }, index) =>
    counted
      ? { amount: subtract(net, shares[index]!), taxes: line.taxes ?? [] }
      : { amount: nothing(digits), taxes: [] },
  ),
  ...charges.map(({ taxes = [] }, index) => ({ amount: rest.charges[index]!, taxes })),
];

const lineTotals = ({ worths, shares }: Priced, bases: readonly Decimal[]): readonly LineTotals[] =>
  worths.map(({ counted, gross, discount, net }, index) => ({
    counted,
    gross: fromDecimal(gross),
    discount: fromDecimal(discount),
    net: fromDecimal(net),
    documentDiscount: fromDecimal(shares[index]!),
    base: fromDecimal(bases[index]!),
  }));

const chargeTotals = ({ worths, charges }: Priced, bases: readonly Decimal[]): readonly ChargeTotals[] =>
  charges.map((amount, index) => ({ amount: fromDecimal(amount), base: fromDecimal(bases[worths.length + index]!) }));

const amountsOf = (taxes: readonly TaxAmount[]): Decimal => sum(taxes.map(({ amount }) => toDecimal(amount)));

/**
 * What a document is worth: lines, discounts, charges, taxes, sums. Exact decimals, rounded half away from zero to the
 * currency's digits, and only where a rounded amount is shown.
 *
 * The discount of the document is spread over the lines by the largest remainder, because they may bear different taxes.
 */
export const totalsOf = (document: TotalsDocument): Totals => {
  const { currency, taxMode = 'exclusive', rounding = 'document', splitPayment = false } = document;
  const digits = currencyDigits(currency);
  const write = (value: Decimal): string => fromDecimal(round(value, digits));
  const prices = priced(document, digits);
  const { bases, taxes } = taxesOf(taxablesOf(document, prices, digits), { mode: taxMode, rounding, digits });
  const ofLines = round(sum(bases.slice(0, document.lines.length)), digits);
  const taxable = round(sum(bases), digits);
  const tax = amountsOf(taxes);
  const adjustment = round(toDecimal(document.adjustment ?? '0'), digits);
  const total = sum([taxable, tax, adjustment]);
  const deductions = deductionsOf(document.deductedTaxes ?? [], { lines: ofLines, taxable }, digits);
  const deducted = amountsOf(deductions);
  return {
    currency,
    lines: lineTotals(prices, bases),
    chargeLines: chargeTotals(prices, bases),
    subtotal: write(prices.subtotal),
    discount: write(prices.discount),
    charges: write(sum(prices.charges)),
    taxable: write(taxable),
    taxes,
    tax: write(tax),
    adjustment: write(adjustment),
    total: write(total),
    deductions,
    deducted: write(deducted),
    toPay: write(subtract(splitPayment ? subtract(total, tax) : total, deducted)),
    ...marginOf(prices.worths, ofLines, digits),
  };
};
