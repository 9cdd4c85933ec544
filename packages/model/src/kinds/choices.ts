import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { listed } from '../storage.ts';
import { splitList } from '../tidy.ts';
import { findOption, type Tone } from './choice.ts';

export interface ChoicesOptions<K extends string = string> extends FieldOptions {
  /** The keys, in their order of meaning: values keep it. */
  readonly options: readonly K[];
  readonly tones?: { readonly [Option in K]?: Tone };
  readonly default?: readonly K[];
}

const ordered = (chosen: readonly string[], options: readonly string[]): readonly string[] =>
  options.filter((option) => chosen.includes(option));

const keys = (value: readonly string[]): readonly string[] => value.map(fold);

export const choicesKind: Kind<readonly string[], ChoicesOptions, 'list'> = {
  name: 'choices',
  domain: 'list',
  merge: 'set',
  schema: ({ options }) =>
    z.pipe(
      z
        .array(z.enum(options as [string, ...string[]], { error: 'option' }))
        .check(z.minLength(1, { error: 'blank' }), z.maxLength(1000, { error: 'too-many' })),
      z.transform((chosen) => ordered(chosen, options)),
    ),
  parse: (text, { options }, reading) => {
    const names = splitList(text);
    if (names.length === 0) return parsed<readonly string[]>(null);
    const found = names.map((name) => findOption(name, options, reading));
    return found.includes(undefined) ? refused('option', { options }) : parsed(ordered(found as string[], options));
  },
  toText: (value) => value.join(', '),
  format: (value, _options, display) => value.map((option) => display.optionLabel?.(option) ?? option).join(', '),
  key: keys,
  storage: () => listed(keys),
  control: ({ options }) => ({ as: 'choices', options }),
  random: (random, { options }) => {
    const chosen = options.filter(() => random.chance(0.4));
    return chosen.length > 0 ? chosen : [random.pick(options)];
  },
};

/** Several of a list of options, in the order of that list; none at all is null. */
export const choices = <const K extends string, const O extends Omit<ChoicesOptions<K>, 'options'>>(
  options: readonly K[],
  rest: O = {} as O,
): Field<readonly K[], PresenceOf<O>, 'list'> =>
  field(choicesKind, { ...rest, options }) as Field<readonly K[], PresenceOf<O>, 'list'>;
