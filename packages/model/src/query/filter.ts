/**
 * A filter after parsing: fields are known, relative dates are ranges, texts are folded, "me" is an id.
 * Engines see nothing else. Every test is plainly true or false: a field without a value fails each test,
 * and `negate` turns that around, which is why "is not" and "not in" include empty ones.
 */
export type Filter =
  | { readonly type: 'all' | 'any' | 'none'; readonly of: readonly Filter[] }
  | { readonly type: 'test'; readonly field: string; readonly test: Test; readonly negate: boolean }
  | { readonly type: 'id'; readonly ids: readonly string[]; readonly negate: boolean }
  /** Every word is found in the record's search text. */
  | { readonly type: 'search'; readonly words: readonly string[] }
  /** The linked record exists and matches. */
  | { readonly type: 'has'; readonly field: string; readonly module: string; readonly filter: Filter }
  /** Some record of `module` whose link `by` points here matches. */
  | { readonly type: 'some'; readonly module: string; readonly by: string; readonly filter: Filter };

type Comparable = string | number | boolean;

/** The core tests, over the key of a value. The list tests hold when one of the keys passes. */
export type Test =
  | { readonly op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte'; readonly key: Comparable }
  | { readonly op: 'in'; readonly keys: readonly Comparable[] }
  | { readonly op: 'contains' | 'starts' | 'ends' | 'glob'; readonly key: string }
  | { readonly op: 'there' }
  | { readonly op: 'oneIs' | 'oneContains' | 'oneStarts'; readonly key: string };

export const everything: Filter = { type: 'all', of: [] };

export const nothing: Filter = { type: 'any', of: [] };

/** All filters at once, without needless nesting. */
export const both = (...filters: readonly Filter[]): Filter => {
  const flat = filters.flatMap((filter) => (filter.type === 'all' ? filter.of : [filter]));
  return flat.length === 1 ? flat[0]! : { type: 'all', of: flat };
};
