import { leavingMarks, unmarkLeaving } from './leaving-marks.ts';

/** Milliseconds that another tab may take for the same. */
const patience = 4_000;

/** What was left to be deleted, and was. */
export interface Finished {
  /** Names of caches of which unsent work stays, because it was to be kept. */
  readonly unsentIn: readonly string[];
}

/**
 * Deletes what is marked to be deleted: of somebody who signs out now, or on a page that ended before it was through. What
 * a frozen tab still holds stays marked. Never rejects.
 */
export const finishLeaving = async (prefix: string): Promise<Finished> => {
  const finished = await oneByOne(prefix, () => finish(prefix)).catch(() => undefined);
  return finished ?? { unsentIn: [] };
};

/** Whether a cache may be opened: of one that is to be deleted, nothing new must get into what is. */
export const mayOpen = async (prefix: string, name: string): Promise<boolean> => {
  const isMarked = (): boolean => leavingMarks(prefix).some((mark) => mark.name === name);
  if (isMarked()) await finishLeaving(prefix);
  return !isMarked();
};

const finish = async (prefix: string): Promise<Finished> => {
  const { deleteCache } = await import('@tessera-crm/cache/delete-cache.js');
  const unsentIn: string[] = [];
  for (const { name, keepUnsent } of leavingMarks(prefix)) {
    const { isThrough, isUnsentKept } = await deleteCache(name, { keepUnsent });
    if (isThrough) unmarkLeaving(prefix, name);
    if (isUnsentKept) unsentIn.push(name);
  }
  return { unsentIn };
};

/** A tab that deletes late must not meet what another one opened after it had deleted the same. */
const oneByOne = async <T>(prefix: string, work: () => Promise<T>): Promise<T> => {
  const { locks } = navigator;
  if (!locks) return work();
  const late = AbortSignal.timeout(patience);
  try {
    return await locks.request(`tessera-leaving/${prefix}`, { signal: late }, work);
  } catch (cause) {
    // Refused to frames whose storage is blocked
    if (late.aborted) throw cause;
    return work();
  }
};
