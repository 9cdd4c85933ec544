import { isPartitaIva } from '@tessera-crm/model/rules/fiscal.js';
import { companyNames, legalForms, markers, withoutForm } from './companies.ts';
import { familyNames, foreigners, mensNames, positions, womensNames } from './people.ts';
import { abroad, streets, towns } from './places.ts';
import { opening, type Staff } from './sample-people.ts';
import { day, type SamplePlan } from './sample-plan.ts';

/** An account with the people in it. */
export interface Party {
  readonly account: string;
  readonly name: string;
  readonly contacts: readonly string[];
  readonly owner: { readonly type: 'user'; readonly id: string };
  /** Since when we know it; milliseconds since 1970. */
  readonly since: number;
  /** How much it buys: 0 never did, 1 now and then, 2 a lot. */
  readonly weight: 0 | 1 | 2;
}

/** Whole days for which we know a party. */
export const daysKnown = ({ since }: Pick<Party, 'since'>, now: number): number =>
  Math.max(1, Math.floor((now - since) / day) - 1);

interface Place {
  readonly line1: string;
  readonly number: string;
  readonly postalCode: string;
  readonly city: string;
  readonly province?: string;
  readonly region?: string;
  readonly country: string;
}

/** What is known of a company before it is written. */
interface Company {
  readonly name: string;
  readonly industry: string;
  readonly address: Place;
  readonly phone: string;
  readonly domain: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** How a name looks in an address of a page or a mailbox. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const digits = (plan: SamplePlan, count: number): string =>
  Array.from({ length: count }, () => plan.random.integer(0, 9)).join('');

/** A number with a right check digit. */
const partitaIva = (plan: SamplePlan): string => {
  const start = `0${plan.random.integer(1, 9)}${digits(plan, 8)}`;
  return Array.from({ length: 10 }, (_, check) => `${start}${check}`).find(isPartitaIva) ?? '00743110157';
};

const italianCompany = (plan: SamplePlan, taken: Set<string>): Company => {
  const { random } = plan;
  const town = random.pick(towns);
  const { name: pattern, industry } = random.pick(companyNames);
  const base = pattern.replace('{family}', random.pick(familyNames)).replace('{town}', town.city);
  const form = random.pick(legalForms);
  const isPlain = withoutForm.has(industry);
  const name = isPlain ? base : `${base} ${form.text}`;
  if (taken.has(base)) return italianCompany(plan, taken);
  taken.add(base);
  const { prefix, ...place } = town;
  const address = { line1: random.pick(streets), number: String(random.integer(1, 180)), ...place, country: 'IT' };
  const fiscal = {
    vatNumber: partitaIva(plan),
    vatCountry: 'IT',
    sdiCode: random.pick(['M5UXCR1', 'KRRH6B9', 'SUBM70N', 'USAL8PV']),
  };
  return {
    name,
    industry,
    address,
    phone: `${prefix} 555${digits(plan, 4)}`,
    domain: `${plainName(base)}.example`,
    values: {
      ...fiscal,
      ...(!isPlain && { legalForm: form.key }),
      ...(random.chance(0.5) && { pec: `pec@${plainName(base)}.example` }),
    },
  };
};

const foreignCompany = (plan: SamplePlan, index: number): Company => {
  const { name, country, city, postalCode, line1, phone, vat } = abroad[index]!;
  const address = { line1, number: String(plan.random.integer(1, 90)), postalCode, city, country };
  const domain = `${plainName(name)}.example`;
  return {
    name,
    industry: 'furniture',
    address,
    phone: `${phone}${digits(plan, 3)}`,
    domain,
    values: { vatNumber: vat, vatCountry: country },
  };
};

const sizes = ['1', '2-9', '10-49', '50-249', '250+'] as const;
const staffBySize: Readonly<Record<string, readonly [number, number]>> = {
  '1': [1, 1],
  '2-9': [2, 9],
  '10-49': [10, 49],
  '50-249': [50, 249],
  '250+': [250, 900],
};

const addCompany = (plan: SamplePlan, staff: Staff, company: Company): Omit<Party, 'contacts'> => {
  const { random } = plan;
  const weight = random.chance(0.15) ? 2 : random.chance(0.7) ? 1 : 0;
  const since = random.chance(0.8) ? plan.between(opening - 10, 560) : plan.between(540, 40);
  const isItalian = company.address.country === 'IT';
  const seller = isItalian ? random.pick(staff.sellers.slice(0, 3)) : staff.sellers.at(-1)!;
  const owner = { type: 'user', id: seller } as const;
  const size = random.pick(sizes);
  const employees = random.integer(...staffBySize[size]!);
  const values = {
    ...company.values,
    name: company.name,
    industry: company.industry,
    types: weight === 0 ? null : random.chance(0.1) ? ['customer', 'reseller'] : ['customer'],
    lifecycle: weight === 0 ? random.pick(['lead', 'suspect', 'prospect']) : 'prospect',
    phones: [{ value: company.phone, label: 'work', country: company.address.country }],
    emails: [{ value: `info@${company.domain}`, label: 'work' }],
    website: `https://www.${company.domain}`,
    billingAddress: company.address,
    size,
    employees,
    annualRevenue: { amount: `${employees * random.integer(60, 180)}000.00`, currency: 'EUR' },
    leadSource: random.pick(['web', 'fair', 'referral', 'cold_call', 'partner', 'word_of_mouth', 'event']),
    portfolio: weight === 2 ? 'key' : weight === 1 ? 'standard' : 'occasional',
    tags: random.chance(0.3) ? plan.some(markers, random.integer(1, 2)).map(({ name }) => name) : null,
    owner,
  };
  return {
    account: plan.create('accounts', values, { at: since, by: seller }),
    name: company.name,
    owner,
    since,
    weight,
  };
};

interface Person {
  readonly first: string;
  readonly last: string;
  readonly salutation: string;
}

const person = (plan: SamplePlan, country: string): Person => {
  const { random } = plan;
  const natives = foreigners.filter((foreigner) => foreigner.country === country);
  if (natives.length > 0) return { ...random.pick(natives), salutation: 'other' };
  const isWoman = random.chance(0.5);
  const first = random.pick(isWoman ? womensNames : mensNames);
  return {
    first,
    last: random.pick(familyNames),
    salutation: random.pick(isWoman ? ['sig_ra', 'sig_ra', 'dott_ssa'] : ['sig', 'sig', 'dott', 'ing']),
  };
};

interface Employer {
  readonly party: Omit<Party, 'contacts'>;
  readonly company: Company;
  readonly index: number;
}

const addContact = (plan: SamplePlan, { party, company, index }: Employer): string => {
  const { random } = plan;
  const { first, last, salutation } = person(plan, company.address.country);
  const position = random.pick(positions);
  const at = party.since + index * 60_000;
  const mailbox = `${plainName(first).replaceAll('-', '')}.${plainName(last).replaceAll('-', '')}`;
  const values = {
    name: { first, last },
    salutation,
    jobTitle: position.title,
    department: position.department,
    primaryAccount: party.account,
    emails: [{ value: `${mailbox}${index > 0 ? index : ''}@${company.domain}`, label: 'work' }],
    phones: random.chance(0.8)
      ? [{ value: `3${random.integer(20, 99)} 555${digits(plan, 4)}`, label: 'mobile', country: 'IT' }]
      : null,
    mailingAddress: random.chance(0.4) ? company.address : null,
    language: company.address.country === 'IT' ? 'it' : 'en',
    lifecycle: party.weight === 0 ? 'lead' : 'customer',
    emailOptOut: random.chance(0.08),
    tags: random.chance(0.15) ? [random.pick(markers).name] : null,
    owner: party.owner,
  };
  return plan.create('contacts', values, { at, by: party.owner.id });
};

/** Makes accounts and their people: so many of each, a few of them abroad. */
export const addParties = (
  plan: SamplePlan,
  staff: Staff,
  count: { readonly accounts: number; readonly contacts: number },
): readonly Party[] => {
  const taken = new Set<string>();
  const companies = Array.from({ length: count.accounts }, (_, index) => {
    const place = index % 12 === 5 ? (index - 5) / 12 : -1;
    return place >= 0 && place < abroad.length ? foreignCompany(plan, place) : italianCompany(plan, taken);
  });
  const made = companies.map((company) => ({
    company,
    party: addCompany(plan, staff, company),
    contacts: [] as string[],
  }));
  for (let index = 0; index < count.contacts; index++) {
    const employer = index < made.length ? made[index]! : plan.random.pick(made);
    employer.contacts.push(addContact(plan, { ...employer, index: employer.contacts.length }));
  }
  return made.map(({ party, contacts }) => ({ ...party, contacts }));
};
