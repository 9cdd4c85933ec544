import type { AnyRecord } from '@tessera-crm/model/module.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { RecordOf } from '@tessera-crm/model/records.js';
import { memoryStore, type MemoryStoreOptions } from '@tessera-crm/model/testing/memory-store.js';

export const registry = builtInRegistry();

/** A stored record as the store gives it: all fields there, those not named by their default or empty. */
export const recordOf = <K extends string>(module: K, number: number, values: object): RecordOf<K> =>
  ({
    ...Object.fromEntries(
      Object.entries(registry.get(module).fields).map(([key, { options }]) => [key, options.default ?? null]),
    ),
    id: idOf(number),
    version: 1,
    ...values,
  }) as unknown as RecordOf<K>;

export const idOf = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const company = recordOf('accounts', 100, {
  name: 'Rossi Impianti Srl',
  kind: 'business',
  lifecycle: 'customer',
  revenue12m: { amount: '84200.00', currency: 'EUR' },
});

const phoneEntry = { extension: null, label: null, primary: false, doNotCall: false, country: 'IT' };

const emailEntry = { label: null, primary: false, invalid: false, optOut: false };

const giuliaValues = {
  name: { salutation: null, first: 'Giulia', middle: null, last: 'Rossi', suffix: null },
  jobTitle: 'Responsabile acquisti',
  primaryAccount: company.id,
  phones: [
    { ...phoneEntry, value: '+393331234567', label: 'mobile' },
    { ...phoneEntry, value: '+390255501234', label: 'work', primary: true },
  ],
  emails: [{ ...emailEntry, value: 'giulia@rossi-impianti.example', primary: true }],
  mailingAddress: { formatted: 'Via Roma 1, 20025 Legnano (MI)', city: 'Legnano', country: 'IT' },
  lifecycle: 'customer',
  sentiment: 'positive',
  doNotCall: false,
  emailOptOut: false,
  portalUser: false,
  isReference: false,
};

/** A contact of the company; with other values where they are given. */
export const person = (number = 1, values: object = {}): RecordOf<'contacts'> =>
  recordOf('contacts', number, { ...giuliaValues, ...values });

export const giulia = person();

/** A memory store with Giulia, her company, two open deals of 1,200.50 and 3,000 €, a lost one, and an open ticket. */
export const peopleStore = (options: Partial<MemoryStoreOptions> = {}) => {
  const store = memoryStore({ registry, ...options });
  const deal = (number: number, outcome: string, amount: string): AnyRecord =>
    recordOf('deals', number, {
      name: `Deal ${number}`,
      contact: giulia.id,
      outcome,
      amount: { amount, currency: 'EUR' },
    }) as unknown as AnyRecord;
  const ticket = (number: number, status: string): AnyRecord =>
    recordOf('tickets', number, { subject: 'Pump', contact: giulia.id, status }) as unknown as AnyRecord;
  store.memory
    .fill('accounts', [company as unknown as AnyRecord])
    .fill('contacts', [giulia as unknown as AnyRecord])
    .fill('deals', [deal(201, 'open', '1200.50'), deal(202, 'open', '3000.00'), deal(203, 'lost', '9.00')])
    .fill('tickets', [ticket(301, 'open'), ticket(302, 'closed')]);
  return store;
};
