import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Step } from '../rule.ts';

/** What a lead became. */
export interface Converted {
  readonly account: string;
  readonly contact: string | null;
  readonly deal: string | null;
}

/** Modules whose records say in `related` what they are about. */
const relating = ['tasks', 'events', 'documents'] as const;

/** What was done for the lead is about the account now, and about the deal; that it was the lead's is kept. */
export const moveActivities = async (step: Step, made: Converted): Promise<void> => {
  const lead = { module: 'leads', id: step.id } as AnyLink;
  const targets = [
    { module: 'accounts', id: made.account },
    ...(made.deal ? [{ module: 'deals', id: made.deal }] : []),
  ];
  for (const module of relating) {
    for (const record of await step.read.find(module, { related: { containsAny: [linkText(lead)] } })) {
      await step.update(module, record.id, { related: united(record['related'] as readonly AnyLink[], targets) });
    }
  }
  for (const note of await step.read.find('notes', { record: { is: lead } })) {
    await step.update('notes', note.id, { record: targets[0] });
  }
  for (const deal of await step.read.find('deals', { lead: step.id, account: null })) await adopt(step, deal, made);
};

const united = (links: readonly AnyLink[], more: readonly { readonly module: string; readonly id: string }[]) => [
  ...new Map([...links, ...more].map((link) => [linkText(link as AnyLink), link])).values(),
];

/** A deal that hung on the lead alone. */
const adopt = (step: Step, deal: AnyRecord, { account, contact }: Converted): Promise<void> =>
  step.update('deals', deal.id, { account, contact: deal['contact'] ?? contact });
