import { CrmError } from './errors.ts';
import type { Field, FieldOptions, Kind } from './kind.ts';
import { field } from './kind.ts';
import type { Module } from './module.ts';

/** A field as JSON: its kind's name and its options. */
export interface FieldDefinition {
  readonly kind: string;
  readonly computed?: true;
  readonly [option: string]: unknown;
}

export interface ModuleDefinition {
  readonly key: string;
  readonly area: string;
  readonly title: readonly string[];
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly unique: Module['unique'];
  readonly search: readonly string[];
  readonly many: Module['many'];
  readonly list: readonly string[];
  readonly card: readonly string[];
  readonly board?: string;
  readonly calendar: readonly string[];
  readonly actions: readonly string[];
}

const fieldToJson = ({ kind, options, computed }: Field): FieldDefinition => ({
  kind: kind.name,
  ...(mapColumns(options, (columns) => mapValues(columns as Readonly<Record<string, Field>>, fieldToJson)) as object),
  ...(computed && { computed: true, readonly: true }),
});

const mapValues = <A, B>(of: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));

/** A table within a field has fields of its own, under `columns`. */
const mapColumns = (options: object, change: (columns: unknown) => unknown): object =>
  'columns' in options ? { ...options, columns: change(options.columns) } : options;

/** A module as plain data: rules and actions stay behind, by name. */
export const moduleToJson = (module: Module): ModuleDefinition => ({
  key: module.key,
  area: module.area,
  title: module.title,
  fields: Object.fromEntries(Object.entries(module.fields).map(([name, of]) => [name, fieldToJson(of)])),
  unique: module.unique,
  search: module.search,
  many: module.many,
  list: module.list,
  card: module.card,
  ...(module.board !== undefined && { board: module.board }),
  calendar: module.calendar,
  actions: Object.keys(module.actions),
});

/**
 * The module that `moduleToJson` described, without its rules: enough to show, edit and filter records.
 *
 * @param kinds - The kinds by name, `kinds/all.ts` for every one.
 * @throws {CrmError} `schema-mismatch` for a kind that this version does not know.
 */
export const reviveModule = (definition: ModuleDefinition, kinds: Readonly<Record<string, Kind>>): Module => ({
  ...definition,
  area: definition.area as Module['area'],
  fields: Object.fromEntries(Object.entries(definition.fields).map(([name, of]) => [name, reviveField(of, kinds)])),
  board: definition.board,
  portal: undefined,
  inherits: [],
  rules: [],
  actions: {},
});

const reviveField = (
  { kind: name, computed: _computed, ...options }: FieldDefinition,
  kinds: Readonly<Record<string, Kind>>,
): Field => {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind)
    throw new CrmError('schema-mismatch', `This version does not know fields of the kind "${name}".`, { kind: name });
  const revived = mapColumns(options, (columns) =>
    mapValues(columns as Readonly<Record<string, FieldDefinition>>, (of) => reviveField(of, kinds)),
  );
  return field(kind, revived as FieldOptions);
};
