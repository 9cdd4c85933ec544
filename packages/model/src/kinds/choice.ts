import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import {
  field,
  parsed,
  refused,
  type Field,
  type FieldOptions,
  type Kind,
  type PresenceOf,
  type Reading,
} from '../kind.ts';
import { plain } from '../storage.ts';

/** The tint of an option's chip; every chip also carries its text. */
export type Tone = 'neutral' | 'accent' | 'info' | 'ok' | 'warn' | 'bad';

export interface ChoiceOptions<K extends string = string> extends FieldOptions {
  /** The keys, in their order of meaning: sorting by the field follows it. */
  readonly options: readonly K[];
  readonly tones?: { readonly [Option in K]?: Tone };
  readonly default?: K;
}

/** Finds the option that a text names: by its key, or by its label in the reader's language. */
export const findOption = (text: string, options: readonly string[], reading: Reading): string | undefined => {
  const wanted = fold(text.trim());
  const spaced = (option: string): string => fold(option.replaceAll(/[_-]/g, ' '));
  return options.find(
    (option) =>
      fold(option) === wanted ||
      spaced(option) === wanted ||
      (reading.optionLabel && fold(reading.optionLabel(option)) === wanted),
  );
};

export const choiceKind: Kind<string, ChoiceOptions, 'choice'> = {
  name: 'choice',
  domain: 'choice',
  schema: ({ options }) => z.enum(options as [string, ...string[]], { error: 'option' }),
  parse: (text, { options }, reading) => {
    if (text.trim() === '') return parsed(null);
    const found = findOption(text, options, reading);
    return found === undefined ? refused('option', { options }) : parsed(found);
  },
  toText: (value) => value,
  format: (value, _options, display) => display.optionLabel?.(value) ?? value,
  key: (value) => value,
  rank: ({ options }) => options,
  storage: () => plain('text'),
  control: ({ options }) => ({ as: 'choice', options }),
  random: (random, { options }) => random.pick(options),
};

/** One of a list of options. */
export const choice = <const K extends string, const O extends Omit<ChoiceOptions<K>, 'options'>>(
  options: readonly K[],
  rest: O = {} as O,
): Field<K, PresenceOf<O>, 'choice'> => field(choiceKind, { ...rest, options }) as Field<K, PresenceOf<O>, 'choice'>;
