import * as z from 'zod/mini';
import { calendarDate, daysInMonth, isCalendarDate } from '../calendar.ts';
import { formatDate } from '../format/date.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readDate } from '../reading/read-date.ts';
import { plain } from '../storage.ts';

export interface DateOptions extends FieldOptions {
  /** `YYYY-MM-DD`. */
  readonly default?: string;
}

/** How systems that know no dates write one. */
const midnight = /[T\s]00:00(?::00(?:\.0+)?)?Z?$/;

export const dateKind: Kind<string, DateOptions, 'date'> = {
  name: 'date',
  domain: 'date',
  schema: () => z.string().check(z.refine(isCalendarDate, { error: 'date' })),
  parse: (text, _options, reading) => {
    if (text.trim() === '') return parsed<string>(null);
    const date = readDate(text.trim().replace(midnight, ''), reading.dates);
    return date === null ? refused('date') : parsed(date);
  },
  toText: (value) => value,
  format: (value, _options, display) => formatDate(value, display.locale),
  key: (value) => value,
  storage: () => plain('date'),
  control: () => ({ as: 'date', type: 'date' }),
  random: (random) => {
    const year = random.chance(0.1) ? random.pick([1, 99, 1582, 9999]) : random.integer(1930, 2050);
    const month = random.integer(1, 12);
    return calendarDate(year, month, random.integer(1, daysInMonth(year, month)))!;
  },
};

/** A day of the calendar, `YYYY-MM-DD`, the same in every time zone. */
export const date = <const O extends DateOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'date'> =>
  field(dateKind, options);
