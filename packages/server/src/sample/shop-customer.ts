import type { Staff } from './sample-people.ts';
import type { SamplePlan } from './sample-plan.ts';
import type { Party } from './sample-parties.ts';

/** The address by which the shop example finds its customer. */
export const shopCustomerEmail = 'giulia.rossi@example.it';

/** Makes the customer whose account the shop example shows: known for long, with orders and tickets. */
export const addShopCustomer = (plan: SamplePlan, staff: Staff): Party => {
  const since = plan.daysAgo(620);
  const seller = staff.sellers[1]!;
  const owner = { type: 'user', id: seller } as const;
  const name = 'Bottega Rossi S.r.l.';
  const address = {
    line1: 'Via Giuseppe Garibaldi',
    number: '12/A',
    postalCode: '40121',
    city: 'Bologna',
    province: 'BO',
    region: 'Emilia-Romagna',
    country: 'IT',
  };
  const account = plan.create(
    'accounts',
    {
      name,
      legalForm: 'srl',
      industry: 'retail',
      types: ['customer'],
      lifecycle: 'prospect',
      vatNumber: '00743110157',
      vatCountry: 'IT',
      sdiCode: 'M5UXCR1',
      phones: [{ value: '051 5550142', label: 'work', country: 'IT' }],
      emails: [{ value: 'info@bottega-rossi.example', label: 'work' }],
      website: 'https://www.bottega-rossi.example',
      billingAddress: address,
      shippingAddress: address,
      size: '10-49',
      employees: 18,
      portfolio: 'standard',
      leadSource: 'web',
      tags: ['Nuova sede'],
      owner,
    },
    { at: since, by: seller },
  );
  const contact = plan.create(
    'contacts',
    {
      name: { first: 'Giulia', last: 'Rossi' },
      salutation: 'sig_ra',
      jobTitle: 'Responsabile acquisti',
      department: 'Acquisti',
      primaryAccount: account,
      emails: [{ value: shopCustomerEmail, label: 'work' }],
      phones: [{ value: '347 5550142', label: 'mobile', country: 'IT' }],
      mailingAddress: address,
      language: 'it',
      lifecycle: 'customer',
      portalUser: true,
      owner,
    },
    { at: since, by: seller },
  );
  return { account, name, contacts: [contact], owner, since, weight: 2 };
};
