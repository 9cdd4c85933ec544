import type { Rule, Step } from '../rule.ts';
import { minutesBetween } from './today.ts';

interface Ticket {
  readonly status: string;
  readonly account: string | null;
  readonly contact: string | null;
  readonly createdAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly reopenedCount: number | null;
}

const ticketOf = (step: Step): Ticket => step.record as unknown as Ticket;

const millisecondsPerDay = 86_400_000;

/** Whether a customer's answer still re-opens the ticket; later it makes a new one. */
export const isReopenable = (
  { resolvedAt, closedAt }: Pick<Ticket, 'resolvedAt' | 'closedAt'>,
  { now, reopenDays }: { readonly now: string; readonly reopenDays: number },
): boolean => {
  const since = closedAt ?? resolvedAt;
  return since === null || Date.parse(now) - Date.parse(since) <= reopenDays * millisecondsPerDay;
};

/** What a customer writes is theirs, and comes by the portal. */
export const fromCustomer: Rule = {
  id: 'tickets.from-customer',
  async run(step) {
    const { identity } = step.context;
    if (step.before !== null || identity.type !== 'subject') return;
    step.set(identity.module === 'contacts' ? 'contact' : 'account', identity.id);
    step.set('kind', 'customer');
    step.set('channel', 'portal');
    step.set('portalVisible', true);
  },
};

/** A ticket of a contact is one of the contact's account. */
export const accountOfContact: Rule = {
  id: 'tickets.account-of-contact',
  when: ['contact'],
  async run(step) {
    const { account, contact } = ticketOf(step);
    if (account !== null || contact === null) return;
    step.set('account', (await step.read.get('contacts', contact))?.['primaryAccount'] ?? null);
  },
};

/** What entering a status does to the times of a ticket. */
const entering: Readonly<Record<string, (step: Step, ticket: Ticket) => void>> = {
  resolved: (step, { createdAt }) => {
    const { now } = step.context;
    step.set('resolvedAt', now);
    step.set('resolutionMinutes', minutesBetween(createdAt ?? now, now));
  },
  closed: (step, { resolvedAt }) => {
    step.set('closedAt', step.context.now);
    step.set('resolvedAt', resolvedAt ?? step.context.now);
  },
  rejected: (step) => step.set('closedAt', step.context.now),
  duplicate: (step) => step.set('closedAt', step.context.now),
};

/** When a ticket was resolved and closed, and how often that was not the end of it. */
export const statusTimes: Rule = {
  id: 'tickets.status-times',
  when: ['status'],
  run(step) {
    const ticket = ticketOf(step);
    const from = step.before?.['status'];
    if (step.before === null) step.set('reopenedCount', 0);
    entering[ticket.status]?.(step, ticket);
    if (ticket.status === 'open' && (from === 'resolved' || from === 'closed')) reopen(step, ticket);
  },
};

const reopen = (step: Step, ticket: Ticket): void => {
  const { now, settings } = step.context;
  if (!isReopenable(ticket, { now, reopenDays: settings.reopenDays })) {
    step.refuse('status', 'reopen-too-late', { days: settings.reopenDays });
  }
  step.set('reopenedCount', (ticket.reopenedCount ?? 0) + 1);
  for (const field of ['resolvedAt', 'closedAt', 'resolutionMinutes']) step.set(field, null);
};
