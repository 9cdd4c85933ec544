import * as z from 'zod/mini';
import { currencies } from '../codes/currencies.ts';
import { fold } from '../fold.ts';
import { codeNamed, displayName } from '../format/display-names.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';

export interface CurrencyOptions extends FieldOptions {
  readonly default?: string;
}

const isCurrent = (code: string): boolean => currencies.includes(code);

export const currencyKind: Kind<string, CurrencyOptions, 'text'> = {
  name: 'currency',
  domain: 'text',
  schema: () => z.string().check(z.refine(isCurrent, { error: 'currency' })),
  parse: (text) => {
    const typed = text.trim();
    if (typed === '') return parsed<string>(null);
    const code = isCurrent(typed.toUpperCase()) ? typed.toUpperCase() : codeNamed(typed, 'currency', currencies);
    return code === undefined ? refused('currency') : parsed(code);
  },
  toText: (value) => value,
  format: (value, _options, display) => displayName(value, 'currency', display.locale),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'choice', options: currencies }),
  random: (random) => random.pick(currencies),
};

/** A currency in use, by its code of three letters. */
export const currency = <const O extends CurrencyOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(currencyKind, options);
