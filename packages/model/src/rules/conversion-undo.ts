import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { Where } from '../query/query.ts';
import type { Action, Step } from '../rule.ts';
import { relating, returnActivities, type Trace } from './conversion-moves.ts';

/** What undoing a conversion reads of a lead. */
interface ConvertedLead {
  readonly stage: string;
  readonly convertedAt: string;
  readonly convertedFrom: string | null;
  readonly convertedAccount: string | null;
  readonly convertedContact: string | null;
  readonly conversion: readonly Trace[] | null;
}

/** A conversion that takes place today may turn out wrong tomorrow; later others rely on it. */
const undoHours = 24;

const millisecondsPerHour = 3_600_000;

/** The field of the lead at which somebody learns that a record stands in the way. */
const fields: Readonly<Record<string, string>> = {
  accounts: 'convertedAccount',
  contacts: 'convertedContact',
  accountContacts: 'convertedContact',
  deals: 'convertedDeal',
};

/** The links by which others rely on what a conversion makes, as field of a module. */
export const reliedOnBy: Readonly<Record<string, readonly (readonly [module: string, field: string])[]>> = {
  accounts: [
    ['accounts', 'parent'],
    ['accountContacts', 'account'],
    ['sites', 'account'],
    ['deals', 'account'],
    ['salesOrders', 'account'],
    ['tickets', 'account'],
    ['tasks', 'account'],
    ['events', 'account'],
    ['leads', 'convertedAccount'],
  ],
  contacts: [
    ['contacts', 'reportsTo'],
    ['accountContacts', 'contact'],
    ['deals', 'contact'],
    ['dealContacts', 'contact'],
    ['salesOrders', 'contact'],
    ['tickets', 'contact'],
    ['tasks', 'contact'],
    ['events', 'contact'],
    ['leads', 'convertedContact'],
  ],
  deals: [
    ['dealContacts', 'deal'],
    ['salesOrders', 'deal'],
    ['events', 'deal'],
  ],
};

/** What is about a record of whichever module. */
const about = (record: AnyLink): readonly (readonly [module: string, where: Where])[] => [
  ...relating.map((module) => [module, { related: { containsAny: [linkText(record)] } }] as const),
  ['notes', { record: { is: record } }],
];

const leadOf = (step: Step): ConvertedLead => step.record as unknown as ConvertedLead;

const isUndoable = (step: Step): boolean => {
  const { stage, convertedFrom, convertedAt } = leadOf(step);
  if (stage !== 'converted' || convertedFrom === null) {
    step.refuse('stage', 'lifecycle.forbidden', { from: stage, to: convertedFrom });
    return false;
  }
  const isLate = Date.parse(step.context.now) - Date.parse(convertedAt) > undoHours * millisecondsPerHour;
  if (isLate) step.refuse('stage', 'too-late', { hours: undoHours });
  return !isLate;
};

/** What somebody did with a record that the conversion made: changed or deleted it, or hung something on it. */
const useOf = async (step: Step, made: AnyLink, own: ReadonlySet<string>): Promise<AnyLink | null> => {
  const record = await step.read.get(made.module, made.id);
  // the sums of a record count its version up, not the time of its last change
  if (!record || record['updatedAt'] !== record['createdAt']) return made;
  const linking = (reliedOnBy[made.module] ?? []).map(([module, field]) => [module, { [field]: made.id }] as const);
  for (const [module, where] of [...linking, ...about(made)]) {
    const links = (await step.read.find(module, where)).map(({ id }): AnyLink => ({ module, id: id as AnyLink['id'] }));
    const stranger = links.find((link) => !own.has(linkText(link)));
    if (stranger) return stranger;
  }
  return null;
};

/** Refuses where work has gone on with what the conversion made. @returns Whether none has. */
const isUntouched = async (step: Step, made: readonly AnyLink[], trail: readonly Trace[]): Promise<boolean> => {
  const lead = { module: 'leads', id: step.id } as AnyLink;
  const own = new Set([lead, ...trail.map(({ record }) => record)].map(linkText));
  let isFree = true;
  for (const record of made) {
    const use = await useOf(step, record, own);
    if (use) step.refuse(fields[record.module] ?? 'stage', 'touched', { module: use.module, id: use.id });
    isFree &&= use === null;
  }
  return isFree;
};

/** A person we knew before is not the person of the new account any more, and does not go with it. */
const release = async (step: Step, made: readonly AnyLink[]): Promise<void> => {
  const { convertedAccount, convertedContact } = leadOf(step);
  const isKnown = convertedContact !== null && made.every(({ id }) => id !== convertedContact);
  const contact = isKnown ? await step.read.get('contacts', convertedContact) : null;
  const isNewAccount = made.some(({ id }) => id === convertedAccount);
  if (contact && isNewAccount && contact['personAccount'] === convertedAccount)
    await step.update('contacts', contact.id, { personAccount: null });
};

/** The fields in which a lead remembers its conversion. */
const memory = [
  'convertedAt',
  'convertedAccount',
  'convertedContact',
  'convertedDeal',
  'convertedFrom',
  'conversion',
] as const;

/**
 * Takes a conversion back within a day, all or nothing: what it made goes to the recycle bin unless somebody has worked
 * with it, what was moved along comes back, and the lead is again in the stage it was in.
 */
export const undoConversion: Action = {
  id: 'leads.undoConversion',
  args: {},
  async run(step) {
    if (!isUndoable(step)) return {};
    const { convertedFrom: stage, conversion } = leadOf(step);
    const trail = conversion ?? [];
    const made = trail.filter(({ added }) => added === null).map(({ record }) => record);
    if (!(await isUntouched(step, made, trail))) return {};
    await returnActivities(step, trail);
    await release(step, made);
    // the last one first, because it may rely on those before
    for (const { module, id } of made.toReversed()) await step.remove(module, id);
    for (const field of memory) step.set(field, null);
    step.set('stage', stage);
    return { stage };
  },
};
