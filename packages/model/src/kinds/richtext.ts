import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { plainText } from '../format/plain-text.ts';
import { field, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import { pickFitting, readText, type TextOptions } from './text.ts';

const defaultMax = 200_000;

const key = (value: string): string => fold(plainText(value));

export const richtextKind: Kind<string, TextOptions, 'text'> = {
  name: 'richtext',
  domain: 'text',
  merge: 'merge-html',
  schema: ({ max = defaultMax }) => storableText(max, 1),
  parse: (typed, { max = defaultMax }) => readText(typed, max),
  toText: (value) => value,
  format: (value) => plainText(value),
  key,
  storage: () => keyed('text', key),
  control: ({ max = defaultMax }) => ({ as: 'richtext', max }),
  random: (random, { max = defaultMax }) =>
    pickFitting(
      random,
      [
        'a',
        '<p>Buongiorno</p>',
        '<p>a &amp; <b>b</b></p><ul><li>1</li></ul>',
        'plain',
        '<a href="https://x.test">x</a>',
      ],
      max,
    ),
};

/**
 * Text with formatting, as HTML. The model only measures it: the server cleans what it stores,
 * and whoever shows it cleans it again.
 */
export const richtext = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(richtextKind, options);
