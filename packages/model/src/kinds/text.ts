import { isStorable, storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import {
  field,
  parsed,
  refused,
  type Field,
  type FieldOptions,
  type Kind,
  type Parsed,
  type PresenceOf,
} from '../kind.ts';
import type { Random } from '../random.ts';
import { keyed } from '../storage.ts';

export interface TextOptions extends FieldOptions {
  /** Characters at most; 255 unless told. */
  readonly max?: number;
}

const defaultMax = 255;

/** Text as it was typed, without the white space around it; blank is null. */
export const readText = (typed: string, max: number): Parsed<string> => {
  const value = typed.trim();
  if (value === '') return parsed<string>(null);
  if (value.length > max) return refused('too-long', { max });
  return isStorable(value) ? parsed(value) : refused('characters');
};

/** One of the samples that are not too long. */
export const pickFitting = (random: Random, samples: readonly string[], max: number): string =>
  random.pick(samples.filter((sample) => sample.length <= max));

export const textKind: Kind<string, TextOptions, 'text'> = {
  name: 'text',
  domain: 'text',
  schema: ({ max = defaultMax }) => storableText(max, 1),
  parse: (typed, { max = defaultMax }) => readText(typed, max),
  toText: (value) => value,
  format: (value) => value,
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: ({ max = defaultMax }) => ({ as: 'text', max }),
  random: (random, { max = defaultMax }) =>
    pickFitting(random, ['a', 'Ada', 'è così', 'Zürich', 'ΣΊΣΥΦΟΣ', 'straße', 'a "b"', '😀 emoji', 'x,y;z'], max),
};

/** One line of text. */
export const text = <const O extends TextOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(textKind, options);
