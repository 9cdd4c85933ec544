import type { Id } from '../id.ts';
import type { AnyLink } from '../kinds/any-link.ts';
import type { Rule, Step } from '../rule.ts';

/** What an activity was about, and when it was. */
interface Activity {
  /** RFC 3339, UTC; null while it has not taken place. */
  readonly at: string | null;
  readonly about: readonly (AnyLink | null)[];
}

/** The records an activity was about know when there was last something with them; an older one changes nothing. */
const lastActivity = (id: string, when: readonly string[], activityOf: (step: Step) => Activity): Rule => ({
  id,
  when,
  async run(step) {
    const { at, about } = activityOf(step);
    if (at === null) return;
    const records = new Map(about.filter((link) => link !== null).map((link) => [`${link.module}/${link.id}`, link]));
    for (const { module, id: record } of records.values()) {
      const known = await step.read.get(module, record);
      if (known && ((known['lastActivityAt'] as string | null) ?? '') < at)
        await step.update(module, record, { lastActivityAt: at });
    }
  },
});

const linked = ({ record }: Step, field: string, module: string): AnyLink | null => {
  const id = record[field] as Id | null;
  return id === null ? null : { module, id };
};

const related = ({ record }: Step): readonly AnyLink[] => (record['related'] ?? []) as readonly AnyLink[];

/** What the system writes down by itself is not something that happened with a customer. */
export const noted: Rule = lastActivity('notes.last-activity', ['record'], (step) => {
  const { record, kind } = step.record as unknown as { readonly record: AnyLink; readonly kind: string };
  const isWritten = step.before === null && kind !== 'auto' && kind !== 'system';
  return { at: isWritten ? step.context.now : null, about: [record] };
});

export const taskDone: Rule = lastActivity(
  'tasks.last-activity',
  ['status', 'related', 'contact', 'account'],
  (step) => ({
    at: step.record['status'] === 'completed' ? (step.record['completedAt'] as string | null) : null,
    about: [...related(step), linked(step, 'contact', 'contacts'), linked(step, 'account', 'accounts')],
  }),
);

const eventFields = ['status', 'end', 'related', 'deal', 'contact', 'account', 'case'];

export const eventHeld: Rule = lastActivity('events.last-activity', eventFields, (step) => {
  const { status, end } = step.record as unknown as { readonly status: string; readonly end: string };
  const { now } = step.context;
  return {
    at: status === 'held' ? (end < now ? end : now) : null,
    about: [
      ...related(step),
      linked(step, 'deal', 'deals'),
      linked(step, 'contact', 'contacts'),
      linked(step, 'account', 'accounts'),
      linked(step, 'case', 'tickets'),
    ],
  };
});
