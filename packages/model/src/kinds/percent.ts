import { formatPercent } from '../format/number.ts';
import { field, parsed, refused, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { readNumber } from '../numbers.ts';
import {
  decimalControl,
  decimalKind,
  decimalSchema,
  randomDecimal,
  readDecimal,
  type DecimalOptions,
} from './decimal.ts';

export type PercentOptions = Omit<DecimalOptions, 'unit'>;

const limited = (options: PercentOptions): DecimalOptions => ({ min: 0, max: 100, ...options });

export const percentKind: Kind<string, PercentOptions, 'decimal'> = {
  name: 'percent',
  domain: 'decimal',
  schema: (options) => decimalSchema(limited(options)),
  parse: (text, options, reading) => {
    if (text.trim() === '') return parsed<string>(null);
    const number = readNumber(text.replace(/%\s*$/, ''), reading);
    return number === null ? refused('number') : readDecimal(number, limited(options));
  },
  toText: (value) => value,
  format: (value, { digits = 2 }, display) => formatPercent(value, display.locale, digits),
  key: (value) => value,
  storage: (options) => decimalKind.storage(options),
  control: (options) => decimalControl({ ...limited(options), unit: '%' }),
  random: (random, options) => randomDecimal(random, limited(options)),
};

/** Per cent, 0 to 100 unless told, as a decimal string: `12.50` is twelve and a half per cent. */
export const percent = <const O extends PercentOptions>(
  options: O = {} as O,
): Field<string, PresenceOf<O>, 'decimal'> => field(percentKind, options);
