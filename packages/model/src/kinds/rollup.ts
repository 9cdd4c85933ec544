import type { Domain, Field, Presence } from '../kind.ts';
import { derived } from './derived.ts';

/** What a rollup sums up, as plain data; a field's options hold it under `rollup`. */
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

/** How many records of another module link to this one, or the sum, least or greatest of a field of theirs. */
export const rollup = <T, D extends Domain>(spec: RollupSpec, like: Field<T, Presence, D>): Field<T, 'computed', D> =>
  derived(like, { rollup: spec });
