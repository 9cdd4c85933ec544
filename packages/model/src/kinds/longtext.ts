import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import type { TextOptions } from './text.ts';

const defaultMax = 100_000;

export const longtextKind: Kind<string, TextOptions, 'text'> = {
  name: 'longtext',
  domain: 'text',
  schema: ({ max = defaultMax }) => storableText(max, 1),
  parse: (text, { max = defaultMax }) => {
    const value = text.trim();
    if (value.length > max) return refused('too-long', { max });
    return parsed(value === '' ? null : value);
  },
  toText: (value) => value,
  format: (value) => value,
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: ({ max = defaultMax }) => ({ as: 'longtext', max }),
  random: (random) =>
    random.pick(['One line', 'First\nSecond', 'Perché no?\n\n– Certo!', 'a;b,"c"\n\td', '日本語 テキスト']),
};

/** Text of several lines; 100 000 characters unless `max` says otherwise. */
export const longtext = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(longtextKind, options);
