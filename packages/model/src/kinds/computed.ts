import type { Domain, Field } from '../kind.ts';

/**
 * A field that nobody types in: `rule` gives it from the named fields of the same record, in the browser at once
 * and on the server for good.
 *
 * @param like - Says what comes out: its kind and options.
 * @param from - Keys of fields, one for each parameter of the rule.
 */
export const computed = <T, D extends Domain, const A extends readonly unknown[]>(
  like: Field<T, 'required' | 'defaulted' | 'optional' | 'computed', D>,
  from: { readonly [Index in keyof A]: string },
  rule: (...values: A) => NoInfer<T> | null,
): Field<T, 'computed', D> => ({
  kind: like.kind,
  options: { ...like.options, readonly: true },
  presence: 'computed',
  // Whoever runs it takes the values from the fields named, whose kinds the registry has checked
  computed: { from, rule },
});
