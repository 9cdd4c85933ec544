import { formatName } from '../format/name.ts';
import type { Name } from '../kinds/name.ts';
import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';
import { same } from './conflicts.ts';

/** What an account of a person and that person's contact have in common: field of the account, field of the contact. */
const mirrored = [
  ['personName', 'name'],
  ['phones', 'phones'],
  ['emails', 'emails'],
  ['billingAddress', 'mailingAddress'],
  ['shippingAddress', 'otherAddress'],
] as const;

interface Account {
  readonly kind: 'business' | 'person';
  readonly personName: Name | null;
  readonly personContact: string | null;
}

/** A person's account is called as the person is. */
export const personName: Rule = {
  id: 'accounts.person-name',
  on: 'fill',
  when: ['kind', 'personName', 'name'],
  run(step) {
    const { kind, personName: name } = step.record as unknown as Account;
    if (kind === 'person' && name) step.set('name', formatName(name, step.context.settings.locale));
  },
};

/** A person's account has exactly one contact, the same person, and edits go both ways. */
export const personContact: Rule = {
  id: 'accounts.person-contact',
  when: ['kind', 'personContact', ...mirrored.map(([field]) => field)],
  async run(step) {
    const account = step.record as unknown as Account;
    if (account.kind === 'business') return part(step, account.personContact);
    if (account.personName === null) return step.refuse('personName', 'required', { kind: 'person' });
    const contact = account.personContact === null ? null : await step.read.get('contacts', account.personContact);
    if (contact) await mirror(step, contact);
    else step.set('personContact', (await step.create('contacts', contactOf(step))).id);
  },
};

const contactOf = (step: Step): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(mirrored.map(([from, to]) => [to, step.record[from]])),
  owner: step.record['owner'],
  leadSource: step.record['leadSource'],
  personAccount: step.id,
  primaryAccount: step.id,
});

/** A contact that comes along as it is keeps what it knows and the account does not. */
const mirror = async (step: Step, contact: AnyRecord): Promise<void> => {
  const isNew = contact['personAccount'] !== step.id;
  const entries = mirrored.flatMap(([from, to]) => {
    const value = step.record[from];
    return same(value, contact[to]) || (isNew && value === null) ? [] : [[to, value] as const];
  });
  if (!isNew && entries.length === 0) return;
  await step.update('contacts', contact.id, { ...Object.fromEntries(entries), personAccount: step.id });
};

const part = async (step: Step, contact: string | null): Promise<void> => {
  if (contact === null) return;
  step.set('personContact', null);
  await step.update('contacts', contact, { personAccount: null });
};

/** What changes of the person changes of the person's account. */
export const personAccount: Rule = {
  id: 'contacts.person-account',
  when: ['personAccount', ...mirrored.map(([, field]) => field)],
  async run(step) {
    const id = step.record['personAccount'] as string | null;
    const account = id === null ? null : await step.read.get('accounts', id);
    if (!account) return;
    const differing = mirrored.filter(([to, from]) => !same(account[to], step.record[from]));
    if (differing.length === 0) return;
    await step.update(
      'accounts',
      account.id,
      Object.fromEntries(differing.map(([to, from]) => [to, step.record[from]])),
    );
  },
};
