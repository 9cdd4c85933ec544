import type { AnyLink } from '../kinds/any-link.ts';
import type { Emails } from '../kinds/emails.ts';
import type { Money } from '../kinds/money.ts';
import type { Name } from '../kinds/name.ts';
import type { Phones } from '../kinds/phones.ts';
import { formatName } from '../format/name.ts';
import type { ConversionArgs } from './conversion.ts';

/** What conversion reads of a lead. */
export interface Lead {
  readonly id: string;
  readonly name: Name | null;
  readonly company: string | null;
  readonly stage: string;
  readonly emails: Emails | null;
  readonly phones: Phones | null;
  readonly website: string | null;
  readonly vatNumber: string | null;
  readonly leadSource: string | null;
  readonly campaign: string | null;
  readonly owner: unknown;
  readonly tags: unknown;
  readonly estimatedAmount: Money | null;
  readonly estimatedCloseDate: string | null;
  readonly productsOfInterest: readonly AnyLink[] | null;
}

/** THE conversion table: field of the lead, field of what it becomes. */
const table = {
  account: {
    company: 'name',
    phones: 'phones',
    emails: 'emails',
    website: 'website',
    address: 'billingAddress',
    vatNumber: 'vatNumber',
    industry: 'industry',
    employees: 'employees',
    annualRevenue: 'annualRevenue',
    leadSource: 'leadSource',
    rating: 'rating',
    description: 'description',
    doNotCall: 'doNotCall',
    emailOptOut: 'emailOptOut',
    owner: 'owner',
    tags: 'tags',
    id: 'convertedFromLead',
  },
  person: {
    name: 'personName',
    phones: 'phones',
    emails: 'emails',
    website: 'website',
    address: 'billingAddress',
    vatNumber: 'vatNumber',
    leadSource: 'leadSource',
    rating: 'rating',
    description: 'description',
    doNotCall: 'doNotCall',
    emailOptOut: 'emailOptOut',
    owner: 'owner',
    tags: 'tags',
    id: 'convertedFromLead',
  },
  contact: {
    name: 'name',
    jobTitle: 'jobTitle',
    phones: 'phones',
    emails: 'emails',
    address: 'mailingAddress',
    leadSource: 'leadSource',
    description: 'description',
    doNotCall: 'doNotCall',
    emailOptOut: 'emailOptOut',
    owner: 'owner',
    tags: 'tags',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** Interest is verified when somebody converts a lead. */
const fixed: Readonly<Record<keyof typeof table, Readonly<Record<string, string>>>> = {
  account: { lifecycle: 'prospect' },
  person: { lifecycle: 'prospect' },
  contact: { lifecycle: 'sql' },
};

/** The values of what a lead becomes. */
export const valuesFor = (target: keyof typeof table, lead: Lead): Readonly<Record<string, unknown>> => {
  const mapped = Object.entries(table[target]).map(([from, to]) => [to, lead[from as keyof Lead] ?? null] as const);
  return { ...fixed[target], ...Object.fromEntries(mapped.filter(([, value]) => value !== null)) };
};

const productsOf = (lead: Lead): readonly string[] | null => {
  const products = (lead.productsOfInterest ?? []).filter(({ module }) => module === 'products').map(({ id }) => id);
  return products.length > 0 ? products : null;
};

/** The values of the deal that a lead becomes; whose it is comes later. */
export const dealFrom = (lead: Lead, given: ConversionArgs) => ({
  name: given.dealName ?? lead.company ?? (lead.name && formatName(lead.name, 'en')),
  lead: lead.id,
  pipeline: given.pipeline,
  stage: given.stage,
  amount: given.amount ?? lead.estimatedAmount,
  expectedCloseDate: given.expectedCloseDate ?? lead.estimatedCloseDate,
  leadSource: lead.leadSource,
  campaign: lead.campaign,
  productsOfInterest: productsOf(lead),
  owner: lead.owner,
});
