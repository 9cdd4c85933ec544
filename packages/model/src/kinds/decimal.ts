import * as z from 'zod/mini';
import { compareDecimals, isDecimal, toDecimal, toScale } from '../decimal.ts';
import { formatNumber } from '../format/number.ts';
import {
  field,
  parsed,
  refused,
  type Control,
  type Field,
  type FieldOptions,
  type Kind,
  type Parsed,
  type PresenceOf,
} from '../kind.ts';
import { readNumber } from '../numbers.ts';
import type { Random } from '../random.ts';
import { plain } from '../storage.ts';

export interface DecimalOptions extends FieldOptions {
  /** After the point; 2 unless told. Values have exactly so many. */
  readonly digits?: number;
  /** Digits at most, before and after the point; 18 unless told. */
  readonly precision?: number;
  readonly min?: number;
  readonly max?: number;
  /** Shown after the number. */
  readonly unit?: string;
  readonly default?: string;
}

const maxLength = 64;

const beyond = (value: string, limit: number): number =>
  compareDecimals(toDecimal(value), toDecimal(toScale(limit.toFixed(8), 8)));

/** The value at its scale, or why not. */
export const readDecimal = (text: string, options: DecimalOptions): Parsed<string> => {
  const { digits = 2, precision = 18, min, max } = options;
  if (text.length > maxLength || !isDecimal(text)) return refused('number');
  const value = toScale(text, digits);
  if (value.replaceAll(/\D/g, '').replace(/^0+/, '').length > precision) return refused('too-long', { max: precision });
  if (min !== undefined && beyond(value, min) < 0) return refused('too-small', { min });
  return max !== undefined && beyond(value, max) > 0 ? refused('too-big', { max }) : parsed(value);
};

/** Canonical decimal strings under the given options. */
export const decimalSchema = (options: DecimalOptions): z.ZodMiniType<string> =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const read = readDecimal(text, options);
      if (read.ok && read.value !== null) return read.value;
      context.issues.push({ code: 'custom', message: read.ok ? 'number' : read.code, input: text });
      return z.NEVER;
    }),
  );

export const decimalControl = ({ digits = 2, min, max, unit }: DecimalOptions): Control => ({
  as: 'number',
  digits,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(unit === undefined ? {} : { unit }),
});

export const randomDecimal = (random: Random, { digits = 2, precision = 18, min, max }: DecimalOptions): string => {
  const room = Math.min(999_999, 10 ** (precision - digits) - 1);
  const least = min ?? Math.min(-Math.min(9999, room), max ?? 0);
  const most = max ?? Math.max(room, least);
  const whole = random.integer(Math.ceil(least), Math.floor(most));
  const places = Math.min(digits, 6);
  const fraction = whole >= 0 && whole < most ? random.integer(0, 10 ** places - 1) : 0;
  return toScale(`${whole}.${String(fraction).padStart(places, '0')}`, digits);
};

export const decimalKind: Kind<string, DecimalOptions, 'decimal'> = {
  name: 'decimal',
  domain: 'decimal',
  schema: decimalSchema,
  parse: (text, options, reading) => {
    if (text.trim() === '') return parsed<string>(null);
    const number = readNumber(text, reading);
    return number === null ? refused('number') : readDecimal(number, options);
  },
  toText: (value) => value,
  format: (value, { digits = 2, unit }, display) =>
    formatNumber(value, display.locale, unit === undefined ? { digits } : { digits, unit }),
  key: (value) => value,
  storage: ({ digits = 2 }) => ({ ...plain('decimal'), read: ([cell]) => toScale(String(cell), digits) }),
  control: decimalControl,
  random: randomDecimal,
};

/** An exact number with digits after the point, as a string such as `12.50`. */
export const decimal = <const O extends DecimalOptions>(
  options: O = {} as O,
): Field<string, PresenceOf<O>, 'decimal'> => field(decimalKind, options);
