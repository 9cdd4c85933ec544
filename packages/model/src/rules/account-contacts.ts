import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';
import { today } from './today.ts';

interface AccountContact {
  readonly id: string;
  readonly account: string;
  readonly contact: string;
  readonly function: string | null;
  readonly isPrimary: boolean;
  readonly isActive: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

const linkOf = (record: AnyRecord): AccountContact => record as unknown as AccountContact;

/** Ending a link keeps it, with the day on which it ended. */
export const ending: Rule = {
  id: 'accountContacts.ending',
  when: ['isActive', 'from', 'to'],
  run(step) {
    const { isActive, from, to } = linkOf(step.record);
    const day = today(step.context);
    if (step.changed('isActive') && !isActive) step.set('to', to ?? day);
    else if (step.changed('isActive') && step.before !== null) step.set('to', to !== null && to > day ? to : null);
    else if (step.changed('to')) step.set('isActive', to === null || to > day);
    const { to: end } = linkOf(step.record);
    if (from !== null && end !== null && end < from) step.refuse('to', 'before-start', { start: from });
  },
};

/** A person has a function in a company once; having none counts as one. */
export const onceInFunction: Rule = {
  id: 'accountContacts.once-in-function',
  onRestore: true,
  when: ['account', 'contact', 'function'],
  async run(step) {
    const { account, contact, function: duty } = linkOf(step.record);
    const found = await step.read.find('accountContacts', { account, contact, function: { is: duty } });
    if (found.some(({ id }) => id !== step.id)) {
      step.refuse('function', 'taken', { fields: ['account', 'contact', 'function'] });
    }
  },
};

/** The other links of a contact that still hold. */
const othersOf = async (step: Step, contact: string): Promise<readonly AccountContact[]> =>
  (await step.read.find('accountContacts', { contact, isActive: true })).map(linkOf).filter(({ id }) => id !== step.id);

/** Of the links of a contact that hold, exactly one is the primary one; it says which the contact's account is. */
export const onePrimary: Rule = {
  id: 'accountContacts.one-primary',
  onRestore: true,
  when: ['contact', 'isPrimary', 'isActive'],
  async run(step) {
    const { account, contact, isActive } = linkOf(step.record);
    const others = await othersOf(step, contact);
    const primaries = others.filter(({ isPrimary }) => isPrimary);
    const isLate = step.changed('deletedAt') && primaries.length > 0;
    if (!isActive || isLate) step.set('isPrimary', false);
    else if (primaries.length === 0) step.set('isPrimary', true);
    if (linkOf(step.record).isPrimary) {
      for (const { id } of primaries) await step.update('accountContacts', id, { isPrimary: false });
      await step.update('contacts', contact, { primaryAccount: account });
    } else if (primaries.length === 0 && step.before?.['isPrimary'] === true) {
      await handOver(step, contact, others);
    }
  },
};

/** The primary link is gone: the next one takes its place, or the contact has no account any more. */
const handOver = async (step: Step, contact: string, [next]: readonly AccountContact[]): Promise<void> => {
  if (next) await step.update('accountContacts', next.id, { isPrimary: true });
  else await step.update('contacts', contact, { primaryAccount: null });
};

/** When an account is deleted, contacts keep pointing to it, so that restoring it restores everything. */
export const primaryDeleted: Rule = {
  id: 'accountContacts.primary-deleted',
  on: 'delete',
  async run(step) {
    const { account, contact, isPrimary } = linkOf(step.record);
    if (!isPrimary) return;
    const others = await othersOf(step, contact);
    if (others.length > 0 || (await step.read.get('accounts', account))) await handOver(step, contact, others);
  },
};
