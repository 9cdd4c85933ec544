import type { AnyRecord } from '@tessera-crm/model/module.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';

export const registry = builtInRegistry();

/** Ids that sort in the order of their numbers; `kind` keeps modules apart. */
export const sampleId = (kind: number, number: number): string =>
  `00000000-000${kind}-7000-8000-${String(number).padStart(12, '0')}`;

/** The moment at which the sample is looked at. */
export const sampleNow = '2026-06-15T10:00:00.000Z';

const sampleRecord = (module: string, id: string, values: Readonly<Record<string, unknown>>): AnyRecord => {
  const { fields } = registry.get(module);
  const defaults = Object.entries(fields).map(([name, { options }]) => [name, options.default ?? null] as const);
  return { ...Object.fromEntries(defaults), id, version: 1, createdAt: sampleNow, updatedAt: sampleNow, ...values };
};

export const pipelineId = sampleId(1, 1);

export const stageNames = ['New', 'Qualified', 'Needs', 'Offer', 'Negotiation', 'Won', 'Lost'] as const;

export const stageId = (name: (typeof stageNames)[number]): string => sampleId(2, stageNames.indexOf(name) + 1);

const probabilities = ['10.00', '25.00', '40.00', '60.00', '80.00', '100.00', '0.00'];

const kindOf = (index: number): 'open' | 'won' | 'lost' => (index === 5 ? 'won' : index === 6 ? 'lost' : 'open');

const stages = stageNames.map((name, index) =>
  sampleRecord('stages', stageId(name), {
    name,
    pipeline: pipelineId,
    order: index + 1,
    kind: kindOf(index),
    probability: probabilities[index],
    maxDays: index === 1 ? 20 : null,
    requiredFields: name === 'Offer' ? ['nextStep'] : null,
    closed: kindOf(index) !== 'open',
  }),
);

const companies = [
  'Rossi Impianti Srl',
  'Bianchi SpA',
  'Ferrari & Figli Snc',
  'Esposito Energia',
  'Colombo Sistemi',
  'Marino Logistica',
];
const subjects = [
  'Pump replacement',
  'Heat pump retrofit',
  'Maintenance contract',
  'Cooling plant',
  'Spare parts 2026',
  'New warehouse',
  'Remote monitoring',
];
const steps = ['Send revised offer', 'Call the buyer', 'Site visit on Tuesday', null, 'Clarify delivery terms', null];

const people = [
  { first: 'Giulia', last: 'Rossi' },
  { first: 'Marco', last: 'Neri' },
  { first: 'Anna', last: 'Conti' },
];

const userId = (index: number): string => sampleId(4, (index % people.length) + 1);

const dayAfter = (days: number): string =>
  new Date(Date.parse('2026-06-15') + days * 86_400_000).toISOString().slice(0, 10);

/** Deal number `index`, in the stage of its turn unless told. */
export const sampleDeal = (index: number, values: Readonly<Record<string, unknown>> = {}): AnyRecord => {
  const stage = (index * 3) % 5;
  const amount = index % 9 === 4 ? null : `${((index * 3791) % 90_000) + 1500}.00`;
  const probability = probabilities[stage]!;
  return sampleRecord('deals', sampleId(5, index), {
    name: `${subjects[index % subjects.length]!} ${index}`,
    account: sampleId(3, (index % companies.length) + 1),
    pipeline: pipelineId,
    stage: stages[stage]!.id,
    outcome: 'open',
    amount: amount && { amount, currency: 'EUR' },
    probability,
    weightedAmount: amount && { amount: ((Number(amount) * Number(probability)) / 100).toFixed(2), currency: 'EUR' },
    expectedCloseDate: dayAfter(((index * 7) % 90) - 10),
    nextStep: steps[index % steps.length],
    owner: { type: 'user', id: userId(index) },
    stageEnteredAt: new Date(Date.parse(sampleNow) - (index % 30) * 86_400_000).toISOString(),
    lastActivityAt: new Date(Date.parse(sampleNow) - ((index * 5) % 45) * 86_400_000).toISOString(),
    ...values,
  });
};

const reasons = [
  sampleRecord('lostReasons', sampleId(6, 1), { name: 'Price', appliesTo: ['deals'] }),
  sampleRecord('lostReasons', sampleId(6, 2), {
    name: 'Went to a competitor',
    appliesTo: ['deals'],
    needsCompetitor: true,
  }),
];

/** A store with one pipeline of seven stages and so many deals in the five open ones. */
export const dealStore = (count: number) => {
  const store = memoryStore({ registry, now: () => sampleNow });
  const { memory } = store;
  memory.fill('pipelines', [
    sampleRecord('pipelines', pipelineId, { name: 'New business', default: true, active: true }),
  ]);
  memory.fill('stages', stages);
  memory.fill('lostReasons', reasons);
  memory.fill(
    'accounts',
    companies.map((name, index) => sampleRecord('accounts', sampleId(3, index + 1), { name })),
  );
  memory.fill(
    'users',
    people.map((name, index) =>
      sampleRecord('users', sampleId(4, index + 1), {
        name: { salutation: null, middle: null, suffix: null, ...name },
      }),
    ),
  );
  memory.fill(
    'deals',
    Array.from({ length: count }, (_, index) => sampleDeal(index + 1)),
  );
  return store;
};
