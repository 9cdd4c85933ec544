import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { field, refused, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';
import { readText, type TextOptions } from './text.ts';

const defaultMax = 4096;

/** What people see of a secret that is set. */
export const secretMask = '••••';

export const secretKind: Kind<string, TextOptions, 'opaque'> = {
  name: 'secret',
  domain: 'opaque',
  schema: ({ max = defaultMax }) =>
    storableText(max, 1).check(z.refine((text) => text !== secretMask, { error: 'masked' })),
  // A form or an export that came back as it was shown would overwrite the secret
  parse: (typed, { max = defaultMax }) => (typed.trim() === secretMask ? refused('masked') : readText(typed, max)),
  toText: () => secretMask,
  format: () => secretMask,
  key: () => null,
  storage: () => plain('text'),
  control: ({ max = defaultMax }) => ({ as: 'text', type: 'password', autocomplete: 'off', max }),
  random: (random, { max = defaultMax }) => `s3cret-${random.integer(0, 1e9)}`.slice(0, max),
  secrets: { isIn: () => true, replaced: (value, _options, replace) => replace(value) },
};

/**
 * A password or key: given, and never shown again. No list, form, export or search shows it, and a server keeps a salted
 * hash apart from the record, which then has only a name for it; writing that name back leaves the secret as it is.
 */
export const secret = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'opaque'> =>
  field(secretKind, { sensitive: true, ...options });
