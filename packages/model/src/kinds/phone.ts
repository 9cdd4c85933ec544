import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { formatPhone } from '../format/phone.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import { hasPhoneDigits, readPhone } from '../reading/read-phone.ts';
import { keyed } from '../storage.ts';
import { checked, once } from '../structured.ts';

export interface PhoneOptions extends FieldOptions {
  readonly default?: string;
}

const maxLength = 64;

/** One text for a number and its extension, as RFC 3966 joins them. */
const canonical = (text: string, country: string | null): string => {
  const { value, extension } = readPhone(text, country);
  return extension === null ? value : `${value};ext=${extension}`;
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    storableText(maxLength, 1).check(z.refine(hasPhoneDigits, { error: 'phone' })),
    z.transform((text) => canonical(text, null)),
  ),
);

/** `tel:` says that what follows is no number of the reader's country. */
const parse = (text: string, country: string): Parsed<string> => {
  const typed = text.trim();
  if (typed === '') return parsed<string>(null);
  return checked(schema(), /^tel:/i.test(typed) ? typed.slice(4) : canonical(typed, country));
};

const plainCountry = 'IT';

export const phoneKind: Kind<string, PhoneOptions, 'text'> = {
  name: 'phone',
  domain: 'text',
  schema: () => schema(),
  parse: (text, _options, reading) => parse(text, reading.country),
  toText: (value) => (canonical(value, plainCountry) === value ? value : `tel:${value}`),
  format: (value) => formatPhone(value),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'text', type: 'tel', autocomplete: 'tel', max: maxLength }),
  random: (random) =>
    random.pick([
      '+390331123456',
      '+393331234567',
      '+442079460958',
      '+390331123456;ext=12',
      '+12125550123',
      '112',
      '03012345',
    ]),
};

/** One telephone number: E.164 where it can be read, else as it was typed. */
export const phone = <const O extends PhoneOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(phoneKind, options);
