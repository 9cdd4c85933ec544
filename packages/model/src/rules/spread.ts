import { add, divide, fromDecimal, multiply, round, subtract, toDecimal, type Decimal } from '../decimal.ts';

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Rounds towards minus infinity, so that what is left over is never negative. */
const floorDivide = (value: bigint, by: bigint): bigint => (value >= 0n ? value / by : -((-value + by - 1n) / by));

/**
 * Whole units as near as possible to exact parts, by the method of the largest remainder: every part is rounded down,
 * and the units missing from the sum go to the largest remainders, among equals to the earlier.
 *
 * @param sum - What the result adds up to; the sum of the exact parts, or that sum rounded.
 * @param numerators - The exact parts, times `denominator`.
 * @param denominator - Greater than zero.
 */
export const largestRemainder = (
  sum: bigint,
  numerators: readonly bigint[],
  denominator: bigint,
): readonly bigint[] => {
  if (sum < 0n)
    return largestRemainder(
      -sum,
      numerators.map((part) => -part),
      denominator,
    ).map((part) => -part);
  const parts = numerators.map((numerator) => floorDivide(numerator, denominator));
  const remainder = (index: number): bigint => numerators[index]! - parts[index]! * denominator;
  const byRemainder = parts
    .map((_, index) => index)
    .toSorted((a, b) => (remainder(a) === remainder(b) ? a - b : remainder(a) > remainder(b) ? -1 : 1));
  const missing = Number(sum - parts.reduce((total, part) => total + part, 0n));
  for (const index of byRemainder.slice(0, missing)) parts[index]! += 1n;
  return parts;
};

/** Weights as integers of one scale. Where they cancel out their size counts, where all are zero each counts the same. */
const balanced = (weights: readonly Decimal[]): { readonly units: readonly bigint[]; readonly total: bigint } => {
  const scale = Math.max(0, ...weights.map((weight) => weight.scale));
  const signed = weights.map((weight) => round(weight, scale).units);
  for (const units of [signed, signed.map(magnitude), signed.map(() => 1n)]) {
    const total = units.reduce((sum, unit) => sum + unit, 0n);
    if (total !== 0n) return { units, total };
  }
  return { units: [], total: 1n };
};

/**
 * Splits an amount in proportion to weights, to the cent, so that the shares always add up to the amount:
 * 10.00 over three equal weights is 3.34, 3.33, 3.33 and −10.00 is −3.34, −3.33, −3.33.
 *
 * @param amount - Decimal; rounded to `digits` first.
 * @param weights - Decimals, also negative ones. Without any there are no shares.
 * @param digits - Digits after the point, those of the currency.
 */
export const spread = (amount: string, weights: readonly string[], digits: number): readonly string[] => {
  const { units: sum } = round(toDecimal(amount), digits);
  const { units, total } = balanced(weights.map(toDecimal));
  const sign = total < 0n ? -1n : 1n;
  const numerators = units.map((unit) => sum * unit * sign);
  return largestRemainder(sum, numerators, magnitude(total)).map((part) => fromDecimal({ units: part, scale: digits }));
};

/** One part of a quantity that is invoiced in several parts. */
export interface QuantityPart {
  /** The whole quantity; not zero. */
  readonly of: string;
  /** How much of it was invoiced before. */
  readonly before: string;
  /** How much of it is invoiced now. */
  readonly now: string;
}

/**
 * What one part of a whole costs when it is invoiced in parts. Rounds the running total and not the part,
 * so that the parts add up to the whole: 100.00 in thirds is 33.33, 33.34, 33.33.
 *
 * @param total - The amount of the whole quantity.
 */
export const cumulativePart = (total: string, { of, before, now }: QuantityPart, digits: number): string => {
  const upTo = (quantity: Decimal): Decimal => divide(multiply(toDecimal(total), quantity), toDecimal(of), digits);
  const done = toDecimal(before);
  return fromDecimal(subtract(upTo(add(done, toDecimal(now))), upTo(done)));
};
