import type { Draft, Entry } from './entry.ts';
import type { Queue } from './storage.ts';

/** R18: what cannot be read is not sent, and nothing that comes after it. */
export const withoutUnread = (all: readonly Entry[]): Pick<Queue, 'entries' | 'later'> => {
  const first = all.findIndex(({ unread, touched }) => unread !== undefined && !touched);
  return first < 0 ? { entries: all } : { entries: all.slice(0, first), later: all.slice(first) };
};

/** All that waits, also what this version may not send. */
export const allIn = ({ entries, later = [] }: Queue): readonly Entry[] => [...entries, ...later];

/** Whether it was given up: there is nothing more to it than its number. */
export const isEmpty = ({ changes, unread }: Pick<Draft, 'changes' | 'unread'>): boolean =>
  changes.length === 0 && unread === undefined;

/** The queue with what was just stored. */
export const withEntry = (queue: Queue, added: Entry): Queue => {
  const { last, entries, later } = queue;
  if (allIn(queue).some(({ key }) => key === added.key)) return queue;
  const all = [...(later ?? entries), added].toSorted((a, b) => a.n - b.n);
  return { ...queue, last: Math.max(last, added.mid), ...(later ? { later: all } : { entries: all }) };
};

/** What was added between two moments; null when anything else became of the queue. */
export const addedSince = (before: Queue, now: Queue): readonly Entry[] | null => {
  const known = new Map(allIn(before).map((entry) => [entry.key, entry]));
  const still = allIn(now).filter(({ key, touched }) => known.has(key) && known.get(key)!.touched === touched);
  const isSame = now.origin === before.origin && now.client === before.client && still.length === known.size;
  return isSame ? allIn(now).filter(({ key }) => !known.has(key)) : null;
};
