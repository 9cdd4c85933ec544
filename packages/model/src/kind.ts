import type { ZodMiniType } from 'zod/mini';
import type { Random } from './random.ts';

/**
 * What a field can be asked. Shared code never asks a kind for its name: it reads these answers.
 * A field is its kind plus plain data (`options`), so a definition survives JSON and back.
 */
export interface Kind<T = unknown, O extends FieldOptions = FieldOptions, D extends Domain = Domain> {
  readonly name: string;
  /** How values compare, and with it which operators a filter may use. */
  readonly domain: D;
  /** The wire form of a value that is there; emptiness is the field's business. Built on first use by the callers. */
  schema(options: O): ZodMiniType<T>;
  /** Reads what a person typed or a file holds; blank text gives null. */
  parse(text: string, options: O, reading: Reading): Parsed<T>;
  /** The text that `parse` reads back to the same value under `plainReading`: what exports write. */
  toText(value: T, options: O): string;
  /** What a person sees. Plain text, never HTML. */
  format(value: T, options: O, display: Display): string;
  /** The comparable form, on which every engine works; see `Domain`. */
  key(value: T, options: O): Key;
  /** Where keys sort by a list instead of by themselves: that list, such as the options of a choice. */
  rank?(options: O): readonly string[];
  /** Where a row of a table holds it. */
  storage(options: O): Storage<T>;
  /** Which of the form controls edits it. */
  control(options: O): Control;
  /** Any valid value, for tests and sample data. */
  random(random: Random, options: O): T;
  /** What becomes of two new values unless the field says otherwise; `last` when absent. */
  readonly merge?: Merge;
  /** Only where values hold what may be given and is never shown again. */
  readonly secrets?: Secrets<T, O>;
}

/** Whoever keeps records keeps secrets apart from them: what stands in their place says that there is one, and not which. */
export interface Secrets<T, O> {
  isIn(options: O): boolean;
  /** The value with `replace` of every secret in place of it. */
  replaced(value: T, options: O, replace: (secret: string) => string): T;
}

/**
 * The ways in which values compare:
 * `text` folded text by code point · `number` JavaScript numbers · `decimal` decimal strings by value ·
 * `date` and `instant` ISO strings · `boolean` · `choice` the option's key, sorted by `rank` ·
 * `link` ids, equal or not · `list` several folded texts at once · `opaque` only empty or not.
 */
export type Domain =
  'text' | 'number' | 'decimal' | 'date' | 'instant' | 'boolean' | 'choice' | 'link' | 'list' | 'opaque';

/** text, decimal, date, instant, choice, link: string · number: number · boolean: boolean · list: strings · opaque: null. */
export type Key = string | number | boolean | readonly string[] | null;

/** The neutral names of column types; only `server/sql` knows what a database calls them. */
export type ColumnType =
  'text' | 'key' | 'integer' | 'bigint' | 'float' | 'decimal' | 'boolean' | 'date' | 'time' | 'instant' | 'id' | 'json';

export interface Column {
  /** Added to the field's column name after an underscore; empty for the first. */
  readonly suffix: string;
  readonly type: ColumnType;
}

/** How a value lies in a table: one cell per column. `read` is given the cells of a value that is there. */
export interface Storage<T> {
  readonly columns: readonly Column[];
  /** Which of the columns the operators of the domain work on. */
  readonly compared: number;
  write(value: T): readonly unknown[];
  /** Absent where the first cell is the value as it is. */
  readonly read?: (cells: readonly unknown[]) => T;
}

/**
 * What becomes of a field that two people changed at once: `last` counts, the earlier one is in the history · the
 * server's is kept · whoever comes second is asked · texts are merged line by line, formatted ones block by block ·
 * a set has what either added and nothing that either removed · lines are merged by their ids and parts.
 */
export type Merge = 'last' | 'keep-server' | 'ask' | 'merge-text' | 'merge-html' | 'set' | 'lines';

