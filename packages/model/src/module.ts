import { baseFields, type BaseFields } from './base-fields.ts';
import type { Id } from './id.ts';
import type { Field, ValueOf } from './kind.ts';
import type { Where } from './query/query.ts';
import type { Action, Rule } from './rule.ts';

export type Fields = Readonly<Record<string, Field>>;

export type Area =
  | 'parties'
  | 'sales'
  | 'billing'
  | 'marketing'
  | 'service'
  | 'projects'
  | 'activities'
  | 'documents'
  | 'analytics'
  | 'automation'
  | 'administration'
  | 'integration'
  | 'quality';

/** Records of another module that link here: `{ module: 'deals', by: 'account' }`. */
export interface Relation {
  readonly module: string;
  /** The link in that module which points here. */
  readonly by: string;
}

/** What a customer's token may get at most. Without it the module does not exist for customers. */
export interface Portal {
  /** The links by which a record belongs to a customer, or `id` for the customer's own record. */
  readonly own: readonly string[];
  /** The records that every customer sees, whoever they belong to. */
  readonly shared?: Where;
  /** Shown only while this field is true. */
  readonly visible?: string;
  readonly read: readonly string[];
  /** Fields that a customer may give when creating; none means that customers create nothing. */
  readonly create?: readonly string[];
  readonly edit?: readonly string[];
  readonly actions?: readonly string[];
}

/** A module's table: one CRM record type as data. Everything else derives from it. */
export interface Module<K extends string = string, F extends Fields = Fields> {
  readonly key: K;
  readonly area: Area;
  /** The fields that stand for a record in lists and links, in order. */
  readonly title: readonly string[];
  readonly fields: F;
  /** Field combinations that no two records share. */
  readonly unique: readonly (readonly string[])[];
  /** Where free text is looked for. */
  readonly search: readonly string[];
  readonly many: Readonly<Record<string, Relation>>;
  /** Default columns of a list. */
  readonly list: readonly string[];
  /** Facts on a card, after the title. */
  readonly card: readonly string[];
  /** The choice or link whose values are the columns of a board. */
  readonly board: string | undefined;
  readonly calendar: readonly string[];
  readonly portal: Portal | undefined;
  /** The links to records with which these go: who may read one of those may read these. */
  readonly inherits: readonly string[];
  readonly rules: readonly Rule[];
  readonly actions: Readonly<Record<string, Action>>;
}

interface Table<F extends Fields> {
  readonly area: Area;
  readonly title: readonly (keyof F & string)[];
  readonly fields: F;
  readonly unique?: readonly (readonly (keyof F & string)[])[];
  readonly search?: readonly (keyof (F & BaseFields) & string)[];
  readonly many?: Readonly<Record<string, Relation>>;
  readonly list?: readonly (keyof (F & BaseFields) & string)[];
  readonly card?: readonly (keyof (F & BaseFields) & string)[];
  readonly board?: keyof F & string;
  readonly calendar?: readonly (keyof (F & BaseFields) & string)[];
  readonly portal?: Portal;
  readonly inherits?: readonly (keyof F & string)[];
  readonly rules?: readonly Rule[];
  readonly actions?: Readonly<Record<string, Action>>;
}

/** What `defineModule` adds of its own: relations stay literal, so that filters across them are typed. */
export interface DefinedModule<
  K extends string,
  F extends Fields,
  R extends Readonly<Record<string, Relation>>,
> extends Module<K, F> {
  readonly many: R;
}

/** Declares a module: its own fields and rules, completed by what every record has. */
export const defineModule = /* @__NO_SIDE_EFFECTS__ */ <
  const K extends string,
  F extends Fields,
  const R extends Readonly<Record<string, Relation>> = Record<never, never>,
>(
  key: K,
  table: Table<F> & { readonly many?: R },
): DefinedModule<K, F & BaseFields, R> => ({
  key,
  area: table.area,
  title: table.title,
  fields: { ...table.fields, ...baseFields },
  unique: table.unique ?? [],
  search: table.search ?? table.title,
  many: table.many ?? ({} as R),
  list: table.list ?? table.title,
  card: table.card ?? [],
  board: table.board,
  calendar: table.calendar ?? [],
  portal: table.portal,
  inherits: table.inherits ?? [],
  rules: table.rules ?? [],
  actions: table.actions ?? {},
});

type Flat<T> = { [Key in keyof T]: T[Key] } & {};

type Value<F> = F extends Field<infer T, infer P> ? (P extends 'required' | 'defaulted' ? T : T | null) : never;

/** A stored record: every field is there, an empty one is null. */
export type RecordOfModule<M> =
  M extends Module<infer K, infer F>
    ? Flat<{ readonly id: Id<K>; readonly version: number } & { readonly [Key in keyof F]: Value<F[Key]> }>
    : never;

type KeysOf<F, P> = {
  [Key in keyof F]: F[Key] extends Field<unknown, infer Own> ? (Own extends P ? Key : never) : never;
}[keyof F];

/** What one gives to create a record: required fields, any others; computed ones are absent. */
export type DraftOfModule<M> =
  M extends Module<infer K, infer F>
    ? Flat<
        { readonly id?: Id<K> } & { readonly [Key in KeysOf<F, 'required'>]: ValueOf<F[Key]> } & {
          readonly [Key in KeysOf<F, 'optional' | 'defaulted'>]?: ValueOf<F[Key]> | null;
        }
      >
    : never;

/** What one gives to change a record: any fields that are not computed; null empties one. */
export type PatchOfModule<M> =
  M extends Module<infer _K, infer F>
    ? Flat<
        { readonly [Key in KeysOf<F, 'required' | 'defaulted'>]?: ValueOf<F[Key]> } & {
          readonly [Key in KeysOf<F, 'optional'>]?: ValueOf<F[Key]> | null;
        }
      >
    : never;

/** A record of a module that is known only at run time. */
export interface AnyRecord {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** Whether a person fills the field in. */
export const isWritable = (field: Field): boolean => field.presence !== 'computed';

/** Whether a record always has a value there. */
export const isAlwaysThere = (field: Field): boolean => field.presence === 'required' || field.presence === 'defaulted';
