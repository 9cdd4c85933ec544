import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { shortAddress, webAddress } from '../reading/web-address.ts';
import { keyed } from '../storage.ts';
import { once } from '../structured.ts';

export interface UrlOptions extends FieldOptions {
  readonly default?: string;
}

const maxLength = 2048;

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    storableText(maxLength, 1),
    z.transform((text, context) => {
      const address = webAddress(text);
      if ('href' in address && address.href.length <= maxLength) return address.href;
      const message = 'code' in address ? address.code : 'too-long';
      context.issues.push({ code: 'custom', message, input: text });
      return z.NEVER;
    }),
  ),
);

export const urlKind: Kind<string, UrlOptions, 'text'> = {
  name: 'url',
  domain: 'text',
  schema: () => schema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<string>(null);
    const address = webAddress(text);
    if ('code' in address) return refused(address.code);
    return address.href.length > maxLength ? refused('too-long', { max: maxLength }) : parsed(address.href);
  },
  toText: (value) => value,
  format: (value) => shortAddress(value),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'text', type: 'url', autocomplete: 'url', max: maxLength }),
  random: (random) =>
    random.pick([
      'https://rossi.it/',
      'http://www.example.com/a?b=c#d',
      'mailto:info@rossi.it',
      'tel:+390331123456',
      'https://xn--bcher-kva.example/%C3%A8',
    ]),
};

/** The address of a page, mailbox or telephone. Scripts and files are refused. */
export const url = <const O extends UrlOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(urlKind, options);
