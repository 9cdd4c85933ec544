import { divide, fromDecimal, toDecimal } from '../decimal.ts';
import type { AnyLink } from '../kinds/any-link.ts';
import type { Action, Rule, Step } from '../rule.ts';
import type { Moment } from './deal-age.ts';
import { todayIn } from './periods-zoned.ts';
import { wallTimeAt } from '../zoned.ts';

interface Task {
  readonly assignees: readonly AnyLink[] | null;
  readonly completionMode: 'any' | 'all';
  readonly completedBy: readonly string[] | null;
  readonly status: string;
  readonly owner: { readonly type: 'user' | 'group'; readonly id: string } | null;
}

const taskOf = (step: Step): Task => step.record as unknown as Task;

/** What nobody is charged with is for its owner, who is whoever made it. */
export const ownerIsAssignee: Rule = {
  id: 'tasks.owner-is-assignee',
  on: 'fill',
  when: ['assignees'],
  run(step) {
    const { assignees, owner } = taskOf(step);
    if (assignees === null && owner !== null) step.set('assignees', [{ module: `${owner.type}s`, id: owner.id }]);
  },
};

/** Done is all done; taken up again it is not. */
export const completion: Rule = {
  id: 'tasks.completion',
  when: ['status'],
  run(step) {
    const isDone = taskOf(step).status === 'completed';
    const wasDone = step.before?.['status'] === 'completed';
    if (isDone === wasDone) return;
    step.set('completedAt', isDone ? step.context.now : null);
    if (isDone) step.set('progress', '100.00');
    else if (!step.changed('progress')) step.set('progress', '0.00');
    if (!isDone) step.set('completedBy', null);
  },
};

/** The groups among the assignees that a user stands for. */
const isFulfilled = async (step: Step, { module, id }: AnyLink, users: readonly string[]): Promise<boolean> => {
  if (module === 'users') return users.includes(id);
  const members = (await step.read.get(module, id))?.['members'] as readonly AnyLink[] | null | undefined;
  return (members ?? []).some((member) => member.module === 'users' && users.includes(member.id));
};

const fulfilled = async (step: Step, assignees: readonly AnyLink[], users: readonly string[]): Promise<number> => {
  let count = 0;
  for (const assignee of assignees) if (await isFulfilled(step, assignee, users)) count++;
  return count;
};

/**
 * The acting user has done it. With mode `any` that is all; with `all` everybody has to, and progress says how many
 * have.
 */
export const complete: Action = {
  id: 'tasks.complete',
  args: {},
  async run(step) {
    const { completionMode, assignees, completedBy } = taskOf(step);
    const { identity } = step.context;
    const users = [...new Set([...(completedBy ?? []), ...(identity.type === 'user' ? [identity.id] : [])])];
    step.set('completedBy', users.length > 0 ? users : null);
    const all = assignees?.length ?? 0;
    const done = completionMode === 'any' ? all : await fulfilled(step, assignees ?? [], users);
    if (done >= all) step.set('status', 'completed');
    else step.set('progress', fromDecimal(divide(toDecimal(String(done * 100)), toDecimal(String(all)), 2)));
    return { completed: done >= all };
  },
};

/** Whether a task should have been done by now, on the clock of whoever is to do it. */
export const isOverdue = (
  task: { readonly status: string; readonly dueDate: string | null; readonly dueTime: string | null },
  { now, timeZone }: Moment,
): boolean => {
  if (task.dueDate === null || task.status === 'completed' || task.status === 'cancelled') return false;
  const time = Date.parse(now);
  return task.dueTime === null
    ? task.dueDate < todayIn(timeZone, time)
    : `${task.dueDate}T${task.dueTime}` < wallTimeAt(time, timeZone);
};
