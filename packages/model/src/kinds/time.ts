import * as z from 'zod/mini';
import { clockTime } from '../calendar.ts';
import { formatTime } from '../format/date.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readTime } from '../reading/read-date.ts';
import { once } from '../structured.ts';

export interface TimeOptions extends FieldOptions {
  /** `HH:mm:ss`. */
  readonly default?: string;
}

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/, { error: 'time' })),
    z.transform((time) => (time.length === 5 ? `${time}:00` : time)),
  ),
);

/** Seconds since midnight. */
const key = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

export const timeKind: Kind<string, TimeOptions, 'number'> = {
  name: 'time',
  domain: 'number',
  schema: () => schema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<string>(null);
    const time = readTime(text);
    return time === null ? refused('time') : parsed(time);
  },
  toText: (value) => value,
  format: (value, _options, display) => formatTime(value, display.locale),
  key,
  storage: () => ({
    columns: [
      { suffix: '', type: 'time' },
      { suffix: 'seconds', type: 'integer' },
    ],
    compared: 1,
    write: (value) => [value, key(value)],
  }),
  control: () => ({ as: 'date', type: 'time' }),
  random: (random) => clockTime(random.integer(0, 23), random.integer(0, 59), random.pick([0, 0, 30, 59]))!,
};

/** A time of day on whatever clock hangs there: `HH:mm:ss`. Compares as seconds since midnight. */
export const time = <const O extends TimeOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'number'> =>
  field(timeKind, options);
