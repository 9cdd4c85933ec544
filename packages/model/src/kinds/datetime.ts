import * as z from 'zod/mini';
import { formatDatetime } from '../format/date.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readInstant, readRfc3339 } from '../reading/read-instant.ts';
import { plain } from '../storage.ts';
import { once } from '../structured.ts';

export interface DatetimeOptions extends FieldOptions {
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly default?: string;
}

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.string().check(z.refine((text) => readRfc3339(text) !== null, { error: 'datetime' })),
    z.transform((text) => readRfc3339(text) ?? text),
  ),
);

export const datetimeKind: Kind<string, DatetimeOptions, 'instant'> = {
  name: 'datetime',
  domain: 'instant',
  schema: () => schema(),
  parse: (text, _options, reading) => {
    if (text.trim() === '') return parsed<string>(null);
    const instant = readInstant(text, reading);
    return instant === null ? refused('datetime') : parsed(instant);
  },
  toText: (value) => value,
  format: (value, _options, display) => formatDatetime(value, display.locale, display.timeZone),
  key: (value) => value,
  storage: () => plain('instant'),
  control: () => ({ as: 'date', type: 'datetime-local' }),
  random: (random) => {
    if (random.chance(0.05)) return random.pick(['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']);
    return new Date(random.integer(-1e12, 4e12)).toISOString();
  },
};

/** An instant, `YYYY-MM-DDTHH:mm:ss.sssZ`; other offsets are accepted and brought to UTC. */
export const datetime = <const O extends DatetimeOptions>(
  options: O = {} as O,
): Field<string, PresenceOf<O>, 'instant'> => field(datetimeKind, options);
