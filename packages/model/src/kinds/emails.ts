import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import { primaryOf, withOnePrimary } from '../primary.ts';
import { listed } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { splitList, tidyPart } from '../tidy.ts';
import { email, emailKind, emailSchema } from './email.ts';
import { text } from './text.ts';
import { toggle } from './toggle.ts';

/** One of a party's addresses. */
export interface EmailEntry {
  readonly value: string;
  /** What it is for: work, private … */
  readonly label: string | null;
  /** Where mail goes by default; exactly one entry of a list has it. */
  readonly primary: boolean;
  /** Mail to it came back. */
  readonly invalid: boolean;
  /** Its owner wants no advertising there. */
  readonly optOut: boolean;
}

export type Emails = readonly EmailEntry[];

export interface EmailsOptions extends FieldOptions {
  readonly default?: Emails;
}

const maxEntries = 20;
const maxLabel = 40;

const entrySchema = () =>
  z.strictObject({
    value: emailSchema(),
    label: z.optional(z.nullable(storableText(maxLabel))),
    primary: z.optional(z.boolean()),
    invalid: z.optional(z.boolean()),
    optOut: z.optional(z.boolean()),
  });

/** One entry per address; an opt-out or a bounce of either copy counts for both. */
const unite = (entries: Emails): Emails => {
  const united = new Map<string, EmailEntry>();
  for (const entry of entries) {
    const known = united.get(fold(entry.value)) ?? entry;
    united.set(fold(entry.value), {
      ...known,
      primary: known.primary || entry.primary,
      invalid: known.invalid || entry.invalid,
      optOut: known.optOut || entry.optOut,
    });
  }
  return withOnePrimary([...united.values()]);
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.array(entrySchema()).check(z.minLength(1, { error: 'blank' }), z.maxLength(maxEntries, { error: 'too-many' })),
    z.transform((entries) =>
      unite(
        entries.map(({ value, label, primary = false, invalid = false, optOut = false }) => ({
          value,
          label: tidyPart(label),
          primary,
          invalid,
          optOut,
        })),
      ),
    ),
  ),
);

const parse = (typed: string): Parsed<Emails> => {
  const entries = readJson(typed) ?? splitList(typed).map((value) => ({ value }));
  return Array.isArray(entries) && entries.length === 0 ? parsed<Emails>(null) : checked(schema(), entries);
};

const keys = (value: Emails): readonly string[] => value.map((entry) => fold(entry.value));

/** The address to write to, or null. */
export const primaryEmail = (value: Emails | null): string | null => primaryOf(value)?.value ?? null;

export const emailsKind: Kind<Emails, EmailsOptions, 'list'> = {
  name: 'emails',
  domain: 'list',
  merge: 'set',
  schema: () => schema(),
  parse,
  toText: (value) => shortest(value, value.map((entry) => entry.value).join(', '), parse),
  format: (value) => value.map((entry) => entry.value).join(', '),
  key: keys,
  storage: () => listed(keys),
  control: () => ({
    as: 'list',
    parts: {
      value: email({ required: true }),
      label: text({ max: maxLabel }),
      primary: toggle({ default: false }),
      invalid: toggle({ default: false }),
      optOut: toggle({ default: false }),
    },
  }),
  random: (random) =>
    unite(
      Array.from({ length: random.integer(1, 3) }, () => ({
        value: emailKind.random(random, {}),
        label: random.chance(0.5) ? random.pick(['work', 'home']) : null,
        primary: random.chance(0.3),
        invalid: random.chance(0.1),
        optOut: random.chance(0.1),
      })),
    ),
};

/** Any number of e-mail addresses, one of them primary. */
export const emails = <const O extends EmailsOptions>(options: O = {} as O): Field<Emails, PresenceOf<O>, 'list'> =>
  field(emailsKind, options);
