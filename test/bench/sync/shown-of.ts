import type { Contact } from './contacts.ts';
import type { Shown } from './contender.ts';

type Row = Pick<Contact, 'id' | 'jobTitle'>;

/** A list that is handed over as a whole. */
export const shownOf = (list: readonly Row[]): Shown => ({
  size: list.length,
  jobTitleOf: (id) => list.find((one) => one.id === id)?.jobTitle,
});
