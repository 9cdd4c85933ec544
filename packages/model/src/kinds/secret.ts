import { storableText } from '../characters.ts';
import { field, refused, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';
import { readText, type TextOptions } from './text.ts';

const defaultMax = 4096;

const mask = '••••';

export const secretKind: Kind<string, TextOptions, 'opaque'> = {
  name: 'secret',
  domain: 'opaque',
  schema: ({ max = defaultMax }) => storableText(max, 1),
  // A form or an export that came back as it was shown would overwrite the secret
  parse: (typed, { max = defaultMax }) => (typed.trim() === mask ? refused('masked') : readText(typed, max)),
  toText: () => mask,
  format: () => mask,
  key: () => null,
  storage: () => plain('text'),
  control: ({ max = defaultMax }) => ({ as: 'text', type: 'password', autocomplete: 'off', max }),
  random: (random, { max = defaultMax }) => `s3cret-${random.integer(0, 1e9)}`.slice(0, max),
};

/** A password or key: no list, form, export or search ever shows it. Only a token that may read its field gets it. */
export const secret = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'opaque'> =>
  field(secretKind, { sensitive: true, ...options });
