import { longtext } from '../kinds/longtext.ts';
import { rating } from '../kinds/rating.ts';
import { richtext } from '../kinds/richtext.ts';
import { toggle } from '../kinds/toggle.ts';
import type { Action, Step } from '../rule.ts';
import { isReopenable } from './tickets.ts';

/** What of a ticket its follow-up takes over. */
const inherited = ['subject', 'kind', 'account', 'contact', 'site', 'product', 'serial', 'category', 'type', 'group'];

const isDone = (step: Step): boolean => ['resolved', 'closed'].includes(step.record['status'] as string);

const mayReopen = ({ record, context }: Step): boolean =>
  isReopenable(
    { resolvedAt: record['resolvedAt'] as string | null, closedAt: record['closedAt'] as string | null },
    { now: context.now, reopenDays: context.settings.reopenDays },
  );

const followUp = async (step: Step): Promise<string> => {
  const values = Object.fromEntries(inherited.map((field) => [field, step.record[field]]));
  return (await step.create('tickets', { ...values, followUpOf: step.id })).id;
};

/** Opens a ticket again, or makes one that follows it up when too much time has passed. @returns The ticket's id. */
const goOn = async (step: Step): Promise<string> => {
  if (!mayReopen(step)) return followUp(step);
  step.set('status', 'open');
  return step.id;
};

const say = async (step: Step, ticket: string, { body, internal }: { body: unknown; internal: boolean }) =>
  (await step.create('notes', { record: { module: 'tickets', id: ticket }, kind: 'comment', body, internal })).id;

/**
 * Answers on a ticket. A customer's answer to a ticket that was done with opens it again, or makes a new one; to one
 * that waits for the customer it sets work going.
 */
export const comment: Action = {
  id: 'tickets.comment',
  args: { body: longtext({ required: true }), internal: toggle({ default: false }) },
  async run(step, { body, internal }) {
    const isCustomer = step.context.identity.type === 'subject';
    const ticket = isCustomer && isDone(step) ? await goOn(step) : step.id;
    if (isCustomer && step.record['status'] === 'wait_customer') step.set('status', 'in_progress');
    const note = await say(step, ticket, { body, internal: internal === true && !isCustomer });
    return { ticket, note, followUp: ticket !== step.id };
  },
};

/** Opens a ticket again within the days that the tenant allows; later it makes a new one that follows it up. */
export const reopen: Action = {
  id: 'tickets.reopen',
  args: { comment: longtext() },
  async run(step, { comment: body }) {
    if (!isDone(step)) {
      step.refuse('status', 'lifecycle.forbidden', { from: step.record['status'], to: 'open' });
      return {};
    }
    const ticket = await goOn(step);
    if (body !== null) await say(step, ticket, { body, internal: false });
    return { ticket, followUp: ticket !== step.id };
  },
};

/** Says that a ticket is done with: an open one is resolved, a resolved one closed. */
export const close: Action = {
  id: 'tickets.close',
  args: { resolution: richtext() },
  async run(step, { resolution }) {
    if (resolution !== null) step.set('resolution', resolution);
    const status = step.record['status'] === 'resolved' ? 'closed' : 'resolved';
    step.set('status', status);
    return { status };
  },
};

/** What the customer thinks of how it went, 1 to 5. */
export const rate: Action = {
  id: 'tickets.rate',
  args: { score: rating({ max: 5, required: true }) },
  async run(step, { score }) {
    if (!isDone(step)) step.refuse('csat', 'too-early');
    step.set('csat', score);
    return { csat: score };
  },
};
