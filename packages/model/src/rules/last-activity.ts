import type { AnyLink } from '../kinds/any-link.ts';
import type { Rule, Step } from '../rule.ts';
import { aboutFields, aboutOf, saidOf } from './activity-links.ts';

/** What an activity was about, and when it was. */
interface Activity {
  /** RFC 3339, UTC; null while it has not taken place. */
  readonly at: string | null;
  readonly about: readonly AnyLink[];
}

/** The records an activity was about know when there was last something with them; an older one changes nothing. */
const lastActivity = (id: string, when: readonly string[], activityOf: (step: Step) => Activity): Rule => ({
  id,
  when,
  async run(step) {
    const { at, about } = activityOf(step);
    if (at === null) return;
    for (const link of about) {
      const known = await saidOf(step.read, link, 'lastActivityAt');
      if (known !== undefined && (known ?? '') < at) await step.update(link.module, link.id, { lastActivityAt: at });
    }
  },
});

/** What the system writes down by itself is not something that happened with a customer. */
export const noted: Rule = lastActivity('notes.last-activity', ['record'], (step) => {
  const { record, kind } = step.record as unknown as { readonly record: AnyLink; readonly kind: string };
  const isWritten = step.before === null && kind !== 'auto' && kind !== 'system';
  return { at: isWritten ? step.context.now : null, about: [record] };
});

export const taskDone: Rule = lastActivity('tasks.last-activity', ['status', ...aboutFields('tasks')], (step) => ({
  at: step.record['status'] === 'completed' ? (step.record['completedAt'] as string | null) : null,
  about: aboutOf('tasks', step.record),
}));

export const eventHeld: Rule = lastActivity(
  'events.last-activity',
  ['status', 'end', ...aboutFields('events')],
  (step) => {
    const { status, end } = step.record as unknown as { readonly status: string; readonly end: string };
    const { now } = step.context;
    return { at: status === 'held' ? (end < now ? end : now) : null, about: aboutOf('events', step.record) };
  },
);
