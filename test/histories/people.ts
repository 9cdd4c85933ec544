import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import { create, type Change } from '@tessera-crm/model/change.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { defaultPipelineChanges } from '../../packages/server/src/sample/default-pipeline.ts';
import type { Person } from './device.ts';
import { customerLists, staffLists } from './queries.ts';
import type { Place } from './staff-deeds.ts';
import type { Tenancy, World } from './world.ts';

export interface Settled {
  readonly place: Place;
  readonly people: Readonly<Record<'anna' | 'bruno' | 'helper' | 'customer', Person>>;
}

const newId = (): string => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** What a helper's token lets them do: some of what they try is refused. */
const helperScope = ['tasks:*', 'accounts:read', 'notes:*', 'tickets:read', 'tickets:act'];

/** Moves into an empty tenant: people, a pipeline, and something to work on. */
export const settleIn = async (world: World, { key }: Tenancy): Promise<Settled> => {
  const address = world.servers[0]!.address!;
  const store = new RemoteStore({ url: address, token: key });
  const ids = Object.fromEntries(
    ['anna', 'bruno', 'helper', 'customer', 'otherCustomer', 'firm', 'otherFirm'].map((name) => [name, newId()]),
  ) as Record<'anna' | 'bruno' | 'helper' | 'customer' | 'otherCustomer' | 'firm' | 'otherFirm', string>;
  const pipeline = defaultPipelineChanges(newId, 'en');
  await store.apply([...peopleIn(ids), ...pipeline]);
  await store.apply(workIn(ids));
  const stages = pipeline.flatMap((one) => (one.module === 'stages' ? [one.id] : []));
  const mint = async (body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${address}/v1/sessions`, { method: 'POST', body: JSON.stringify(body), headers });
    return ((await response.json()) as { readonly token: string }).token;
  };
  const staff = async (name: 'anna' | 'bruno' | 'helper', more: object = {}): Promise<Person> => ({
    name,
    identity: { type: 'user', id: ids[name], admin: false },
    token: await mint({ user: ids[name], ...more }),
    lists: staffLists,
  });
  const customer: Person = {
    name: 'customer',
    identity: { type: 'subject', module: 'contacts', id: ids.customer },
    token: await mint({ subject: { module: 'contacts', id: ids.customer } }),
    lists: customerLists,
  };
  const helper = await staff('helper', { scope: helperScope });
  const mayRead = new Set(helperScope.map((claim) => claim.split(':', 1)[0]));
  return {
    place: { customer: ids.customer, otherCustomer: ids.otherCustomer, stages },
    people: {
      anna: await staff('anna'),
      bruno: await staff('bruno'),
      helper: { ...helper, lists: staffLists.filter(({ module }) => mayRead.has(module)) },
      customer,
    },
  };
};

type Names = Readonly<Record<string, string>>;

const peopleIn = ({ anna, bruno, helper, customer, otherCustomer, firm, otherFirm }: Names): readonly Change[] => [
  ...Object.entries({ anna, bruno, helper }).map(([name, id]) =>
    create('users', id as never, { name: { first: name, last: 'Neri' }, email: `${name}@example.org` } as never),
  ),
  create('accounts', firm as never, { name: 'Firm' }),
  create('accounts', otherFirm as never, { name: 'Other firm' }),
  create('contacts', customer as never, { name: { first: 'Carla', last: 'Verdi' }, primaryAccount: firm } as never),
  create(
    'contacts',
    otherCustomer as never,
    { name: { first: 'Dario', last: 'Blu' }, primaryAccount: otherFirm } as never,
  ),
];

const workIn = ({ anna, customer, otherCustomer, firm, otherFirm }: Names): readonly Change[] => [
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((subject) =>
    create('tasks', newId() as never, {
      subject,
      assignees: [{ module: 'users', id: anna }] as never,
      dueDate: '2026-06-15',
      tags: ['red'],
      description: 'first\nlast',
    }),
  ),
  ...[firm, otherFirm, firm].map((account, place) =>
    create('deals', newId() as never, {
      name: `Sale ${place}`,
      account: account as never,
      amount: { amount: `${700 * place}.00`, currency: 'EUR' },
      expectedCloseDate: '2026-06-15',
    }),
  ),
  ...[customer, otherCustomer, customer].map((contact, place) =>
    create('tickets', newId() as never, {
      subject: `Case ${place}`,
      contact: contact as never,
      portalVisible: place < 2,
    }),
  ),
];
