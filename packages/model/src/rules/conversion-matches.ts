import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Step } from '../rule.ts';
import { tidyVatNumber } from './accounts.ts';
import type { Lead } from './conversion-map.ts';
import { companyKey } from './names.ts';
import { domainsOf } from './web-domains.ts';

/** The first record that any of the filters finds, in the order of the filters. */
const firstOf = async (step: Step, module: string, filters: readonly (Where | null)[]): Promise<AnyRecord | null> => {
  for (const where of filters) {
    const [found] = where ? await step.read.find(module, where) : [];
    if (found) return found;
  }
  return null;
};

const anyOf = (field: string, values: readonly string[]): Where | null =>
  values.length > 0 ? { [field]: { containsAny: values } } : null;

/** A person we know already: by e-mail, then by phone. */
export const findContact = (step: Step, { emails, phones }: Lead): Promise<AnyRecord | null> =>
  firstOf(step, 'contacts', [
    anyOf(
      'emails',
      (emails ?? []).map(({ value }) => value),
    ),
    anyOf(
      'phones',
      (phones ?? []).map(({ value }) => value),
    ),
  ]);

/** A company we know already: by VAT number, then domain, then name. Without a company: the account of the person. */
export const findAccount = async (step: Step, lead: Lead, contact: AnyRecord | null): Promise<AnyRecord | null> => {
  if (lead.company === null) return accountOf(step, contact);
  const { country } = step.context.settings;
  return firstOf(step, 'accounts', [
    lead.vatNumber === null ? null : { vatNumber: tidyVatNumber(lead.vatNumber, country) },
    anyOf('domains', domainsOf(lead.website, lead.emails) ?? []),
    { nameKey: companyKey(lead.company) },
  ]);
};

const accountOf = async (step: Step, contact: AnyRecord | null): Promise<AnyRecord | null> => {
  const id = contact?.['personAccount'] ?? contact?.['primaryAccount'] ?? null;
  return id === null ? null : step.read.get('accounts', id as string);
};
