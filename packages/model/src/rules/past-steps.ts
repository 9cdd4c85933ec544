import type { Authored } from './state.ts';

type Values = Readonly<Record<string, unknown>>;

/** One change of a record, as whoever keeps records remembers it. */
export interface PastStep {
  /** The fields that it changed, each with what it was before. */
  readonly before: Values;
  /** Of those, what the author made of the ones that were merged with what others had made of them. */
  readonly merged: Values;
  readonly author: Authored;
  /** Whether the client did it whose mutation is being carried out. */
  readonly isOwn: boolean;
}

/**
 * The fields in which others had a part that a client does not know of, each with what it knows instead: R14. That is
 * what it made of the field itself last, and not what became of that where others had changed the field before.
 *
 * @param steps - The latest first.
 */
export const knownInstead = (steps: readonly PastStep[]): Values => {
  const known = new Map<string, unknown>();
  const own = new Set<string>();
  for (const { before, merged, isOwn } of steps)
    for (const [field, value] of Object.entries(before)) {
      if (own.has(field)) continue;
      if (isOwn) own.add(field);
      if (!isOwn) known.set(field, value);
      else if (Object.hasOwn(merged, field)) known.set(field, merged[field]);
    }
  return Object.fromEntries(known);
};

/** By field who of the others changed it last. @param steps - The latest first. */
export const lastOthers = (steps: readonly PastStep[]): Readonly<Record<string, Authored>> => {
  const last = new Map<string, Authored>();
  for (const { before, author, isOwn } of steps)
    if (!isOwn) for (const field of Object.keys(before)) if (!last.has(field)) last.set(field, author);
  return Object.fromEntries(last);
};
