import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Step } from '../rule.ts';

/** What a lead became. */
export interface Converted {
  readonly account: string;
  readonly contact: string | null;
  readonly deal: string | null;
}

/** What conversion did to a record: made it, or added links to it. */
export interface Trace {
  readonly record: AnyLink;
  /** Null for a record that conversion made. */
  readonly added: readonly AnyLink[] | null;
}

/** Modules whose records say in `related` what they are about. */
export const relating = ['tasks', 'events', 'documents'] as const;

const linkTo = (module: string, id: string): AnyLink => ({ module, id: id as AnyLink['id'] });

/**
 * What was done for the lead is about the account now, and about the deal; that it was the lead's is kept.
 *
 * @returns Which records got which links by that.
 */
export const moveActivities = async (step: Step, made: Converted): Promise<readonly Trace[]> => {
  const lead = linkTo('leads', step.id);
  const account = linkTo('accounts', made.account);
  const targets = made.deal === null ? [account] : [account, linkTo('deals', made.deal)];
  const moved: Trace[] = [];
  for (const module of relating) {
    for (const record of await step.read.find(module, { related: { containsAny: [linkText(lead)] } })) {
      moved.push({ record: linkTo(module, record.id), added: await relate(step, { module, record }, targets) });
    }
  }
  for (const note of await step.read.find('notes', { record: { is: lead } })) {
    await step.update('notes', note.id, { record: account });
    moved.push({ record: linkTo('notes', note.id), added: [account] });
  }
  for (const deal of await step.read.find('deals', { lead: step.id, account: null })) {
    moved.push({ record: linkTo('deals', deal.id), added: await adopt(step, deal, made) });
  }
  return moved.filter(({ added }) => added?.length !== 0);
};

interface Found {
  readonly module: string;
  readonly record: AnyRecord;
}

const relate = async (
  step: Step,
  { module, record }: Found,
  targets: readonly AnyLink[],
): Promise<readonly AnyLink[]> => {
  const related = record['related'] as readonly AnyLink[];
  const here = new Set(related.map(linkText));
  const added = targets.filter((target) => !here.has(linkText(target)));
  await step.update(module, record.id, { related: [...related, ...added] });
  return added;
};

/** A deal that hung on the lead alone. */
const adopt = async (step: Step, deal: AnyRecord, { account, contact }: Converted): Promise<readonly AnyLink[]> => {
  const isNobodys = deal['contact'] === null && contact !== null;
  await step.update('deals', deal.id, { account, ...(isNobodys && { contact }) });
  return [linkTo('accounts', account), ...(isNobodys ? [linkTo('contacts', contact)] : [])];
};

/** The fields by which moved records hang on what the lead became. */
const hanging: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(relating.map((module) => [module, ['related']])),
  notes: ['record'],
  deals: ['account', 'contact'],
};

/** Takes the links of `moveActivities` away again, as far as they are still there; everything else stays. */
export const returnActivities = async (step: Step, trail: readonly Trace[]): Promise<void> => {
  for (const { record: link, added } of trail) {
    const record = added && (await step.read.get(link.module, link.id));
    if (!record) continue;
    const values = (hanging[link.module] ?? []).map((field) => [field, rid(record[field], added, step.id)] as const);
    await step.update(link.module, link.id, Object.fromEntries(values));
  }
};

/** The value of a field without the links that were added; a note has exactly one, which is the lead again. */
const rid = (value: unknown, added: readonly AnyLink[], lead: string): unknown => {
  const isAdded = (id: string): boolean => added.some((link) => link.id === id);
  if (value === null) return null;
  if (typeof value === 'string') return isAdded(value) ? null : value;
  if (!Array.isArray(value)) return isAdded((value as AnyLink).id) ? linkTo('leads', lead) : value;
  const rest = (value as readonly AnyLink[]).filter(({ id }) => !isAdded(id));
  return rest.length > 0 ? rest : null;
};
