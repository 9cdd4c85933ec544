import type { Rule, Step } from '../rule.ts';
import { todayIn } from './periods-zoned.ts';
import { today } from './today.ts';

interface Event {
  readonly status: string;
  readonly start: string;
  readonly organizer: string | null;
  readonly outcome: string | null;
  readonly outcomeNotes: string | null;
}

const eventOf = (step: Step): Event => step.record as unknown as Event;

/** Whoever makes an event organizes it, unless somebody else is named. */
export const makerOrganizes: Rule = {
  id: 'events.maker-organizes',
  on: 'fill',
  when: ['organizer'],
  run(step) {
    const { identity } = step.context;
    if (eventOf(step).organizer === null && identity.type === 'user') step.set('organizer', identity.id);
  },
};

/** Statuses that can be told only once the event has begun. */
const toldAfterwards = ['held', 'not_held', 'no_show'];

/** An event takes place, or not, when its time has come; that can be taken back on the same day. */
export const settling: Rule = {
  id: 'events.settling',
  when: ['status'],
  run(step) {
    const { status, start } = eventOf(step);
    const { now, settings } = step.context;
    if (toldAfterwards.includes(status) && start > now) step.refuse('status', 'too-early', { start });
    const settledAt = step.before?.['settledAt'] as string | null | undefined;
    const isLater = settledAt && todayIn(settings.timeZone, Date.parse(settledAt)) !== today(step.context);
    if (status === 'planned' && isLater) step.refuse('status', 'same-day-only', { at: settledAt });
    step.set('settledAt', status === 'planned' ? null : now);
  },
};

/** What came of an event is said when it is known whether it took place. */
export const outcomeAfterwards: Rule = {
  id: 'events.outcome-afterwards',
  when: ['status', 'outcome', 'outcomeNotes'],
  run(step) {
    const { status, outcome, outcomeNotes } = eventOf(step);
    if (status !== 'planned') return;
    if (outcome !== null) step.refuse('outcome', 'too-early');
    if (outcomeNotes !== null) step.refuse('outcomeNotes', 'too-early');
  },
};

interface Slot {
  readonly start: string;
  readonly end: string;
  readonly status: string;
  readonly busy: string;
}

const isBusy = ({ status, busy }: Slot): boolean =>
  status === 'planned' && (busy === 'busy' || busy === 'out_of_office');

/** Whether somebody cannot be at both: worth a warning, never a refusal. */
export const collide = (a: Slot, b: Slot): boolean => isBusy(a) && isBusy(b) && a.start < b.end && b.start < a.end;
