import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { emailAddress } from '../reading/email-address.ts';
import { keyed } from '../storage.ts';
import { once } from '../structured.ts';

export interface EmailOptions extends FieldOptions {
  readonly default?: string;
}

const maxLength = 254;

/** One address, brought to its canonical form. */
export const emailSchema = /* @__PURE__ */ once(() =>
  z.pipe(
    storableText(maxLength, 1),
    z.transform((text, { issues }) => {
      const address = emailAddress(text);
      if (address === null) issues.push({ code: 'custom', input: text, message: 'email' });
      return address ?? text;
    }),
  ),
);

export const emailKind: Kind<string, EmailOptions, 'text'> = {
  name: 'email',
  domain: 'text',
  schema: () => emailSchema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<string>(null);
    const address = emailAddress(text);
    return address === null || !emailSchema().safeParse(address).success ? refused('email') : parsed(address);
  },
  toText: (value) => value,
  format: (value) => value,
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'text', type: 'email', autocomplete: 'email', max: maxLength }),
  random: (random) =>
    `${random.pick(['Mario.Rossi', 'info', "o'hara+crm", 'niccolò', 'a'])}@${random.pick(['rossi.it', 'example.com', 'xn--bcher-kva.example'])}`,
};

/** One e-mail address. */
export const email = <const O extends EmailOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(emailKind, options);
