import type { Domain, Field, FieldOptions, Presence } from '../kind.ts';

/** A field of the given kind that the house fills in, by what `spec` says as plain data. */
export const derived = <T, D extends Domain>(
  like: Field<T, Presence, D>,
  spec: Readonly<Record<string, unknown>>,
): Field<T, 'computed', D> => ({
  kind: like.kind,
  options: { ...like.options, ...spec, readonly: true } as FieldOptions,
  presence: 'computed',
});
