import { add, divide, fromDecimal, multiply, round, subtract, toDecimal, type Decimal } from '../decimal.ts';
import type { LineTax } from '../kinds/lines.ts';
import { plainJson } from '../plain-json.ts';
import { largestRemainder, spread } from './spread.ts';

/** Whether prices are before tax, or what the customer pays. */
export type TaxMode = 'exclusive' | 'inclusive';

/** Whether tax is rounded once for the document or for each of its lines. */
export type TaxRounding = 'document' | 'line';

export interface TaxRules {
  readonly mode: TaxMode;
  readonly rounding: TaxRounding;
  /** Digits after the point of the currency. */
  readonly digits: number;
}

/** Something that is taxed: a line after all discounts, or a charge. */
export interface Taxable {
  /** With the currency's digits; tax is within it when prices include tax. */
  readonly amount: Decimal;
  readonly taxes: readonly LineTax[];
}

/** What is due of one tax. Decimals with the currency's digits. */
export interface TaxAmount {
  readonly code: string;
  /** Per cent, without zeros at the end. */
  readonly rate: string;
  /** What it is due on; includes other taxes where it is due on these too. */
  readonly base: string;
  readonly amount: string;
}

export interface Taxation {
  /** What each of the taxables is worth without tax, in their order. */
  readonly bases: readonly Decimal[];
  /** One per code and rate, in order of appearance. */
  readonly taxes: readonly TaxAmount[];
}

/** One tax of a taxable, as exact factors of its amount without tax. */
interface Levy {
  readonly tax: LineTax;
  /** What it is due on: 1, more where it is due on other taxes. */
  readonly base: Decimal;
  /** `base` times the rate. */
  readonly due: Decimal;
}

/** What one taxable, or several together, owe of one tax. */
interface Due {
  readonly tax: LineTax;
  readonly base: Decimal;
  readonly amount: Decimal;
}

const one: Decimal = { units: 1n, scale: 0 };
const zero: Decimal = { units: 0n, scale: 0 };

export const sum = (values: readonly Decimal[]): Decimal => values.reduce(add, zero);

/** A rate in per cent as a factor. */
export const fraction = (percent: string): Decimal => {
  const { units, scale } = toDecimal(percent);
  return { units, scale: scale + 2 };
};

/** `22.00` and `22` are one rate. */
const tidyRate = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate);

/** In the order of the line, in which no tax is due on a later one. */
const leviesOf = (taxes: readonly LineTax[]): readonly Levy[] =>
  taxes.reduce<readonly Levy[]>((levies, tax) => {
    const compounded = levies.filter((levy) => tax.compoundOn?.includes(levy.tax.code)).map((levy) => levy.due);
    const base = add(one, sum(compounded));
    return [...levies, { tax, base, due: multiply(base, fraction(tax.rate)) }];
  }, []);

/** Sums up by code and rate. What is not rounded before is rounded here. */
const sumUp = (dues: readonly Due[], digits: number): readonly TaxAmount[] => {
  const groups = Map.groupBy(dues, ({ tax }) => `${tax.code}\n${tidyRate(tax.rate)}`);
  const total = (values: readonly Decimal[]): string => fromDecimal(round(sum(values), digits));
  return Array.from(groups.values(), (group) => ({
    code: group[0]!.tax.code,
    rate: tidyRate(group[0]!.tax.rate),
    base: total(group.map((due) => due.base)),
    amount: total(group.map((due) => due.amount)),
  }));
};

const exclusive = (taxables: readonly Taxable[], { rounding, digits }: TaxRules): Taxation => {
  const dues = taxables.flatMap(({ amount, taxes }) =>
    leviesOf(taxes).map(({ tax, base, due }): Due => {
      const exact = multiply(amount, due);
      return { tax, base: multiply(amount, base), amount: rounding === 'line' ? round(exact, digits) : exact };
    }),
  );
  return { bases: taxables.map((taxable) => taxable.amount), taxes: sumUp(dues, digits) };
};

/** Those that bear the same taxes, by their places; each alone when every line is rounded. */
const bundled = (taxables: readonly Taxable[], rounding: TaxRounding): readonly (readonly number[])[] => {
  const name = ({ taxes }: Taxable): string =>
    plainJson(taxes.map(({ code, rate, compoundOn = [] }) => [code, tidyRate(rate), compoundOn]));
  const places = taxables.map((_, index) => index);
  return rounding === 'line'
    ? places.map((place) => [place])
    : [...Map.groupBy(places, (place) => name(taxables[place]!)).values()];
};

/** Takes tax out of amounts that bear the same taxes. Tax is what is left: net and tax always add up to the amounts. */
const takeOut = (amounts: readonly Decimal[], taxes: readonly LineTax[], digits: number) => {
  const levies = leviesOf(taxes);
  const factor = add(one, sum(levies.map((levy) => levy.due)));
  const gross = round(sum(amounts), digits);
  const net = divide(gross, factor, digits);
  const parts = amounts.map((amount) => round(amount, digits).units * 10n ** BigInt(factor.scale));
  const weights = levies.map((levy) => fromDecimal(levy.due));
  const shares = spread(fromDecimal(subtract(gross, net)), weights, digits);
  return {
    bases: largestRemainder(net.units, parts, factor.units).map((units): Decimal => ({ units, scale: digits })),
    dues: levies.map(({ tax, base }, index): Due => ({
      tax,
      base: multiply(net, base),
      amount: toDecimal(shares[index]!),
    })),
  };
};

/**
 * Prices that include tax: it is taken out once for all that bear the same taxes, since taking it out of each line, or
 * out of the unit price, gives other sums than the customer was shown.
 */
const inclusive = (taxables: readonly Taxable[], { rounding, digits }: TaxRules): Taxation => {
  const bases: Decimal[] = [];
  const dues: Due[] = [];
  for (const places of bundled(taxables, rounding)) {
    const amounts = places.map((place) => taxables[place]!.amount);
    const taken = takeOut(amounts, taxables[places[0]!]!.taxes, digits);
    for (const [index, place] of places.entries()) bases[place] = taken.bases[index]!;
    dues.push(...taken.dues);
  }
  return { bases, taxes: sumUp(dues, digits) };
};

/** The taxes due on the lines and charges of a document, by code and rate. */
export const taxesOf = (taxables: readonly Taxable[], rules: TaxRules): Taxation =>
  rules.mode === 'inclusive' ? inclusive(taxables, rules) : exclusive(taxables, rules);
