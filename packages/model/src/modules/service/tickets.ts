import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { integer } from '../../kinds/integer.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { rating } from '../../kinds/rating.ts';
import { richtext } from '../../kinds/richtext.ts';
import { state } from '../../kinds/state.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { close, comment, rate, reopen } from '../../rules/ticket-actions.ts';
import { accountOfContact, fromCustomer, statusTimes } from '../../rules/tickets.ts';
import { priorities } from '../activities/priorities.ts';

/** Statuses of a ticket on which nobody works any more. */
const closed = ['resolved', 'closed', 'rejected', 'duplicate'] as const;

/** While it is open, a ticket holds on to its account. */
const open = { status: { notIn: closed } } as const;

/** A question or problem, of a customer or of our own, until it is solved. */
export const tickets = /* @__PURE__ */ defineModule('tickets', {
  area: 'service',
  title: ['number', 'subject'],
  search: ['number', 'subject', 'serial', 'description'],
  // prettier-ignore
  fields: {
    number:               autonumber({ prefix: 'TK' }),
    kind:                 choice(['customer', 'internal'], { default: 'customer' }),
    subject:              text({ required: true }),
    description:          richtext(),
    account:              link('accounts', { onDelete: 'restrict', restrictWhile: open, indexed: true }),
    contact:              link('contacts', { onDelete: 'detach', indexed: true }),
    site:                 link('sites', { onDelete: 'detach' }),
    product:              link('products'),
    service:              link('services', { rare: true }),
    asset:                link('assets', { rare: true }),
    serial:               text({ max: 120, rare: true }),
    contract:             link('serviceContracts', { onDelete: 'detach', rare: true }),
    project:              link('projects', { rare: true }),
    category:             choice(['product', 'order', 'delivery', 'invoice', 'contract', 'account', 'technical', 'other']),
    subcategory:          text({ max: 120 }),
    type:                 choice(['question', 'incident', 'problem', 'request', 'complaint', 'return', 'feature']),
    priority:             choice(priorities, { default: 'normal', indexed: true, tones: { high: 'warn', urgent: 'bad' } }),
    severity:             choice(['minor', 'major', 'critical', 'feature']),
    channel:              choice(['mail', 'phone', 'chat', 'portal', 'webform', 'social', 'internal', 'api']),
    status:               state({
                            new: ['open'],
                            open: ['assigned'],
                            assigned: ['in_progress'],
                            in_progress: ['wait_customer', 'wait_third_party'],
                            wait_customer: ['in_progress'],
                            wait_third_party: ['in_progress'],
                            resolved: ['closed', 'open'],
                            closed: ['open'],
                            rejected: [],
                            duplicate: [],
                            '*': ['resolved', 'rejected', 'duplicate'],
                          }, {
                            closed,
                            needs: { resolved: ['resolution'], rejected: ['rejectReason'], duplicate: ['duplicateOf'] },
                            tones: { new: 'accent', in_progress: 'info', wait_customer: 'warn', wait_third_party: 'warn', resolved: 'ok', rejected: 'bad' },
                            indexed: true,
                          }),
    group:                link('groups', { onDelete: 'detach', indexed: true }),
    resolution:           richtext(),
    rejectReason:         text(),
    duplicateOf:          link('tickets', { onDelete: 'detach' }),
    parentCase:           link('tickets', { onDelete: 'detach' }),
    followUpOf:           link('tickets', { readonly: true, onDelete: 'detach' }),
    resolvedAt:           datetime({ readonly: true }),
    closedAt:             datetime({ readonly: true }),
    reopenedCount:        integer({ readonly: true }),
    firstResponseAt:      datetime({ readonly: true }),
    firstResponseMinutes: integer({ readonly: true }),
    resolutionMinutes:    integer({ readonly: true }),
    handleMinutes:        integer({ readonly: true }),
    slaPolicy:            link('slaPolicies', { rare: true }),
    slaTimers:            links('slaTimers', { readonly: true, rare: true }),
    slaStatus:            choice(['none', 'in_time', 'at_risk', 'breached', 'paused', 'fulfilled'], { readonly: true, tones: { in_time: 'ok', at_risk: 'warn', breached: 'bad', fulfilled: 'ok' } }),
    slaDueAt:             datetime({ readonly: true, indexed: true }),
    escalationLevel:      integer({ readonly: true }),
    customerDueDate:      date(),
    mailThread:           link('threads', { rare: true }),
    portalVisible:        toggle({ default: true }),
    csat:                 rating({ max: 5, readonly: true }),
    billable:             toggle({ default: false, rare: true }),
    billedMinutes:        integer({ readonly: true }),
    knowledgeArticles:    links('faqs', { rare: true }),
  },
  many: {
    children: { module: 'tickets', by: 'parentCase' },
    duplicates: { module: 'tickets', by: 'duplicateOf' },
    followUps: { module: 'tickets', by: 'followUpOf' },
  },
  list: ['number', 'subject', 'account', 'priority', 'status', 'group', 'slaDueAt', 'updatedAt'],
  card: ['priority', 'slaDueAt', 'lastActivityAt'],
  board: 'status',
  calendar: ['slaDueAt'],
  // prettier-ignore
  portal: {
    own: ['contact', 'account'],
    visible: 'portalVisible',
    read: ['number', 'subject', 'description', 'category', 'type', 'priority', 'status', 'resolution', 'customerDueDate', 'resolvedAt', 'closedAt', 'csat', 'createdAt', 'updatedAt'],
    create: ['subject', 'description', 'category', 'type', 'priority', 'product', 'serial'],
    actions: ['comment', 'close', 'reopen', 'rate'],
  },
  rules: [fromCustomer, accountOfContact, statusTimes],
  actions: { comment, close, reopen, rate },
});
