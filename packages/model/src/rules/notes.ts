import type { AnyLink } from '../kinds/any-link.ts';
import type { Rule } from '../rule.ts';
import { minutesBetween } from './today.ts';

/** What a customer writes is never hidden from customers. */
export const publicWhenCustomers: Rule = {
  id: 'notes.public-when-customers',
  when: ['internal'],
  run(step) {
    if (step.context.identity.type === 'subject') step.set('internal', false);
  },
};

/** The first thing that somebody of ours says to the customer is the first response to a ticket. */
export const firstResponse: Rule = {
  id: 'notes.first-response',
  async run(step) {
    const { record, kind, internal } = step.record as unknown as {
      readonly record: AnyLink;
      readonly kind: string;
      readonly internal: boolean;
    };
    const { identity, now } = step.context;
    const isAnswer = step.before === null && kind === 'comment' && !internal && identity.type === 'user';
    const ticket = isAnswer && record.module === 'tickets' ? await step.read.get('tickets', record.id) : null;
    if (!ticket || ticket['firstResponseAt'] !== null) return;
    const firstResponseMinutes = minutesBetween(ticket['createdAt'] as string, now);
    await step.update('tickets', ticket.id, { firstResponseAt: now, firstResponseMinutes });
  },
};
