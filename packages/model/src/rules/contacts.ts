import type { Emails } from '../kinds/emails.ts';
import type { Rule, Step } from '../rule.ts';
import { today } from './today.ts';

interface Contact {
  readonly primaryAccount: string | null;
  readonly emails: Emails | null;
  readonly portalUser: boolean;
  readonly portalSince: string | null;
  readonly portalUntil: string | null;
}

/** Naming a contact's account links the two; taking it away ends that link. */
export const primaryAccount: Rule = {
  id: 'contacts.primary-account',
  when: ['primaryAccount'],
  async run(step) {
    if (!step.changed('primaryAccount')) return;
    const { primaryAccount: account } = step.record as unknown as Contact;
    const before = step.before?.['primaryAccount'] as string | null | undefined;
    if (account === null) return endLink(step, before ?? null);
    const [link] = await linksTo(step, account);
    if (!link) await step.create('accountContacts', { account, contact: step.id, isPrimary: true });
    else if (link['isPrimary'] !== true) await step.update('accountContacts', link.id, { isPrimary: true });
  },
};

const linksTo = (step: Step, account: string) =>
  step.read.find('accountContacts', { account, contact: step.id, isActive: true });

const endLink = async (step: Step, account: string | null): Promise<void> => {
  if (account === null) return;
  for (const { id, isPrimary } of await linksTo(step, account)) {
    if (isPrimary === true) await step.update('accountContacts', id, { isActive: false });
  }
};

/** A tenant may want each address to lead to one person. */
export const uniqueEmail: Rule = {
  id: 'contacts.unique-email',
  onRestore: true,
  when: ['emails'],
  async run(step) {
    const addresses = ((step.record as unknown as Contact).emails ?? []).map(({ value }) => value);
    if (!step.context.settings.uniqueContactEmail || addresses.length === 0) return;
    const others = await step.read.find('contacts', { emails: { containsAny: addresses } });
    const other = others.find(({ id }) => id !== step.id);
    if (other) step.refuse('emails', 'taken', { fields: ['emails'], id: other.id });
  },
};

/** Access to the portal counts from the day on which it is given. */
export const portalAccess: Rule = {
  id: 'contacts.portal-access',
  when: ['portalUser', 'portalSince', 'portalUntil'],
  run(step) {
    const { portalUser, portalSince, portalUntil } = step.record as unknown as Contact;
    if (portalUser && portalSince === null) step.set('portalSince', today(step.context));
    if (portalSince !== null && portalUntil !== null && portalUntil < portalSince) {
      step.refuse('portalUntil', 'before-start', { start: portalSince });
    }
  },
};
