import * as z from 'zod/mini';
import { countries } from '../codes/countries.ts';
import { fold } from '../fold.ts';
import { codeNamed, displayName } from '../format/display-names.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';

export interface CountryOptions extends FieldOptions {
  readonly default?: string;
}

const isCountry = (code: string): boolean => countries.includes(code);

export const countryKind: Kind<string, CountryOptions, 'text'> = {
  name: 'country',
  domain: 'text',
  schema: () => z.string().check(z.refine(isCountry, { error: 'country' })),
  parse: (text) => {
    const typed = text.trim();
    if (typed === '') return parsed<string>(null);
    const code = isCountry(typed.toUpperCase()) ? typed.toUpperCase() : codeNamed(typed, 'region', countries);
    return code === undefined ? refused('country') : parsed(code);
  },
  toText: (value) => value,
  format: (value, _options, display) => displayName(value, 'region', display.locale),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'choice', options: countries }),
  random: (random) => random.pick(countries),
};

/** A country by its code of two letters. */
export const country = <const O extends CountryOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(countryKind, options);
