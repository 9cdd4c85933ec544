import { formatDuration } from '../format/duration.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readDuration } from '../reading/read-duration.ts';
import { plain } from '../storage.ts';
import { integerKind } from './integer.ts';

export interface DurationOptions extends FieldOptions {
  /** Seconds; 0 unless told. */
  readonly min?: number;
  /** Seconds; 68 years unless told. */
  readonly max?: number;
  readonly default?: number;
}

const limited = ({ min = 0, max = 2 ** 31 - 1 }: DurationOptions) => ({ min, max });

/** ISO 8601: `PT1H30M`. */
const toText = (duration: number): string => {
  const seconds = Math.abs(duration);
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  return `${duration < 0 ? '-' : ''}PT${text || '0S'}`;
};

export const durationKind: Kind<number, DurationOptions, 'number'> = {
  name: 'duration',
  domain: 'number',
  schema: (options) => integerKind.schema(limited(options)),
  parse: (text, options) => {
    if (text.trim() === '') return parsed<number>(null);
    const seconds = readDuration(text);
    const { min, max } = limited(options);
    if (seconds === null) return refused('duration');
    if (seconds < min) return refused('too-small', { min });
    return seconds > max ? refused('too-big', { max }) : parsed(seconds);
  },
  toText,
  format: (value, _options, display) => formatDuration(value, display.locale),
  key: (value) => value,
  storage: () => plain('integer'),
  control: () => ({ as: 'text', max: 40 }),
  random: (random, options) => {
    const { min, max } = limited(options);
    return Math.max(min, Math.min(max, random.pick([0, 90, 5400, 86_400, random.integer(0, 1_000_000)])));
  },
};

/** A length of time in whole seconds. */
export const duration = <const O extends DurationOptions>(
  options: O = {} as O,
): Field<number, PresenceOf<O>, 'number'> => field(durationKind, options);
