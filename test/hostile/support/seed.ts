import { randomBytes } from 'node:crypto';
import type { Change } from '@tessera-crm/model/change.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { defaultPipelineChanges } from '../../../packages/server/src/sample/default-pipeline.ts';
import type { Site } from '../../journeys/support/site.ts';
import { hostileValues } from './hostile-values.ts';
import { known, seen } from './known.ts';

const newId = (): string => uuid7(Date.now(), randomBytes(10));

const made = (module: string, values: Readonly<Record<string, unknown>>, id = newId()): Change => ({
  op: 'create',
  module,
  id,
  values,
});

/** Puts the records that the pages show into a server without data. */
export const seed = async (site: Site): Promise<void> => {
  const changes = [...foundation(), ...people(), ...work()];
  await site.api('POST', 'changes', { changes, atomic: true });
};

const foundation = (): readonly Change[] => [
  ...defaultPipelineChanges(newId, 'it'),
  made('users', {
    name: { first: 'Anna', last: 'Conti' },
    email: 'anna@lumen.example',
    isAdmin: true,
    status: 'active',
  }),
];

const people = (): readonly Change[] => {
  const { account } = known;
  const phones = [{ value: '+39 06 4780 0001' }];
  const emails = (name: string) => [{ value: `${name}@lido.example` }];
  return [
    made('accounts', { name: 'Lido di Ostia' }, account),
    made(
      'contacts',
      {
        name: { first: 'Ottavia', last: 'Quintarelli' },
        primaryAccount: account,
        jobTitle: 'Purchasing',
        emails: emails('ottavia'),
        phones,
      },
      known.contact,
    ),
    made(
      'contacts',
      { name: { first: 'Marco', last: 'Brutus' }, primaryAccount: account, emails: emails('marco') },
      known.otherContact,
    ),
    made('contacts', hostileValues, known.hostileContact),
  ];
};

const work = (): readonly Change[] => [
  ...[seen.deal, 'Lamps for the terrace', 'Emergency signs'].map((name, index) =>
    made('deals', {
      name,
      account: known.account,
      contact: known.contact,
      amount: { amount: `${48_200 - index * 12_000}`, currency: 'EUR' },
      expectedCloseDate: '2031-05-12',
    }),
  ),
  ...[seen.ticket, 'A lamp is missing', 'Invoice twice'].map((subject) =>
    made('tickets', { subject, account: known.account, contact: known.contact }),
  ),
  made('tickets', { subject: 'Not for Ottavia', contact: known.otherContact }),
];
