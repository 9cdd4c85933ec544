import type { Domain, Field, Presence } from '../kind.ts';
import { derived } from './derived.ts';

/**
 * The value of a field of a linked record: `lookup('account.industry', text())`.
 *
 * @param path - The link field, a point, the other module's field; the options hold it under `lookup`.
 */
export const lookup = <T, D extends Domain>(
  path: `${string}.${string}`,
  like: Field<T, Presence, D>,
): Field<T, 'computed', D> => derived(like, { lookup: path });
