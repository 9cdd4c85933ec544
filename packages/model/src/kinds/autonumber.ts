import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, type Field, type FieldOptions, type Kind } from '../kind.ts';
import { keyed } from '../storage.ts';
import { readText } from './text.ts';

export interface AutonumberOptions extends FieldOptions {
  /** What every number of the series begins with. */
  readonly prefix?: string;
}

const maxLength = 64;

export const autonumberKind: Kind<string, AutonumberOptions, 'text'> = {
  name: 'autonumber',
  domain: 'text',
  schema: () => storableText(maxLength, 1),
  parse: (typed) => readText(typed, maxLength),
  toText: (value) => value,
  format: (value) => value,
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'none' }),
  random: (random, { prefix = '' }) => `${prefix}${random.integer(1, 999_999)}`,
};

/** The next number of a series, given by the house: `QUO-2026-00042`. */
export const autonumber = <const O extends AutonumberOptions>(
  options: O = {} as O,
): Field<string, 'computed', 'text'> => field(autonumberKind, { unique: true, ...options, readonly: true } as const);
