import type { Change } from '../../change.ts';
import type { CrmError } from '../../errors.ts';
import { invalid } from '../../invalid.ts';
import { toIssues } from '../../schema.ts';
import { mutationMessage, type ArrivedPush } from './messages.ts';

/** A mutation as it may be carried out. */
export interface ReadMutation {
  readonly mid: number;
  readonly changes: readonly Change[];
  /** Why nothing can be made of it; it is only counted then. */
  readonly refusal?: CrmError;
}

/** R12: what a version does not know of one mutation is that one's refusal, and keeps none of the others back. */
export const readMutation = (arrived: ArrivedPush['mutations'][number]): ReadMutation => {
  const read = mutationMessage.safeParse(arrived);
  if (read.success) return { mid: read.data.mid, changes: read.data.changes as readonly Change[] };
  const [first] = toIssues(read.error);
  const refusal = invalid([{ path: '', code: 'unreadable', params: { at: first?.path ?? '' } }]);
  return { mid: arrived.mid, changes: [], refusal };
};
