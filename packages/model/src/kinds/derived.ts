import type { Domain, Field, FieldOptions, Presence } from '../kind.ts';

/** What a rollup sums up, as plain data. */
export interface RollupSpec {
  /** The module whose records are counted. */
  readonly of: string;
  /** Its link field that points back here. */
  readonly by: string;
  readonly fn: 'count' | 'sum' | 'min' | 'max';
  /** The field to sum or compare; not for `count`. */
  readonly field?: string;
  /** A filter of the query language, to take some of the records only. */
  readonly where?: unknown;
}

export interface DerivedOptions extends FieldOptions {
  readonly rollup?: RollupSpec;
  /** `link.field`: the field of the record that the link points to. */
  readonly lookup?: string;
  /** An expression of the formula language. */
  readonly formula?: string;
}

const derived = <T, D extends Domain>(like: Field<T, Presence, D>, spec: DerivedOptions): Field<T, 'computed', D> => ({
  kind: like.kind,
  options: { ...like.options, ...spec, readonly: true } as FieldOptions,
  presence: 'computed',
});

/** A number, sum, least or greatest value over the records of another module that link to this one. */
export const rollup = <T, D extends Domain>(spec: RollupSpec, like: Field<T, Presence, D>): Field<T, 'computed', D> =>
  derived(like, { rollup: spec });

/** The value of a field of a linked record: `lookup('account.industry', text())`. */
export const lookup = <T, D extends Domain>(
  path: `${string}.${string}`,
  like: Field<T, Presence, D>,
): Field<T, 'computed', D> => derived(like, { lookup: path });

/** A value that an expression gives, written by an administrator. */
export const formula = <T, D extends Domain>(
  expression: string,
  like: Field<T, Presence, D>,
): Field<T, 'computed', D> => derived(like, { formula: expression });
