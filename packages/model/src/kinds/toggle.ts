import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import { formatToggle } from '../format/toggle.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';

export interface ToggleOptions extends FieldOptions {
  readonly default?: boolean;
}

/** Folded. */
const affirmative = ['true', 'yes', 'y', 'si', 's', 'vero', 'oui', 'ja', 'on', 'x', '1'];
const negative = ['false', 'no', 'n', 'falso', 'non', 'nein', 'off', '0'];

export const toggleKind: Kind<boolean, ToggleOptions, 'boolean'> = {
  name: 'toggle',
  domain: 'boolean',
  schema: () => z.boolean(),
  parse: (text) => {
    const word = fold(text.trim());
    if (word === '') return parsed<boolean>(null);
    if (affirmative.includes(word)) return parsed(true);
    return negative.includes(word) ? parsed(false) : refused('toggle');
  },
  toText: (value) => String(value),
  format: (value, _options, display) => formatToggle(value, display.locale),
  key: (value) => value,
  storage: () => plain('boolean'),
  control: () => ({ as: 'toggle' }),
  random: (random) => random.chance(0.5),
};

/** Yes or no; null is unknown, so give most of them a default. */
export const toggle = <const O extends ToggleOptions>(options: O = {} as O): Field<boolean, PresenceOf<O>, 'boolean'> =>
  field(toggleKind, options);