/** The closed list of form controls. Elements implement each exactly once. */
export type Control =
  | {
      readonly as: 'text';
      readonly type?: 'email' | 'tel' | 'url' | 'color' | 'password';
      readonly autocomplete?: string;
      readonly max?: number;
    }
  | { readonly as: 'longtext'; readonly max?: number }
  | { readonly as: 'richtext'; readonly max?: number }
  | {
      readonly as: 'number';
      readonly digits: number;
      readonly unit?: string;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly as: 'money' }
  | { readonly as: 'date'; readonly type: 'date' | 'time' | 'datetime-local' }
  | { readonly as: 'choice'; readonly options: readonly string[] }
  | { readonly as: 'choices'; readonly options: readonly string[] | null }
  | { readonly as: 'toggle' }
  | { readonly as: 'rating'; readonly max: number }
  | { readonly as: 'link'; readonly to: readonly string[]; readonly many: boolean }
  | { readonly as: 'file'; readonly many: boolean; readonly accept?: string }
  | { readonly as: 'group'; readonly parts: Readonly<Record<string, Field>> }
  | { readonly as: 'list'; readonly parts: Readonly<Record<string, Field>> }
  | { readonly as: 'lines' }
  | { readonly as: 'none' };

/** What every field may say beside its kind's own options. Plain data. */
export interface FieldOptions {
  readonly required?: boolean;
  /** Records always have it, drafts need not: a rule fills it in when it is left out. */
  readonly filled?: boolean;
  /** No two records of a tenant that are not deleted may share it. */
  readonly unique?: boolean;
  readonly default?: unknown;
  /** The English label where the key reads badly; others are in the locales. */
  readonly label?: string;
  /** Folded away on forms. */
  readonly rare?: boolean;
  /** Needs a right of its own; never given to customers. */
  readonly sensitive?: boolean;
  /** Kept by the house: shown, never typed in. */
  readonly readonly?: boolean;
  /** Gets an index, because lists filter or sort by it. */
  readonly indexed?: boolean;
  /** What becomes of it when two people change it at once, where not what its kind says. */
  readonly merge?: Merge;
}

/**
 * Whether a value must be there: `required` in drafts and records · `defaulted` in records, drafts may leave it out ·
 * `optional` null when empty · `computed` never in a draft, null when unknown.
 */
export type Presence = 'required' | 'defaulted' | 'optional' | 'computed';

export type PresenceOf<O> = O extends { readonly readonly: true }
  ? 'computed'
  : O extends { readonly default: NonNullable<unknown> } | { readonly filled: true }
    ? 'defaulted'
    : O extends { readonly required: true }
      ? 'required'
      : 'optional';

/** One column of a module's table of fields. */
export interface Field<T = unknown, P extends Presence = Presence, D extends Domain = Domain> {
  readonly kind: Kind<T, FieldOptions, D>;
  readonly options: FieldOptions;
  readonly presence: P;
  /** Only on fields that a rule fills in. */
  readonly computed?: Computation;
}

/** A rule that fills a field from others of the same record, again whenever one of them changes. */
export interface Computation {
  readonly from: readonly string[];
  readonly rule: (...values: never[]) => unknown;
}

/** The context in which text is read: a person's locale, or what was detected in a file. */
export interface Reading {
  readonly decimal: '.' | ',';
  readonly dates: 'ymd' | 'dmy' | 'mdy';
  /** For amounts without one. */
  readonly currency: string;
  /** For phone numbers and addresses without one; ISO 3166-1 alpha-2. */
  readonly country: string;
  /** For date-times without one; IANA name. */
  readonly timeZone: string;
  /** What a choice's option is called in the reader's language, to be recognised as well as its key. */
  readonly optionLabel?: (option: string) => string;
}

/** The reading of exports: points, ISO dates, UTC. */
export const plainReading: Reading = { decimal: '.', dates: 'ymd', currency: 'EUR', country: 'IT', timeZone: 'UTC' };

/** The context in which values are shown. */
export interface Display {
  /** BCP 47. */
  readonly locale: string;
  readonly timeZone: string;
  /** What an option of a choice is called. */
  readonly optionLabel?: (option: string) => string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T | null }
  | { readonly ok: false; readonly code: string; readonly params?: Readonly<Record<string, unknown>> };

export const parsed = <T>(value: T | null): Parsed<T> => ({ ok: true, value });

export const refused = (code: string, params?: Readonly<Record<string, unknown>>): Parsed<never> =>
  params ? { ok: false, code, params } : { ok: false, code };

/** Makes a field of a kind; what every kind's builder calls. */
export const field = <T, const O extends FieldOptions, D extends Domain>(
  kind: Kind<T, NoInfer<O>, D>,
  options: O,
): Field<T, PresenceOf<O>, D> => ({ kind, options, presence: presenceOf(options) as PresenceOf<O> });

const presenceOf = (options: FieldOptions): Presence => {
  if (options.readonly) return 'computed';
  if (options.filled || (options.default !== undefined && options.default !== null)) return 'defaulted';
  return options.required ? 'required' : 'optional';
};

/** The type of the values of a field. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;
