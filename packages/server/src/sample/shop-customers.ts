import type { Staff } from './sample-people.ts';
import type { SamplePlan } from './sample-plan.ts';
import type { Party } from './sample-parties.ts';

interface ShopCustomer {
  readonly company: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly buyer: Readonly<Record<string, unknown>>;
  /** Days for which we know them. */
  readonly known: number;
  /** Days ago on which they ordered something, and asked something. */
  readonly orders: readonly number[];
  readonly tickets: readonly number[];
}

/** The addresses by which the shop example finds its customers. */
export const shopEmails = { giulia: 'giulia.rossi@example.it', marco: 'marco.bianchi@example.it' } as const;

const bologna = { city: 'Bologna', province: 'BO', region: 'Emilia-Romagna', country: 'IT' };
const garibaldi = { line1: 'Via Giuseppe Garibaldi', number: '12/A', postalCode: '40121', ...bologna };
const mazzini = { line1: 'Via Giuseppe Mazzini', number: '88', postalCode: '40137', ...bologna };

// prettier-ignore
const giulia: ShopCustomer = {
  company: {
    name: 'Bottega Rossi S.r.l.', legalForm: 'srl', industry: 'retail', types: ['customer'], lifecycle: 'prospect', vatNumber: '00743110157', vatCountry: 'IT', sdiCode: 'M5UXCR1',
    phones: [{ value: '051 5550142', label: 'work', country: 'IT' }], emails: [{ value: 'info@bottega-rossi.example', label: 'work' }], website: 'https://www.bottega-rossi.example',
    billingAddress: garibaldi, shippingAddress: garibaldi, size: '10-49', employees: 18, portfolio: 'standard', leadSource: 'web', tags: ['Nuova sede'],
  },
  buyer: {
    name: { first: 'Giulia', last: 'Rossi' }, salutation: 'sig_ra', jobTitle: 'Responsabile acquisti', department: 'Acquisti',
    emails: [{ value: shopEmails.giulia, label: 'work' }], phones: [{ value: '347 5550142', label: 'mobile', country: 'IT' }],
    mailingAddress: garibaldi, language: 'it', lifecycle: 'customer', portalUser: true,
  },
  known: 620,
  orders: [500, 390, 271, 150, 88, 40, 9],
  tickets: [260, 84, 21, 3],
};

// prettier-ignore
const marco: ShopCustomer = {
  company: {
    name: 'Studio Bianchi', legalForm: 'ditta', industry: 'consulting', types: ['customer'], lifecycle: 'prospect', vatNumber: '04672810373', vatCountry: 'IT', sdiCode: 'KRRH6B9',
    phones: [{ value: '051 5550177', label: 'work', country: 'IT' }], emails: [{ value: 'info@studio-bianchi.example', label: 'work' }],
    billingAddress: mazzini, size: '1', employees: 1, portfolio: 'occasional', leadSource: 'word_of_mouth',
  },
  buyer: {
    name: { first: 'Marco', last: 'Bianchi' }, salutation: 'dott', jobTitle: 'Titolare',
    emails: [{ value: shopEmails.marco, label: 'work' }], phones: [{ value: '348 5550177', label: 'mobile', country: 'IT' }],
    mailingAddress: mazzini, language: 'it', lifecycle: 'customer', portalUser: true,
  },
  known: 210,
  orders: [180, 62, 14],
  tickets: [59, 6],
};

export const shopCustomers: readonly ShopCustomer[] = [giulia, marco];

/** Makes a customer whose account the shop example shows: known for long, and yet to order and to ask. */
export const addShopCustomer = (plan: SamplePlan, staff: Staff, { company, buyer, known }: ShopCustomer): Party => {
  const since = plan.daysAgo(known);
  const seller = staff.sellers[1]!;
  const owner = { type: 'user', id: seller } as const;
  const when = { at: since, by: seller };
  const account = plan.create('accounts', { ...company, owner }, when);
  const contact = plan.create('contacts', { ...buyer, primaryAccount: account, owner }, when);
  return { account, name: company.name, contacts: [contact], owner, since, weight: 2 };
};
