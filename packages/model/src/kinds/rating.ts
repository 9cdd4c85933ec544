import { field, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';
import { integerKind } from './integer.ts';

export interface RatingOptions extends FieldOptions {
  /** How many stars there are; 5 unless told. */
  readonly max?: number;
  readonly default?: number;
}

const stars = ({ max = 5 }: RatingOptions) => ({ min: 1, max });

export const ratingKind: Kind<number, RatingOptions, 'number'> = {
  name: 'rating',
  domain: 'number',
  schema: (options) => integerKind.schema(stars(options)),
  parse: (text, options, reading) => integerKind.parse(text.replace(/\/\s*\d+\s*$/, ''), stars(options), reading),
  toText: (value) => String(value),
  format: (value, options) => `${value}/${stars(options).max}`,
  key: (value) => value,
  storage: () => plain('integer'),
  control: (options) => ({ as: 'rating', max: stars(options).max }),
  random: (random, options) => random.integer(1, stars(options).max),
};

/** Stars, from one to `max`; none is null. */
export const rating = <const O extends RatingOptions>(options: O = {} as O): Field<number, PresenceOf<O>, 'number'> =>
  field(ratingKind, options);
