import type { Change } from '../change.ts';
import { CrmError } from '../errors.ts';
import type { AnyRecord, Module } from '../module.ts';
import { checkValues } from '../schema.ts';
import type { Settle } from './settle.ts';
import type { Authored, State } from './state.ts';

/** One field that two people changed: what it was, what each made of it, and who was first. */
export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Absent where nobody knows. */
  readonly by?: Authored['by'];
  readonly at?: Authored['at'];
}

/** A conflict about which nobody had to be asked. */
export interface SettledConflict extends FieldConflict {
  readonly module: string;
  readonly id: string;
  readonly by: Authored['by'];
  readonly at: Authored['at'];
  readonly kept: 'mine' | 'theirs' | 'both';
}

/** What may be written after all. */
export interface Merged {
  readonly values: Readonly<Record<string, unknown>>;
  readonly settled: readonly SettledConflict[];
}

interface Meeting {
  readonly module: Module;
  readonly current: AnyRecord;
  readonly state: State;
  /** Decides where two values meet; without it, a person is asked always. */
  readonly settle: Settle | undefined;
}

type Update = Change & { readonly op: 'update' };

/**
 * The values that may be written over a record which others may have changed since the author looked at it:
 * fields changed on one side only merge, equal values agree, and the rest is settled if there is a way.
 *
 * @throws {CrmError} `conflict` with `facts.conflicts` when a person has to choose · `version-conflict` when nobody
 * remembers the base.
 */
export const mergeGiven = async (change: Update, meeting: Meeting): Promise<Merged> => {
  const { module, current, state } = meeting;
  if (change.base === undefined || change.base === current.version) return { values: change.values, settled: [] };
  if (change.base > current.version)
    throw new CrmError('version-conflict', 'The base is a version that does not exist yet.', {
      version: current.version,
    });
  const theirs = await state.changedSince(change.module, change.id, change.base);
  if (theirs === null)
    throw new CrmError('version-conflict', 'The base is too old to compare with.', { version: current.version });
  const conflicts = Object.entries(change.values)
    .filter(([field]) => Object.hasOwn(theirs, field))
    .map(([field, given]) => ({
      field,
      base: theirs[field],
      mine: asKept(module, field, given),
      theirs: current[field],
    }))
    .filter((conflict) => !same(conflict.mine, conflict.theirs));
  return conflicts.length === 0 ? { values: change.values, settled: [] } : settleAll(change, conflicts, meeting);
};

/** A value as it would be kept, since that is what others' are; one that does not fit is refused later. */
const asKept = (module: Module, field: string, given: unknown): unknown => {
  const { valid } = checkValues(module, { [field]: given });
  return Object.hasOwn(valid, field) ? valid[field] : given;
};

const settleAll = async (
  { module: key, id, base, values }: Update,
  conflicts: readonly FieldConflict[],
  { module, current, state, settle }: Meeting,
): Promise<Merged> => {
  const authors = (await state.authorsSince?.(key, id, base!)) ?? {};
  const settled: SettledConflict[] = [];
  const open: FieldConflict[] = [];
  const merged: Record<string, unknown> = { ...values };
  for (const conflict of conflicts) {
    const field = module.fields[conflict.field];
    const decision = field && settle?.(field, conflict);
    const by = authors[conflict.field];
    if (!decision) open.push({ ...conflict, ...by });
    else {
      merged[conflict.field] = decision.value;
      settled.push({ module: key, id, ...conflict, ...(by ?? nobody), kept: decision.kept });
    }
  }
  if (open.length === 0) return { values: merged, settled };
  throw new CrmError('conflict', 'Somebody else changed the same fields.', {
    conflicts: open,
    version: current.version,
    issues: open.map(({ field }) => ({ path: `/${field}`, code: 'conflict' })),
  });
};

const nobody: Authored = { by: null, at: null };

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
