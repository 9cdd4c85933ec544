import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { formatPhone } from '../format/phone.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import { primaryOf, withOnePrimary } from '../primary.ts';
import { hasPhoneDigits, readPhone } from '../reading/read-phone.ts';
import { listed } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { splitList, tidyPart } from '../tidy.ts';
import { country } from './country.ts';
import { phone } from './phone.ts';
import { text } from './text.ts';
import { toggle } from './toggle.ts';

/** One of a party's telephone numbers. */
export interface PhoneEntry {
  /** E.164 where it can be read, else as it was typed. */
  readonly value: string;
  /** Digits. */
  readonly extension: string | null;
  /** What it is for: work, mobile … */
  readonly label: string | null;
  /** The one to call by default; exactly one entry of a list has it. */
  readonly primary: boolean;
  /** Its owner wants no calls from salespeople there. */
  readonly doNotCall: boolean;
  /** ISO 3166-1 alpha-2, where known. */
  readonly country: string | null;
}

export type Phones = readonly PhoneEntry[];

export interface PhonesOptions extends FieldOptions {
  readonly default?: Phones;
}

const maxEntries = 20;
const maxLabel = 40;

const entrySchema = () =>
  z.strictObject({
    value: storableText(64, 1).check(z.refine(hasPhoneDigits, { error: 'phone' })),
    extension: z.optional(z.nullable(z.string().check(z.regex(/^\d{1,8}$/, { error: 'extension' })))),
    label: z.optional(z.nullable(storableText(maxLabel))),
    primary: z.optional(z.boolean()),
    doNotCall: z.optional(z.boolean()),
    country: z.optional(z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/, { error: 'country' })))),
  });

const canonical = (entry: z.infer<ReturnType<typeof entrySchema>>): PhoneEntry => {
  const reading = readPhone(entry.value, entry.country ?? null);
  return {
    value: reading.value,
    extension: entry.extension ?? reading.extension,
    label: tidyPart(entry.label),
    primary: entry.primary ?? false,
    doNotCall: entry.doNotCall ?? false,
    country: reading.country ?? entry.country ?? null,
  };
};

/** What makes two entries the same. */
const identity = ({ value, extension }: PhoneEntry): string => fold(`${value};${extension}`);

const keys = (value: Phones): readonly string[] => value.map((entry) => fold(entry.value));

/** One entry per number; a wish not to be called in either copy counts for both. */
const unite = (entries: Phones): Phones => {
  const united = new Map<string, PhoneEntry>();
  for (const entry of entries) {
    const known = united.get(identity(entry)) ?? entry;
    united.set(identity(entry), {
      ...known,
      primary: known.primary || entry.primary,
      doNotCall: known.doNotCall || entry.doNotCall,
    });
  }
  return withOnePrimary([...united.values()]);
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.array(entrySchema()).check(z.minLength(1, { error: 'blank' }), z.maxLength(maxEntries, { error: 'too-many' })),
    z.transform((entries) => unite(entries.map(canonical))),
  ),
);

const parse = (typed: string, home: string): Parsed<Phones> => {
  const entries =
    readJson(typed) ??
    splitList(typed)
      .map((value) => readPhone(value, home))
      .map(({ value, extension, country: land }) => ({ value, extension, country: land }));
  return Array.isArray(entries) && entries.length === 0 ? parsed<Phones>(null) : checked(schema(), entries);
};

const short = ({ value, extension }: PhoneEntry): string => (extension === null ? value : `${value} ext. ${extension}`);

/** The number to call, or null. */
export const primaryPhone = (value: Phones | null): PhoneEntry | null => primaryOf(value);

export const phonesKind: Kind<Phones, PhonesOptions, 'list'> = {
  name: 'phones',
  domain: 'list',
  merge: 'set',
  schema: () => schema(),
  parse: (typed, _options, reading) => parse(typed, reading.country),
  toText: (value) => shortest(value, value.map(short).join(', '), (typed) => parse(typed, 'IT')),
  format: (value) => value.map((entry) => formatPhone(entry.value, entry.extension)).join(', '),
  key: keys,
  storage: () => listed(keys),
  control: () => ({
    as: 'list',
    parts: {
      value: phone({ required: true }),
      extension: text({ max: 8, rare: true }),
      label: text({ max: maxLabel }),
      primary: toggle({ default: false }),
      doNotCall: toggle({ default: false }),
      country: country({ rare: true }),
    },
  }),
  random: (random) =>
    unite(
      Array.from({ length: random.integer(1, 3) }, () =>
        canonical({
          value: random.pick(['+390331123456', '+393331234567', '+442079460958', '112', '030 12345']),
          extension: random.chance(0.2) ? String(random.integer(1, 999)) : null,
          label: random.chance(0.5) ? random.pick(['work', 'mobile']) : null,
          primary: random.chance(0.3),
          doNotCall: random.chance(0.1),
          country: random.pick([null, 'IT', 'DE']),
        }),
      ),
    ),
};

/** Any number of telephone numbers, one of them primary. */
export const phones = <const O extends PhonesOptions>(options: O = {} as O): Field<Phones, PresenceOf<O>, 'list'> =>
  field(phonesKind, options);
