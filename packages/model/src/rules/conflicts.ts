import type { Change } from '../change.ts';
import { CrmError } from '../errors.ts';
import type { AnyRecord } from '../module.ts';
import type { State } from './state.ts';

/** One field that two people changed: what it was, what each made of it. */
export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/**
 * The values that may be written over a record which others may have changed since the author looked at it:
 * fields changed on one side only merge, equal values agree.
 *
 * @throws {CrmError} `conflict` with `facts.conflicts` when the same field has two new values.
 */
export const mergeGiven = async (
  change: Change & { op: 'update' },
  current: AnyRecord,
  state: State,
): Promise<Readonly<Record<string, unknown>>> => {
  if (change.base === undefined || change.base === current.version) return change.values;
  if (change.base > current.version)
    throw new CrmError('version-conflict', 'The base is a version that does not exist yet.', {
      version: current.version,
    });
  const theirs = await state.changedSince(change.module, change.id, change.base);
  if (theirs === null)
    throw new CrmError('version-conflict', 'The base is too old to compare with.', { version: current.version });
  const conflicts = Object.entries(change.values)
    .filter(([field, mine]) => Object.hasOwn(theirs, field) && !same(mine, current[field]))
    .map(([field, mine]): FieldConflict => ({ field, base: theirs[field], mine, theirs: current[field] }));
  if (conflicts.length === 0) return change.values;
  const issues = conflicts.map(({ field }) => ({ path: `/${field}`, code: 'conflict' }));
  throw new CrmError('conflict', 'Somebody else changed the same fields.', {
    conflicts,
    version: current.version,
    issues,
  });
};

/** Structural equality of wire values; the order of keys does not count. */
export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
};
