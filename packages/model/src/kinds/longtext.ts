import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import { pickFitting, readText, type TextOptions } from './text.ts';

const defaultMax = 100_000;

export const longtextKind: Kind<string, TextOptions, 'text'> = {
  name: 'longtext',
  domain: 'text',
  merge: 'merge-text',
  schema: ({ max = defaultMax }) => storableText(max, 1),
  parse: (typed, { max = defaultMax }) => readText(typed, max),
  toText: (value) => value,
  format: (value) => value,
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: ({ max = defaultMax }) => ({ as: 'longtext', max }),
  random: (random, { max = defaultMax }) =>
    pickFitting(
      random,
      ['a', 'One line', 'First\nSecond', 'Perché no?\n\n– Certo!', 'a;b,"c"\n\td', '日本語 テキスト'],
      max,
    ),
};

/** Text of several lines; 100 000 characters unless `max` says otherwise. */
export const longtext = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(longtextKind, options);
