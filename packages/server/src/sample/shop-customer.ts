import type { Staff } from './sample-people.ts';
import type { SamplePlan } from './sample-plan.ts';
import type { Party } from './sample-parties.ts';

/** The address by which the shop example finds its customer. */
export const shopCustomerEmail = 'giulia.rossi@example.it';

const address = {
  line1: 'Via Giuseppe Garibaldi',
  number: '12/A',
  postalCode: '40121',
  city: 'Bologna',
  province: 'BO',
  region: 'Emilia-Romagna',
  country: 'IT',
};

// prettier-ignore
const company = {
  name: 'Bottega Rossi S.r.l.', legalForm: 'srl', industry: 'retail', types: ['customer'], lifecycle: 'prospect', vatNumber: '00743110157', vatCountry: 'IT', sdiCode: 'M5UXCR1',
  phones: [{ value: '051 5550142', label: 'work', country: 'IT' }], emails: [{ value: 'info@bottega-rossi.example', label: 'work' }], website: 'https://www.bottega-rossi.example',
  billingAddress: address, shippingAddress: address, size: '10-49', employees: 18, portfolio: 'standard', leadSource: 'web', tags: ['Nuova sede'],
};

// prettier-ignore
const buyer = {
  name: { first: 'Giulia', last: 'Rossi' }, salutation: 'sig_ra', jobTitle: 'Responsabile acquisti', department: 'Acquisti',
  emails: [{ value: shopCustomerEmail, label: 'work' }], phones: [{ value: '347 5550142', label: 'mobile', country: 'IT' }],
  mailingAddress: address, language: 'it', lifecycle: 'customer', portalUser: true,
};

/** Days for which we know them. */
const known = 620;

/** Makes the customer whose account the shop example shows: known for long, with orders and tickets. */
export const addShopCustomer = (plan: SamplePlan, staff: Staff): Party => {
  const since = plan.daysAgo(known);
  const seller = staff.sellers[1]!;
  const owner = { type: 'user', id: seller } as const;
  const when = { at: since, by: seller };
  const account = plan.create('accounts', { ...company, owner }, when);
  const contact = plan.create('contacts', { ...buyer, primaryAccount: account, owner }, when);
  return { account, name: company.name, contacts: [contact], owner, since, weight: 2 };
};
