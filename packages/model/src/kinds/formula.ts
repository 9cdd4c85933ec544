import type { Domain, Field, Presence } from '../kind.ts';
import { derived } from './derived.ts';

/**
 * A value that an expression gives, written by an administrator.
 *
 * @param expression - In the formula language; the options hold it under `formula`.
 */
export const formula = <T, D extends Domain>(
  expression: string,
  like: Field<T, Presence, D>,
): Field<T, 'computed', D> => derived(like, { formula: expression });
