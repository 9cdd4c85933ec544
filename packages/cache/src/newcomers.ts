import type { Entry, Rejected } from './entry.ts';
import { isEmpty } from './queue.ts';
import type { Left } from './storage.ts';

interface Here {
  readonly entries: readonly Pick<Entry, 'n' | 'key'>[];
  readonly rejected: readonly Pick<Rejected, 'key'>[];
}

interface Newcomers extends Left {
  /** Places of what waits here, though it was refused elsewhere. */
  readonly refused: readonly number[];
}

/** What of all that was left elsewhere has to come in, each key once: it may have come before, or never have gone. */
export const newcomers = ({ entries, rejected }: Left, here: Here): Newcomers => {
  const waiting = new Map(here.entries.map(({ key, n }) => [key, n]));
  const refused = new Set(here.rejected.map(({ key }) => key));
  const coming = rejected.filter(({ key }) => !refused.has(key));
  for (const { key } of rejected) refused.add(key);
  return {
    rejected: coming,
    // one that was given up is among the refused ones, and its number has to be passed over all the same
    entries: entries.filter((one) => !waiting.has(one.key) && (isEmpty(one) || !refused.has(one.key))),
    refused: coming.flatMap(({ key }) => waiting.get(key) ?? []),
  };
};
