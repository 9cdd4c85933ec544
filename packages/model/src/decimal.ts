/**
 * Exact decimal arithmetic on strings such as `-12.50`, because 0.1 + 0.2 must be 0.3.
 *
 * A decimal is held as an integer of units and a scale: `12.50` is 1250 at scale 2.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const pattern = /^-?\d+(\.\d+)?$/;

export const isDecimal = (text: string): boolean => pattern.test(text);

/** @throws {RangeError} When `text` is no plain decimal. */
export const toDecimal = (text: string): Decimal => {
  if (!pattern.test(text)) throw new RangeError(`"${text}" is no decimal number`);
  const point = text.indexOf('.');
  return point < 0
    ? { units: BigInt(text), scale: 0 }
    : { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
};

const power = (scale: number): bigint => 10n ** BigInt(scale);

const rescale = ({ units, scale }: Decimal, to: number): bigint => units * power(to - scale);

/** Halves go away from zero, the commercial way: 1.005 → 1.01, −1.005 → −1.01. */
const divideRounded = (units: bigint, by: bigint): bigint => {
  const half = (by < 0n ? -by : by) / 2n;
  const sign = units < 0n !== by < 0n ? -1n : 1n;
  const magnitude = ((units < 0n ? -units : units) + half) / (by < 0n ? -by : by);
  return sign * magnitude;
};

export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale) + rescale(b, scale), scale };
};

export const negate = (a: Decimal): Decimal => ({ units: -a.units, scale: a.scale });

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });

/**
 * @param scale - Digits after the point of the quotient.
 * @throws {RangeError} When `b` is zero.
 */
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  if (b.units === 0n) throw new RangeError('division by zero');
  const shift = scale + b.scale - a.scale;
  return shift >= 0
    ? { units: divideRounded(a.units * power(shift), b.units), scale }
    : { units: divideRounded(a.units, b.units * power(-shift)), scale };
};

/** @param scale - Digits after the point; halves away from zero. */
export const round = (a: Decimal, scale: number): Decimal =>
  a.scale <= scale
    ? { units: rescale(a, scale), scale }
    : { units: divideRounded(a.units, power(a.scale - scale)), scale };

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`; the scale does not count. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const left = rescale(a, scale);
  const right = rescale(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
};

export const fromDecimal = ({ units, scale }: Decimal): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

/** The same number with exactly `scale` digits after the point, halves away from zero. */
export const toScale = (text: string, scale: number): string => fromDecimal(round(toDecimal(text), scale));
