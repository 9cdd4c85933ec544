import { complaints, answers } from './phrases.ts';
import type { Staff } from './sample-people.ts';
import { daysKnown, type Party } from './sample-parties.ts';
import type { Product } from './sample-sales.ts';
import { day, isoDate, type SamplePlan } from './sample-plan.ts';

interface Desk {
  readonly staff: Staff;
  readonly products: readonly Product[];
}

const hour = 3_600_000;

const paragraph = (text: string): string => `<p>${text}</p>`;

interface Asked extends Desk {
  readonly party: Party;
  /** Days ago. */
  readonly age: number;
}

const underWay = ['new', 'open', 'assigned', 'in_progress', 'wait_customer', 'wait_third_party'] as const;

const ticketValues = (plan: SamplePlan, { party, products, staff }: Asked, complaint: (typeof complaints)[number]) => {
  const { random } = plan;
  return {
    subject: complaint.subject,
    description: paragraph(`${complaint.subject}. Grazie per un riscontro.`),
    account: party.account,
    contact: party.contacts.length > 0 ? random.pick(party.contacts) : null,
    product: complaint.category === 'product' ? random.pick(products).id : null,
    category: complaint.category,
    type: complaint.type,
    priority: random.pick(['low', 'normal', 'normal', 'normal', 'high', 'urgent']),
    severity: random.pick(['minor', 'minor', 'major', 'critical']),
    channel: random.pick(['mail', 'phone', 'portal', 'portal', 'webform']),
    group: staff.groups['Assistenza'],
  };
};

/** Makes a ticket, answers it, and solves the old ones. */
export const addTicket = (plan: SamplePlan, asked: Asked): void => {
  const { random } = plan;
  const { age, staff } = asked;
  const complaint = random.pick(complaints);
  const at = plan.daysAgo(age);
  const by = random.pick(staff.supporters);
  const isSolved = age > 25 ? random.chance(0.93) : age > 5 && random.chance(0.5);
  const status = isSolved || age < 1 ? 'new' : random.pick(underWay);
  const customerDueDate = random.chance(0.2) ? isoDate(at + 7 * day) : null;
  const values = { ...ticketValues(plan, asked, complaint), status, customerDueDate, owner: { type: 'user', id: by } };
  const id = plan.create('tickets', values, { at });
  if (isSolved || random.chance(0.6)) addAnswer(plan, id, { at: at + random.integer(1, 20) * hour, by });
  if (!isSolved) return;
  const solved = at + random.integer(1, Math.min(age, 9)) * day;
  plan.update('tickets', id, { status: 'resolved', resolution: paragraph(complaint.resolution) }, { at: solved, by });
  if (age > 20 && random.chance(0.8)) plan.update('tickets', id, { status: 'closed' }, { at: solved + 5 * day, by });
};

const addAnswer = (plan: SamplePlan, ticket: string, when: { readonly at: number; readonly by: string }): void => {
  const record = { module: 'tickets', id: ticket };
  plan.create('notes', { record, body: plan.random.pick(answers), kind: 'comment', internal: false }, when);
};

export const addTickets = (
  plan: SamplePlan,
  count: number,
  { parties, ...desk }: Desk & { readonly parties: readonly Party[] },
): void => {
  const customers = parties.filter(({ weight }) => weight > 0);
  for (let index = 0; index < count; index++) {
    const party = plan.random.pick(customers);
    const known = daysKnown(party, plan.now);
    addTicket(plan, { ...desk, party, age: plan.random.integer(0, Math.min(known, 365)) });
  }
};
