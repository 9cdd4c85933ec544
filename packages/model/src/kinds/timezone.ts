import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import { once } from '../structured.ts';

export interface TimezoneOptions extends FieldOptions {
  readonly default?: string;
}

/** What this engine offers; others accept more names or fewer, therefore it is for lists only. */
const offered = /* @__PURE__ */ once((): readonly string[] =>
  [...new Set([...(Intl.supportedValuesOf?.('timeZone') ?? []), 'UTC'])].toSorted(),
);

/** Names of the IANA database; the offsets that newer engines take for zones are none. */
const isTimezone = (name: string): boolean => {
  if (!/^[A-Z][A-Za-z]*(?:[/_+-][A-Za-z0-9]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
};

/** A name with the capitals of the list: `europe/rome` → `Europe/Rome`. */
const named = (text: string): string => {
  const wanted = fold(text.trim().replaceAll(' ', '_'));
  return offered().find((zone) => fold(zone) === wanted) ?? text.trim();
};

export const timezoneKind: Kind<string, TimezoneOptions, 'text'> = {
  name: 'timezone',
  domain: 'text',
  schema: () => z.string().check(z.maxLength(64, { error: 'too-long' }), z.refine(isTimezone, { error: 'timezone' })),
  parse: (text) => {
    if (text.trim() === '') return parsed<string>(null);
    const zone = named(text);
    return isTimezone(zone) ? parsed(zone) : refused('timezone');
  },
  toText: (value) => value,
  format: (value) => value.replaceAll('_', ' '),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'choice', options: offered() }),
  random: (random) =>
    random.pick(['Europe/Rome', 'UTC', 'America/New_York', 'Asia/Tokyo', 'America/Argentina/Buenos_Aires']),
};

/** A time zone by its IANA name: `Europe/Rome`. */
export const timezone = <const O extends TimezoneOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(timezoneKind, options);
