import type { Change } from '../change.ts';
import { isCrmError } from '../errors.ts';
import type { Applied } from '../store.ts';

/** Carries out one change, and adds how to take it back. */
export type CarryOut = (change: Change, undo: (() => void)[]) => Promise<Applied>;

/** Changes in order, over records that lie in memory: all or none, or each for itself where `atomic` is false. */
export const carryOutAll = async (
  changes: readonly Change[],
  atomic: boolean,
  carryOut: CarryOut,
): Promise<readonly Applied[]> => {
  const undo: (() => void)[] = [];
  const results: Applied[] = [];
  for (const change of changes) {
    try {
      results.push(await carryOut(change, undo));
    } catch (error) {
      if (atomic || !isCrmError(error)) {
        for (const back of undo.toReversed()) back();
        throw error;
      }
      results.push({ ok: false, module: change.module, id: change.id, error });
    }
  }
  return results;
};
