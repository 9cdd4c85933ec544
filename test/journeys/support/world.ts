import { randomBytes } from 'node:crypto';
import type { Change } from '@tessera-crm/model/change.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { defaultPipelineChanges } from '../../../packages/server/src/sample/default-pipeline.ts';
import type { Site } from './site.ts';

/** Records that journeys know by name, beside whatever sample data the server brings. */
export interface World {
  readonly deal: string;
  readonly contact: string;
  /** The customers of the shop by the name they sign in with. */
  readonly customers: Readonly<Record<'giulia' | 'marco', Customer>>;
}

interface Customer {
  readonly contact: string;
  /** Ids of everything that is theirs, and may be in answers to them. */
  readonly own: readonly string[];
}

interface Found {
  readonly records: readonly { readonly id: string; readonly [field: string]: unknown }[];
}

const newId = (): string => uuid7(Date.now(), randomBytes(10));

export const dealName = 'Lighting for the lido of Ostia';
export const contactName = 'Ottavia Quintarelli';

const inTenDays = (): string => new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

const find = async (site: Site, module: string, where: unknown): Promise<Found> =>
  site.api('POST', `${module}/query`, { where, limit: 200 });

const write = async (site: Site, changes: readonly Change[]): Promise<void> => {
  await site.api('POST', 'changes', { changes, atomic: true });
};

/** Puts the records of the journeys into a server that was just started. */
export const settle = async (site: Site): Promise<World> => {
  if ((await find(site, 'pipelines', {})).records.length === 0) await write(site, foundation());
  const [account, contact, deal] = [newId(), newId(), newId()];
  const name = { first: 'Ottavia', last: 'Quintarelli' };
  const amount = { amount: '48200', currency: 'EUR' };
  const ours = { name: dealName, account, contact, amount, expectedCloseDate: inTenDays() };
  await write(site, [
    made('accounts', account, { name: 'Lido di Ostia' }),
    made('contacts', contact, { name, primaryAccount: account, jobTitle: 'Purchasing' }),
    made('deals', deal, ours),
  ]);
  const giulia = { name: { first: 'Giulia', last: 'Rossi' }, email: 'giulia.rossi@example.it' };
  const marco = { name: { first: 'Marco', last: 'Bianchi' }, email: 'marco.bianchi@example.it' };
  const customers = { giulia: await settleCustomer(site, giulia), marco: await settleCustomer(site, marco) };
  return { deal, contact, customers };
};

const settleCustomer = async (site: Site, { name, email }: Pick<NewCustomer, 'name' | 'email'>): Promise<Customer> => {
  const [known] = (await find(site, 'contacts', { emails: email })).records;
  const id = known?.id ?? newId();
  await write(site, customerChanges({ id, isNew: !known, name, email }));
  const own = await Promise.all(['salesOrders', 'tickets'].map((module) => find(site, module, { contact: id })));
  return { contact: id, own: own.flatMap(({ records }) => records.map((record) => record.id)) };
};

const made = (module: string, id: string, values: Readonly<Record<string, unknown>>): Change => ({
  op: 'create',
  module,
  id,
  values,
});

/** What a server without sample data lacks: stages, a reason to lose, somebody to be. */
const foundation = (): readonly Change[] => [
  ...defaultPipelineChanges(newId, 'it'),
  made('lostReasons', newId(), { name: 'Prezzo' }),
  ...usersOfOurs(),
];

const usersOfOurs = (): readonly Change[] =>
  [
    { name: { first: 'Anna', last: 'Conti' }, email: 'anna@lumen.example', isAdmin: true },
    { name: { first: 'Bruno', last: 'Sala' }, email: 'bruno@lumen.example', isAdmin: false },
  ].map((values) => ({ op: 'create', module: 'users', id: newId(), values: { ...values, status: 'active' } }));

interface NewCustomer {
  readonly id: string;
  readonly isNew: boolean;
  readonly name: { readonly first: string; readonly last: string };
  readonly email: string;
}

const customerChanges = ({ id, isNew, name, email }: NewCustomer): readonly Change[] => {
  const account = newId();
  const whole = `${name.first} ${name.last}`;
  const line = {
    id: newId(),
    quantity: '2',
    unitPrice: '39.90',
    description: 'Reading lamp',
    taxes: [{ code: '22', rate: '22' }],
  };
  const order = { account, contact: id, lines: [line] };
  return [
    { op: 'create', module: 'accounts', id: account, values: { name: `${whole}, journeys` } },
    ...(isNew
      ? [{ op: 'create', module: 'contacts', id, values: { name, emails: [{ value: email }] } } satisfies Change]
      : []),
    {
      op: 'create',
      module: 'salesOrders',
      id: newId(),
      values: { ...order, subject: `Lamps for ${name.first}`, status: 'confirmed' },
    },
    {
      op: 'create',
      module: 'tickets',
      id: newId(),
      values: { subject: `${name.first} asks about a switch`, contact: id },
    },
  ];
};

/** The ids of all records of a customer's modules that are not theirs: none may ever come to them. */
export const foreignIds = async (site: Site, contact: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const module of ['contacts', 'accounts', 'deals', 'salesOrders', 'tickets']) {
    let after: string | undefined;
    do {
      const page = await site.api<Found & { readonly next?: string | null }>('POST', `${module}/query`, {
        limit: 200,
        ...(after !== undefined && { after }),
      });
      ids.push(...page.records.filter((one) => one['contact'] !== contact && one.id !== contact).map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return ids;
};

/** The name of the stage that a deal is in. */
export const stageOf = async (site: Site, deal: string): Promise<string> => {
  const { stage } = await site.api<{ readonly stage: string }>('GET', `deals/${deal}`);
  return (await site.api<{ readonly name: string }>('GET', `stages/${stage}`)).name;
};

/** Puts a deal back where new ones are, whatever was done to it before. */
export const beginAnew = (site: Site, deal: string): Promise<void> => moveTo(site, deal, 'Nuova');

/** Moves a deal by the API, as somebody else may. */
export const moveTo = async (site: Site, deal: string, name: string): Promise<void> => {
  const { pipeline } = await site.api<{ readonly pipeline: string }>('GET', `deals/${deal}`);
  const { records } = await site.api<Found>('POST', 'stages/query', { where: { pipeline, name } });
  await site.api('PATCH', `deals/${deal}`, { stage: records[0]!.id });
};

/** Waits for something to become true on the server. @throws {Error} When it does not within half a minute. */
export const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It never came to pass: ${what}`);
};
