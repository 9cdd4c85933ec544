import type { AnyRecord } from '@tessera-crm/model/module.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { idOf, recordOf, registry } from './people.ts';

const names = [
  'Rossi Impianti Srl',
  'Brambilla & Figli',
  'Müller GmbH',
  'Officine Meccaniche Lombarde SpA',
  'Azienda Agricola Verde Valle',
  'Studio Legale D’Amico',
  'Tecnologie Avanzate Nord-Est Società Cooperativa',
  '日本商事',
  '<img src=x onerror=alert(1)>',
  'Zanetti Trasporti',
];

const lifecycles = ['lead', 'prospect', 'customer', 'dormant'];

const anna = recordOf('users', 900, {
  name: { salutation: null, first: 'Anna', middle: null, last: 'Bianchi', suffix: null },
});

/** The company of this number, from 1; every third belongs to the first one. */
const sampleAccount = (number: number): AnyRecord => {
  const index = number - 1;
  const suffix = index < names.length ? '' : ` ${number}`;
  return recordOf('accounts', number, {
    name: `${names[index % names.length]}${suffix}`,
    lifecycle: lifecycles[index % lifecycles.length],
    parent: index % 3 === 1 ? idOf(1) : null,
    owner: { type: 'user', id: anna.id },
    revenueTotal: { amount: `${(index * 7919) % 90_000}.50`, currency: 'EUR' },
    emails: [{ value: `info${number}@example.com`, label: null, primary: true, invalid: false, optOut: false }],
    tags: index % 4 === 0 ? ['vip', 'fiera 2026'] : null,
    createdAt: '2026-01-10T08:30:00.000Z',
    updatedAt: new Date(Date.UTC(2026, 0, 10, 8, 30) + index * 86_400_000).toISOString(),
  });
};

/** A memory store with so many companies, their parent and the user who answers for them. */
export const accountStore = (count: number) => {
  const store = memoryStore({ registry });
  store.memory.fill('users', [anna]);
  store.memory.fill(
    'accounts',
    Array.from({ length: count }, (_, index) => sampleAccount(index + 1)),
  );
  return store;
};
