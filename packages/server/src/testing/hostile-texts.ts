import { existsSync, readFileSync } from 'node:fs';
import type { Field } from '@tessera-crm/model/kind.js';
import { isWritable, type Module } from '@tessera-crm/model/module.js';
import { seededRandom } from '@tessera-crm/model/random.js';
import { newId, realFile } from './import-kit.ts';

type Values = Readonly<Record<string, unknown>>;

const file = realFile('hostile/blns.json');

/** Why tests with the list of naughty strings are left out; false when they are not. */
export const skipHostile: string | false = existsSync(file) ? false : 'shared/data/hostile is not there';

const emojis = ['😀', 'Ada 👩🏽‍💻 Neri 🏳️‍🌈', '🇮🇹'];

/** Emojis, and every string of the list of naughty ones. */
export const hostileTexts: readonly string[] = skipHostile
  ? emojis
  : [...emojis, ...(JSON.parse(readFileSync(file, 'utf8')) as readonly string[])];

interface WithColumns {
  readonly columns: Readonly<Record<string, Field>>;
}

/** How a text gets into values that are no text as a whole. */
const shapes: Readonly<Record<string, (text: string, field: Field) => unknown>> = {
  json: (text) => ({ text }),
  name: (text) => ({ first: text, last: text }),
  address: (text) => ({ line1: text, city: text }),
  emails: (value) => [{ value }],
  phones: (value) => [{ value }],
  tags: (text) => [text],
  lines: (description) => [{ id: newId(), description, quantity: '1', unitPrice: '1' }],
  grid: (text, { options }) => [rowOf(text, options as unknown as WithColumns)],
};

const isText = ({ kind, options }: Field): boolean =>
  ['text', 'longtext', 'richtext'].includes(kind.control(options).as);

/** Whether a person can write any text somewhere in the field. */
const takesText = (field: Field): boolean =>
  field.kind.name === 'grid'
    ? Object.values((field.options as unknown as WithColumns).columns).some(isPlain)
    : isText(field) || field.kind.name in shapes;

/** Whether any text fits, and not only that of an address, a number and the like. */
const isPlain = ({ kind }: Field): boolean => ['text', 'longtext', 'tags'].includes(kind.name);

const rowOf = (text: string, { columns }: WithColumns): Values =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) => {
      const { kind, options, presence } = column;
      if (isPlain(column)) return [[name, withText(column, text)]];
      return presence === 'required' ? [[name, kind.random(seededRandom(1), options)]] : [];
    }),
  );

/** A value of the field with a text wherever it takes one. */
export const withText = (field: Field, text: string): unknown => shapes[field.kind.name]?.(text, field) ?? text;

/** Every field of a module that takes text. */
export const textFields = (module: Module): readonly (readonly [string, Field])[] =>
  Object.entries(module.fields).filter(([, field]) => isWritable(field) && takesText(field));

const last = { last: 'Rossi' };
const day = '2020-06-15';
const [start, end] = [`${day}T10:00:00.000Z`, `${day}T11:00:00.000Z`];

export interface PlainRecord {
  readonly id: string;
  readonly values: Values;
}

/**
 * A record of every module with nothing but what it needs, in an order in which they can be made, by module; but for
 * `sharingRules`, whose only text is the name of a module, each once.
 */
export const plainRecords = (): Readonly<Record<string, PlainRecord>> => {
  const [account, contact, pipeline, stage, deal, user] = Array.from({ length: 6 }, newId) as [string, ...string[]];
  const sale = { account, pipeline, stage, expectedCloseDate: day };
  const document = { account, orderDate: day, currency: 'EUR', lines: [] };
  return {
    users: { id: user!, values: { name: last, email: `${user}@crm.test` } },
    roles: { id: newId(), values: { name: `Role ${user}` } },
    profiles: { id: newId(), values: { name: `Profile ${user}` } },
    groups: { id: newId(), values: { name: `Group ${user}` } },
    tags: { id: newId(), values: { name: `Tag ${user}` } },
    pipelines: { id: pipeline!, values: { name: 'Sales' } },
    stages: { id: stage!, values: { pipeline, name: 'New', order: 1, kind: 'open' } },
    lostReasons: { id: newId(), values: { name: 'Price' } },
    accounts: { id: account, values: { name: 'Rossi' } },
    contacts: { id: contact!, values: { name: last } },
    accountContacts: { id: newId(), values: { account, contact } },
    sites: { id: newId(), values: { account, name: 'HQ', address: { city: 'Milano' } } },
    leads: { id: newId(), values: { name: last, company: 'Rossi' } },
    deals: { id: deal!, values: { ...sale, name: 'Deal' } },
    dealContacts: { id: newId(), values: { deal, contact, role: 'other' } },
    products: { id: newId(), values: { name: 'Vite', price: { amount: '1', currency: 'EUR' } } },
    salesOrders: { id: newId(), values: { ...document, subject: 'Order' } },
    tickets: { id: newId(), values: { subject: 'Ticket' } },
    tasks: { id: newId(), values: { subject: 'Task', assignees: [{ module: 'users', id: user }] } },
    events: { id: newId(), values: { subject: 'Event', type: 'meeting', start, end, organizer: user } },
    notes: { id: newId(), values: { record: { module: 'accounts', id: account }, body: 'Note' } },
    documents: { id: newId(), values: { title: 'Document', type: 'html', content: 'x' } },
  };
};
