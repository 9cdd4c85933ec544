import type { Change } from '@tessera-crm/model/change.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import type { FieldConflict } from '@tessera-crm/model/rules/conflicts.js';

export type { FieldConflict };

export type Side = 'mine' | 'theirs';

type Update = Extract<Change, { op: 'update' }>;

/** Refused changes, and what a person can do about them. */
export interface Entry {
  readonly refused: Refused;
  /** Why it was refused last. */
  readonly error: Refused['error'];
  /** Fields of which one value has to be chosen; none where that is not what it is about. */
  readonly conflicts: readonly FieldConflict[];
  /** The change that they are about. */
  readonly met: Update | undefined;
  /** The record that was deleted meanwhile, where it is plain which one that is. */
  readonly deleted: { readonly module: string; readonly id: string } | undefined;
  /** The place of the refused changes that these need. */
  readonly because: number | undefined;
}

/** @param error - What became of a later attempt; that of the first unless given. */
export const entryOf = (refused: Refused, error: Refused['error'] = refused.error): Entry => {
  const { facts } = error;
  const told = Array.isArray(facts['conflicts']) ? (facts['conflicts'] as readonly FieldConflict[]) : [];
  const met = refused.changes.find(
    (change): change is Update =>
      change.op === 'update' && told.length > 0 && told.every(({ field }) => Object.hasOwn(change.values, field)),
  );
  return {
    refused,
    error,
    conflicts: met ? told : [],
    met,
    deleted: error.code === 'not-found' && facts['reason'] === 'deleted' ? onlyChanged(refused.changes) : undefined,
    because: typeof facts['because'] === 'number' ? facts['because'] : undefined,
  };
};

const onlyChanged = (changes: readonly Change[]): Entry['deleted'] => {
  const changed = new Map(
    changes.flatMap(({ op, module, id }) =>
      op === 'update' || op === 'act' ? [[`${module}:${id}`, { module, id }]] : [],
    ),
  );
  return changed.size === 1 ? [...changed.values()][0] : undefined;
};

/** The fields that a person has to choose a value of, and has not. */
export const unchosen = (entry: Entry, choices: ReadonlyMap<string, Side>): readonly string[] =>
  entry.conflicts.map(({ field }) => field).filter((field) => !choices.has(field));

/**
 * What is to be made of an entry after a person chose: fields of others are left as they are, and all else is based on
 * the version that the person was shown. None where nothing of it is left.
 */
export const chosenChanges = ({ refused, met, error }: Entry, choices: ReadonlyMap<string, Side>): readonly Change[] =>
  refused.changes.flatMap((change) => {
    if (change !== met) return [change];
    const values = Object.fromEntries(Object.entries(met.values).filter(([field]) => choices.get(field) !== 'theirs'));
    const { version } = error.facts;
    if (Object.keys(values).length === 0) return [];
    return [{ ...met, values, ...(typeof version === 'number' && { base: version }) }];
  });

/** The deleted record is brought back first, and changed then; others' changes of it are merged as ever. */
export const restoringChanges = ({ refused, deleted }: Entry): readonly Change[] =>
  deleted ? [{ op: 'restore', ...deleted }, ...refused.changes] : refused.changes;
