import type { Change } from '@tessera-crm/model/change.js';
import { lineId } from '../import/draft-lines.ts';
import { catalogue } from './catalogue.ts';
import { defaultPipelineChanges } from './default-pipeline.ts';
import { dealSubjects, lostReasonRows, nextSteps, noteBodies } from './phrases.ts';
import { opening } from './sample-people.ts';
import { daysKnown, type Party } from './sample-parties.ts';
import { day, isoDate, type SamplePlan } from './sample-plan.ts';

export interface Product {
  readonly id: string;
  readonly item: (typeof catalogue)[number];
}

const euros = (amount: string) => ({ amount, currency: 'EUR' });

export const addProducts = (plan: SamplePlan): readonly Product[] =>
  catalogue.map((item) => {
    const { sku, name, price, group, unit, type } = item;
    const cost = (Number(price) * (0.5 + plan.random.next() * 0.15)).toFixed(2);
    const values = {
      sku,
      name,
      price: euros(price),
      cost: euros(cost),
      unit,
      type,
      tags: [group],
      stockTracked: type === 'stocked',
      warrantyMonths: type === 'stocked' ? 24 : null,
    };
    return { item, id: plan.create('products', values, { at: plan.daysAgo(opening) }) };
  });

/** The stages by their order, and the reasons for which deals are lost. */
export interface Pipeline {
  readonly stages: readonly { readonly id: string; readonly probability: number; readonly kind: string }[];
  readonly reasons: readonly { readonly id: string; readonly needsCompetitor: boolean }[];
}

type Create = Change & { readonly op: 'create' };

/** From the offer on a deal has an amount; dragging one there without asks for it. */
const gates: Readonly<Record<number, readonly string[]>> = { 4: ['amount'] };

export const addPipeline = (plan: SamplePlan): Pipeline => {
  const at = plan.daysAgo(opening);
  const ids = new Map<string, string>();
  const changes = defaultPipelineChanges(() => plan.newId(at), 'it') as readonly Create[];
  const stages: { id: string; probability: number; kind: string }[] = [];
  for (const { module, id, values } of changes) {
    const pipeline = ids.get(values['pipeline'] as string);
    const gate = module === 'stages' ? gates[values['order'] as number] : undefined;
    const made = plan.create(
      module,
      { ...values, ...(pipeline && { pipeline }), ...(gate && { requiredFields: gate }) },
      { at },
    );
    ids.set(id, made);
    if (module === 'stages')
      stages.push({ id: made, probability: Number(values['probability']), kind: String(values['kind']) });
  }
  const reasons = lostReasonRows.map((row) => ({
    ...row,
    id: plan.create('lostReasons', { ...row, appliesTo: ['deals'] }, { at }),
  }));
  return { stages, reasons };
};

interface Course {
  readonly party: Party;
  readonly pipeline: Pipeline;
  readonly rivals: readonly string[];
}

/** How a deal ends: still open in most recent ones, won more often than lost. */
const ending = (plan: SamplePlan, age: number): 'open' | 'won' | 'lost' => {
  if (age < 30 || plan.random.chance(age < 120 ? 0.6 : 0.12)) return 'open';
  return plan.random.chance(0.58) ? 'won' : 'lost';
};

const lostValues = (plan: SamplePlan, { pipeline, rivals }: Course) => {
  const reason = plan.random.pick(pipeline.reasons);
  const stage = pipeline.stages.find(({ kind }) => kind === 'lost')!.id;
  return { stage, lostReason: reason.id, ...(reason.needsCompetitor && { lostTo: plan.random.pick(rivals) }) };
};

/** Whoever moves a deal writes down why. */
const noteOn = (module: string, id: string, step: number) => ({
  record: { module, id },
  body: noteBodies[step % noteBodies.length]!,
  kind: 'note',
});

/** Makes a deal and moves it along its pipeline, as time went by. */
const addDeal = (plan: SamplePlan, course: Course): void => {
  const { random } = plan;
  const { party, pipeline } = course;
  const known = daysKnown(party, plan.now);
  const age = random.integer(2, Math.min(known, random.chance(0.5) ? 100 : 420));
  const end = ending(plan, age);
  const open = pipeline.stages.filter(({ kind }) => kind === 'open');
  const reach = end === 'won' ? open.length - 1 : random.integer(0, open.length - 1);
  const cycle = end === 'open' ? age : Math.min(age - 1, random.integer(15, 110));
  const at = plan.daysAgo(age);
  const by = party.owner.id;
  const amount = Math.round(800 * 10 ** (random.next() * 1.9)) * (party.weight === 2 ? 2 : 1);
  const closing = end === 'open' ? plan.now + random.integer(-12, 120) * day : at + cycle * day;
  const values = {
    name: `${random.pick(dealSubjects)} – ${party.name}`.slice(0, 200),
    account: party.account,
    contact: party.contacts.length > 0 ? random.pick(party.contacts) : null,
    stage: open[0]!.id,
    amount: random.chance(0.95) || reach >= 3 ? euros(`${amount}.00`) : null,
    expectedCloseDate: isoDate(closing),
    type: party.weight === 0 ? 'new_business' : random.pick(['existing_business', 'new_business', 'upsell', 'renewal']),
    leadSource: random.pick(['web', 'fair', 'referral', 'existing_customer', 'partner']),
    nextStep: end === 'open' ? random.pick(nextSteps) : null,
    budgetConfirmed: reach >= 3,
    needConfirmed: reach >= 2,
    owner: party.owner,
    tags: random.chance(0.15) ? ['Gara'] : null,
  };
  const id = plan.create('deals', values, { at, by });
  for (let step = 1; step <= reach; step++) {
    const moved = at + Math.max(1, Math.floor((cycle * step) / (reach + 1))) * day;
    plan.update('deals', id, { stage: open[step]!.id }, { at: moved, by });
    if (step === reach) plan.create('notes', noteOn('deals', id, step), { at: moved, by });
  }
  const won = { stage: pipeline.stages.find(({ kind }) => kind === 'won')!.id };
  if (end !== 'open') plan.update('deals', id, end === 'won' ? won : lostValues(plan, course), { at: closing, by });
};

