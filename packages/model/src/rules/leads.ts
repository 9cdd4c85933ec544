import type { Rule } from '../rule.ts';

interface Lead {
  readonly stage: string;
  readonly rejectionReason: string | null;
}

/** The instants that a lead remembers, by the stage that it entered. */
const remembered: Readonly<Record<string, string>> = {
  mql: 'mqlAt',
  sql: 'sqlAt',
  converted: 'convertedAt',
  recycled: 'recycledAt',
};

/** Each stage of a lead says when it began, so that the way to a sale can be measured. */
export const stageTimes: Rule = {
  id: 'leads.stage-times',
  when: ['stage'],
  run(step) {
    const { stage } = step.record as unknown as Lead;
    const { now } = step.context;
    const field = remembered[stage];
    // a conversion taken back begins nothing anew
    const isBack = step.before?.['stage'] === 'converted';
    const since = isBack && field !== undefined ? (step.record[field] ?? now) : now;
    step.set('stageEnteredAt', since);
    if (field !== undefined) step.set(field, since);
  },
};

/** Sales may send a lead back to marketing, saying why. */
export const rejectionNeedsReason: Rule = {
  id: 'leads.rejection-needs-reason',
  when: ['stage'],
  run(step) {
    const { stage, rejectionReason } = step.record as unknown as Lead;
    const isRejected = step.before?.['stage'] === 'mql' && stage === 'nurturing';
    if (isRejected && rejectionReason === null) step.refuse('rejectionReason', 'required', { state: stage });
  },
};

/** What may still be said of a lead that has become an account. */
const stillOpen = new Set(['owner', 'collaborators', 'followers', 'tags', 'archivedAt']);

/** A converted lead is history. */
export const convertedIsReadOnly: Rule = {
  id: 'leads.converted-is-read-only',
  run(step) {
    if (step.origin !== 'person' || step.before?.['stage'] !== 'converted') return;
    for (const field of Object.keys(step.record)) {
      if (!stillOpen.has(field) && step.changed(field)) step.refuse(field, 'locked', { state: 'converted' });
    }
  },
};
