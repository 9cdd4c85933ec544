import type { Id } from '../id.ts';
import { date } from '../kinds/date.ts';
import { link } from '../kinds/link.ts';
import { money } from '../kinds/money.ts';
import { text } from '../kinds/text.ts';
import { toggle } from '../kinds/toggle.ts';
import type { AnyRecord } from '../module.ts';
import type { Action, Step } from '../rule.ts';
import { dealFrom, valuesFor, type Lead } from './conversion-map.ts';
import { findAccount, findContact } from './conversion-matches.ts';
import { moveActivities, type Trace } from './conversion-moves.ts';

/** What is asked when a lead is converted; field by field, each may be left out. */
const args = {
  account: link('accounts'),
  contact: link('contacts'),
  createDeal: toggle({ default: false }),
  dealName: text({ max: 200 }),
  pipeline: link('pipelines'),
  stage: link('stages'),
  amount: money(),
  expectedCloseDate: date(),
};

/** The arguments as the action gets them: all there, null when not given. */
export interface ConversionArgs {
  readonly account: Id<'accounts'> | null;
  readonly contact: Id<'contacts'> | null;
  readonly createDeal: boolean | null;
  readonly dealName: string | null;
  readonly pipeline: Id<'pipelines'> | null;
  readonly stage: Id<'stages'> | null;
  readonly amount: unknown;
  readonly expectedCloseDate: string | null;
}

interface Parties {
  readonly account: AnyRecord;
  readonly contact: AnyRecord | null;
}

const leadOf = (step: Step): Lead => step.record as unknown as Lead;

/** A lead without a company becomes a person's account, which brings its contact along. */
const personParties = async (step: Step, known: AnyRecord | null): Promise<Parties> => {
  const values = { ...valuesFor('person', leadOf(step)), kind: 'person', ...(known && { personContact: known.id }) };
  const account = await step.create('accounts', values);
  return { account, contact: await step.read.get('contacts', account['personContact'] as string) };
};

const companyParties = async (step: Step, found: AnyRecord | null, known: AnyRecord | null): Promise<Parties> => {
  const lead = leadOf(step);
  const account = found ?? (await step.create('accounts', valuesFor('account', lead)));
  if (lead.name === null) return { account, contact: known };
  if (!known) {
    const values = { ...valuesFor('contact', lead), primaryAccount: account.id };
    return { account, contact: await step.create('contacts', values) };
  }
  await linkUp(step, account.id, known.id);
  return { account, contact: known };
};

/** Somebody we knew already is linked to the account, beside the accounts that person has. */
const linkUp = async (step: Step, account: string, contact: string): Promise<void> => {
  const links = await step.read.find('accountContacts', { account, contact, isActive: true });
  if (links.length === 0) await step.create('accountContacts', { account, contact });
};

/** Who the lead is: found among those we know, or new. */
const partiesOf = async (step: Step, given: ConversionArgs): Promise<Parties> => {
  const lead = leadOf(step);
  const contact = given.contact ? await step.read.get('contacts', given.contact) : await findContact(step, lead);
  const account = given.account
    ? await step.read.get('accounts', given.account)
    : await findAccount(step, lead, contact);
  return account || lead.company !== null ? companyParties(step, account, contact) : personParties(step, contact);
};

const isConvertible = (step: Step): boolean => {
  const { stage } = leadOf(step);
  if (stage !== 'converted' && stage !== 'disqualified') return true;
  step.refuse('stage', 'lifecycle.forbidden', { from: stage, to: 'converted' });
  return false;
};

const dealOf = async (step: Step, parties: Parties, given: ConversionArgs): Promise<AnyRecord | null> => {
  if (given.createDeal !== true) return null;
  const values = dealFrom(leadOf(step), given);
  if (values.expectedCloseDate === null) step.refuse('estimatedCloseDate', 'required');
  return step.create('deals', { ...values, account: parties.account.id, contact: parties.contact?.id ?? null });
};

/**
 * Makes of a lead an account, a contact and, when asked, a deal, all or nothing: known parties are linked, new ones
 * made, and what was done for the lead goes along.
 */
export const convert: Action = {
  id: 'leads.convert',
  args,
  async run(step, args) {
    if (!isConvertible(step)) return {};
    const given = args as unknown as ConversionArgs;
    const parties = await partiesOf(step, given);
    const deal = await dealOf(step, parties, given);
    const made = { account: parties.account.id, contact: parties.contact?.id ?? null, deal: deal?.id ?? null };
    const moved = await moveActivities(step, made);
    step.set('conversion', [...step.made.map((record): Trace => ({ record, added: null })), ...moved]);
    step.set('convertedFrom', leadOf(step).stage);
    step.set('convertedAccount', made.account);
    step.set('convertedContact', made.contact);
    step.set('convertedDeal', made.deal);
    step.set('stage', 'converted');
    return made;
  },
};