export const addDeals = (
  plan: SamplePlan,
  count: number,
  { parties, ...rest }: Omit<Course, 'party'> & { readonly parties: readonly Party[] },
): void => {
  const buyers = parties.flatMap((party) => Array.from({ length: party.weight + 1 }, () => party));
  for (let index = 0; index < count; index++) addDeal(plan, { ...rest, party: plan.random.pick(buyers) });
};

interface Line {
  readonly quantity: string;
  readonly [column: string]: unknown;
}

const vat = [{ code: 'IVA22', rate: '22' }] as const;

const linesOf = (plan: SamplePlan, products: readonly Product[], document: string): readonly Line[] =>
  plan.some(products, plan.random.integer(1, 6)).map(({ id, item }, index) => {
    const most = Number(item.price) > 900 ? 3 : Number(item.price) > 150 ? 16 : 40;
    const discount = plan.random.chance(0.35) ? { percent: plan.random.pick(['5', '8', '10', '12.5', '15']) } : null;
    return {
      id: lineId(document, index),
      item: id,
      description: item.name,
      quantity: String(plan.random.integer(1, most)),
      unit: item.unit,
      unitPrice: item.price,
      discount,
      taxes: vat,
    };
  });

const delivered = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => ({ ...line, delivered: line.quantity, invoiced: line.quantity }));

interface Ordered {
  readonly party: Party;
  readonly products: readonly Product[];
  /** Days ago. */
  readonly age: number;
}

const freight = (amount: string) => ({ name: 'Trasporto', amount, taxCode: 'IVA22', taxRate: '22' });

const subjectOf = (lines: readonly Line[]): string =>
  `${lines[0]!['description'] as string}${lines.length > 1 ? ` e altri ${lines.length - 1}` : ''}`;

const orderValues = (plan: SamplePlan, party: Party, at: number) => {
  const { random } = plan;
  return {
    account: party.account,
    contact: party.contacts.length > 0 ? random.pick(party.contacts) : null,
    orderDate: isoDate(at),
    requestedDeliveryDate: isoDate(at + random.integer(10, 45) * day),
    customerOrderNumber: random.chance(0.4) ? `ODA ${random.integer(100, 9999)}` : null,
    charges: random.chance(0.3) ? [freight(random.pick(['35.00', '60.00', '90.00']))] : null,
    discountPercent: random.chance(0.1) ? random.pick(['3.00', '5.00']) : null,
    carrier: random.pick(['Corriere proprio', 'Bartolini', 'Arco Spedizioni', null]),
    channel: random.pick(['crm', 'crm', 'portal', 'ecommerce']),
    owner: party.owner,
  };
};

/** Makes an order: old ones are delivered and closed, new ones are on their way. */
export const addOrder = (plan: SamplePlan, { party, products, age }: Ordered): void => {
  const { random } = plan;
  const at = plan.daysAgo(age);
  const by = party.owner.id;
  const lines = linesOf(plan, products, plan.newId(at));
  const status = age < 12 && random.chance(0.4) ? 'draft' : 'confirmed';
  const values = { ...orderValues(plan, party, at), subject: subjectOf(lines), status, lines };
  const id = plan.create('salesOrders', values, { at, by });
  if (status === 'draft' || age < 20) return;
  const cancelled = { status: 'cancelled', cancelReason: 'Annullato dal cliente' };
  const closed = { status: 'closed', lines: delivered(lines) };
  if (random.chance(0.03)) plan.update('salesOrders', id, cancelled, { at: at + 3 * day, by });
  else if (age > 35 || random.chance(0.6))
    plan.update('salesOrders', id, closed, { at: at + random.integer(15, 30) * day, by });
};

/** Makes orders of the last year and a half, more of them from those who buy a lot. */
export const addOrders = (
  plan: SamplePlan,
  count: number,
  { parties, products }: { readonly parties: readonly Party[]; readonly products: readonly Product[] },
): void => {
  const buyers = parties
    .filter(({ weight }) => weight > 0)
    .flatMap((party) => Array.from({ length: party.weight === 2 ? 4 : 1 }, () => party));
  for (let index = 0; index < count; index++) {
    const party = plan.random.pick(buyers);
    const known = daysKnown(party, plan.now);
    addOrder(plan, { party, products, age: plan.random.integer(0, Math.max(0, Math.min(known, 540))) });
  }
};
