import { act, create, remove, update, type Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Random } from '@tessera-crm/model/random.js';
import type { Tab } from './device.ts';
import type { Plan } from './ledger.ts';

/** Who and what there is from the beginning. */
export interface Place {
  readonly customer: string;
  readonly otherCustomer: string;
  readonly stages: readonly string[];
}

/** What somebody has at hand who is about to do something. */
interface Moment {
  readonly tab: Tab;
  readonly random: Random;
  readonly plan: Plan;
  readonly place: Place;
  /** A UUID by the device's clock. */
  readonly newId: () => string;
  /** What was worked on just now: mostly one goes on with it. */
  readonly last: string | undefined;
}

/** What is to be done; nothing where there is nothing to do it to. */
export type Doing = (moment: Moment) => readonly Change[];

const modules = ['tasks', 'deals', 'accounts', 'tickets'] as const;
const days = ['2026-05-04', '2026-06-15', '2026-07-01', '2026-08-20'];

/** The one just worked on, or one of the few on which everybody works. */
const pickFrom = ({ random, last }: Moment, records: readonly AnyRecord[]): AnyRecord => {
  const again = random.chance(0.6) ? records.find(({ id }) => id === last) : undefined;
  if (again || random.chance(0.3)) return again ?? random.pick(records);
  return records.toSorted((a, b) => (a.id < b.id ? -1 : 1))[random.integer(0, Math.min(1, records.length - 1))]!;
};

/** One of those that are shown, with which something is made; nothing where none is. */
const onOne =
  (
    module: string | readonly string[],
    make: (moment: Moment, record: AnyRecord, module: string) => readonly Change[],
  ): Doing =>
  (moment) => {
    const key = typeof module === 'string' ? module : moment.random.pick(module);
    const shown = moment.tab.shown(key);
    return shown.length === 0 ? [] : make(moment, pickFrom(moment, shown), key);
  };

/** The text that everybody overwrites, by module. */
const names = { tasks: 'subject', deals: 'nextStep', accounts: 'name', tickets: 'subcategory' } as const;

/** As forms do mostly; whoever has no version to begin from overwrites. */
const baseOf = ({ random }: Moment, { version }: AnyRecord): number | undefined =>
  random.chance(0.7) ? version : undefined;

const rename = onOne(modules, (moment, record, module) => {
  const field = names[module as keyof typeof names];
  const values = { [field]: `visit ${moment.plan.mark(module, record.id, field)}` };
  return [update(module, record.id as never, values as never, baseOf(moment, record))];
});

/** Sets of which one never knows all; both sides' additions stay, and what is taken out is gone. */
const tag = onOne(['tasks', 'deals', 'accounts'], ({ random, plan }, record, module) => {
  const before = (record['tags'] ?? []) as readonly string[];
  const removed = before.filter((one) => /^k\d+q$/.test(one) && random.chance(before.length > 8 ? 0.5 : 0.1));
  plan.removed.push(...removed);
  const color = random.pick([[], [], ['red'], ['blue']]);
  const left = before.filter((one) => !removed.includes(one) && !(color.length > 0 && /^(red|blue)$/.test(one)));
  const tags = [...left, ...color, plan.mark(module, record.id, 'tags')];
  return [update(module, record.id as never, { tags } as never, record.version)];
});

/** A line more, somewhere in a text to which others add lines as well. */
const line = onOne(['tasks', 'deals', 'accounts'], ({ random, plan }, record, module) => {
  const lines = ((record['description'] ?? '') as string).split('\n').filter((one) => one !== '');
  const description = lines.toSpliced(random.integer(0, lines.length), 0, plan.mark(module, record.id, 'description'));
  return [update(module, record.id as never, { description: description.join('\n') } as never, record.version)];
});

/** Nobody may overwrite an amount that they have not seen. */
const price = onOne('deals', ({ tab, plan }, record) => {
  const isOwn = tab.cache.outgoing.isWaiting('deals', record.id);
  const amount = plan.amount('deals', record.id, isOwn ? undefined : { value: record['amount'] ?? null });
  return [update('deals', record.id as never, { amount }, record.version)];
});

const postpone = onOne('deals', ({ random, plan }, record) => [
  update(
    'deals',
    record.id as never,
    { expectedCloseDate: random.pick(days), nextStep: plan.mark('deals', record.id, 'nextStep') },
    record.version,
  ),
]);

const advance = onOne('deals', (moment, record) => [
  update(
    'deals',
    record.id as never,
    {
      stage: moment.random.pick(moment.place.stages) as never,
      nextStep: moment.plan.mark('deals', record.id, 'nextStep'),
    },
    baseOf(moment, record),
  ),
]);

