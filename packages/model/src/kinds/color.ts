import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import { once } from '../structured.ts';

export interface ColorOptions extends FieldOptions {
  readonly default?: string;
}

const pattern = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** `#ABC` → `#aabbcc`. */
const canonical = (text: string): string => {
  const digits = text.slice(1).toLowerCase();
  return digits.length === 3 ? `#${digits.replaceAll(/./g, '$&$&')}` : `#${digits}`;
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(z.string().check(z.regex(pattern, { error: 'color' })), z.transform(canonical)),
);

export const colorKind: Kind<string, ColorOptions, 'text'> = {
  name: 'color',
  domain: 'text',
  schema: () => schema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<string>(null);
    const typed = `#${text.trim().replace(/^#/, '')}`;
    return pattern.test(typed) ? parsed(canonical(typed)) : refused('color');
  },
  toText: (value) => value,
  format: (value) => value,
  key: (value) => value,
  storage: () => keyed('text', fold),
  control: () => ({ as: 'text', type: 'color' }),
  random: (random) => `#${random.integer(0, 0xffffff).toString(16).padStart(6, '0')}`,
};

/** A colour, `#rrggbb` in lower case. */
export const color = <const O extends ColorOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(colorKind, options);
