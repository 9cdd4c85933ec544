import * as z from 'zod/mini';
import { formatNumber } from '../format/number.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readNumber } from '../numbers.ts';
import { plain } from '../storage.ts';

export interface IntegerOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  /** Shown after the number. */
  readonly unit?: string;
  readonly default?: number;
}

/** What four bytes hold. */
const small = 2 ** 31 - 1;

export const integerKind: Kind<number, IntegerOptions, 'number'> = {
  name: 'integer',
  domain: 'number',
  schema: ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }) =>
    z.number().check(
      z.refine(Number.isSafeInteger, { error: 'integer', abort: true }),
      z.minimum(min, { error: 'too-small' }),
      z.maximum(max, { error: 'too-big' }),
      // Minus zero is zero, on the wire as in the table
      z.overwrite((value) => value + 0),
    ),
  parse: (text, { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }, reading) => {
    if (text.trim() === '') return parsed<number>(null);
    const value = Number(readNumber(text, reading) ?? Number.NaN) + 0;
    if (!Number.isSafeInteger(value)) return refused('integer');
    if (value < min) return refused('too-small', { min });
    return value > max ? refused('too-big', { max }) : parsed(value);
  },
  toText: (value) => String(value),
  format: (value, { unit }, display) => formatNumber(value, display.locale, unit === undefined ? {} : { unit }),
  key: (value) => value,
  storage: ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }) => ({
    ...plain(max <= small && min >= -small ? 'integer' : 'bigint'),
    // Drivers give eight bytes as text
    read: ([cell]) => Number(cell),
  }),
  control: ({ min, max, unit }) => ({
    as: 'number',
    digits: 0,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(unit === undefined ? {} : { unit }),
  }),
  random: (random, { min, max }) => {
    const least = min ?? Math.min(-1_000_000, max ?? 0);
    return random.integer(least, max ?? Math.max(1_000_000_000, least));
  },
};

/** A whole number, exact up to 2^53. */
export const integer = <const O extends IntegerOptions>(options: O = {} as O): Field<number, PresenceOf<O>, 'number'> =>
  field(integerKind, options);