const prioritise = onOne(['tasks', 'tickets'], (moment, record, module) => {
  const values = { priority: moment.random.pick(['low', 'normal', 'high', 'urgent']), tags: undefined };
  const field = names[module as keyof typeof names];
  const marked = { priority: values.priority, [field]: `visit ${moment.plan.mark(module, record.id, field)}` };
  return [update(module, record.id as never, marked as never, baseOf(moment, record))];
});

const complete = onOne('tasks', ({ plan }, record) => [
  act('tasks', record.id as never, 'complete'),
  update('tasks', record.id as never, { subject: plan.mark('tasks', record.id, 'subject') }),
]);

const task: Doing = ({ tab, random, plan, newId }) => {
  const id = newId();
  const account = random.chance(0.5) ? tab.shown('accounts')[0] : undefined;
  return [
    create('tasks', id as never, {
      subject: `visit ${plan.mark('tasks', id, 'subject')}`,
      priority: random.pick(['low', 'normal', 'high']),
      dueDate: random.pick(days),
      ...(random.chance(0.3) && { tags: ['red', plan.mark('tasks', id, 'tags')] }),
      // the account then says when it is next due
      ...(account && { account: account.id as never, related: [{ module: 'accounts', id: account.id }] as never }),
    }),
  ];
};

/** What needs each other, in one batch. */
const customerWithDeal: Doing = ({ random, plan, newId }) => {
  const [account, deal, todo] = [newId(), newId(), newId()];
  return [
    create('accounts', account as never, { name: `Firm ${plan.mark('accounts', account, 'name')}` }),
    create('deals', deal as never, {
      name: `Sale ${plan.mark('deals', deal, 'name')}`,
      account: account as never,
      amount: plan.amount('deals', deal),
      expectedCloseDate: random.pick(days),
    }),
    create('tasks', todo as never, {
      subject: `visit ${plan.mark('tasks', todo, 'subject')}`,
      account: account as never,
      related: [{ module: 'deals', id: deal }] as never,
      dueDate: random.pick(days),
    }),
  ];
};

/** A deal of an account that may be on its way out, or not there yet. */
const deal: Doing = ({ tab, random, plan, newId }) => {
  const accounts = tab.shown('accounts');
  if (accounts.length === 0) return [];
  const id = newId();
  return [
    create('deals', id as never, {
      name: `Sale ${plan.mark('deals', id, 'name')}`,
      account: random.pick(accounts).id as never,
      amount: plan.amount('deals', id),
      expectedCloseDate: random.pick(days),
    }),
  ];
};

const ticket: Doing = ({ random, plan, place, newId }) => {
  const id = newId();
  return [
    create('tickets', id as never, {
      subject: `Case ${plan.mark('tickets', id, 'subject')}`,
      subcategory: plan.mark('tickets', id, 'subcategory'),
      contact: random.pick([place.customer, place.otherCustomer]) as never,
      portalVisible: random.chance(0.6),
      priority: random.pick(['normal', 'high']),
    }),
  ];
};

/** A ticket comes into the customer's sight, or leaves it. */
const expose = onOne('tickets', ({ random, plan, place }, record) => {
  const values = random.chance(0.5)
    ? { portalVisible: random.chance(0.5) }
    : { contact: random.pick([place.customer, place.otherCustomer]) as never };
  return [
    update('tickets', record.id as never, { ...values, subcategory: plan.mark('tickets', record.id, 'subcategory') }),
  ];
});

/** Nothing makes it the same if it is done twice. */
export const comment = onOne('tickets', ({ plan }, record) => [
  act('tickets', record.id as never, 'comment', { body: `Says ${plan.mark('notes', undefined, 'body')}` }),
]);

/** Whatever is known of the customer's rights has to be proven again. */
const touchRights: Doing = ({ random, plan, place }) => [
  update('contacts', place.customer as never, {
    portalUntil: random.pick(['2030-01-01', '2031-01-01', '2032-01-01']),
    jobTitle: plan.mark('contacts', place.customer, 'jobTitle'),
  }),
];

const erase = onOne(modules, ({ plan }, record, module) => {
  plan.deleted.push(record.id);
  return [remove(module, record.id as never)];
});

/** What there is to do, and how often it is done. */
export type Deeds = readonly (readonly [weight: number, doing: Doing])[];

/** Some of it, of which little is refused, and something shows when it is done twice. */
export const plainDeeds: Deeds = [
  [3, comment],
  [1, rename],
  [1, tag],
  [1, ticket],
];

/** What colleagues do. */
export const staffDeeds: Deeds = [
  [8, rename],
  [8, tag],
  [8, line],
  [8, price],
  [3, postpone],
  [3, advance],
  [5, prioritise],
  [4, complete],
  [7, task],
  [4, customerWithDeal],
  [4, deal],
  [5, ticket],
  [5, expose],
  [7, comment],
  [2, touchRights],
  [5, erase],
];
