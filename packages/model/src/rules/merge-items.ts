import { same } from './conflicts.ts';

/** A list as both knew it, and what each made of it. */
export interface Versions<T> {
  readonly base: readonly T[];
  readonly mine: readonly T[];
  readonly theirs: readonly T[];
}

export interface ItemRules<T> {
  /** By which an item is the same one in all versions. */
  keyOf(item: T): string;
  /** What becomes of an item that both changed, or both added; null when that cannot be decided here. */
  both(versions: { readonly base: T | undefined; readonly mine: T; readonly theirs: T }): T | null;
}

/**
 * What two people made of a list, in one: what either added is there, what either removed is gone unless the other one
 * changed it. Which side is called mine makes no difference, except to the order where both moved the same items.
 *
 * @returns Null when an item that both changed cannot be decided.
 */
export const mergeItems = <T>(versions: Versions<T>, { keyOf, both }: ItemRules<T>): readonly T[] | null => {
  const byKey = (items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [keyOf(item), item]));
  const [base, mine, theirs] = [byKey(versions.base), byKey(versions.mine), byKey(versions.theirs)];
  const merged: T[] = [];
  for (const key of orderOf({ base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] })) {
    const item = oneOf({ base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) }, both);
    if (item === null) return null;
    if (item !== undefined) merged.push(item);
  }
  return merged;
};

interface Ends<T> {
  readonly base: T | undefined;
  readonly mine: T | undefined;
  readonly theirs: T | undefined;
}

/** Undefined for what is gone. */
const oneOf = <T>({ base, mine, theirs }: Ends<T>, both: ItemRules<T>['both']): T | null | undefined => {
  if (mine === undefined || theirs === undefined) {
    const left = mine ?? theirs;
    return base !== undefined && same(base, left) ? undefined : left;
  }
  if (same(mine, theirs) || same(base, theirs)) return mine;
  return same(base, mine) ? theirs : both({ base, mine, theirs });
};

/** The keys of all versions: those of the base in their order, each followed by what either side put behind it. */
const orderOf = ({ base, mine, theirs }: Versions<string>): readonly string[] => {
  const known = new Set(base);
  const behind = new Map<string | undefined, Set<string>>();
  for (const side of [mine, theirs])
    for (const [index, key] of side.entries())
      if (!known.has(key)) behind.set(side[index - 1], (behind.get(side[index - 1]) ?? new Set()).add(key));
  const order = new Set<string>();
  const place = (key: string): void => {
    order.add(key);
    follow(key);
  };
  // sorted, so that both sides come to the same order
  const follow = (key: string | undefined): void => {
    for (const next of [...(behind.get(key) ?? [])].toSorted()) if (!order.has(next)) place(next);
  };
  follow(undefined);
  for (const key of trunkOf({ base, mine, theirs })) place(key);
  return [...order];
};

/** The items of the base as whoever moved them left them. */
const trunkOf = ({ base, mine, theirs }: Versions<string>): readonly string[] => {
  const mover = [mine, theirs].find((side) => {
    const kept = side.filter((key) => base.includes(key));
    return !same(
      kept,
      base.filter((key) => kept.includes(key)),
    );
  });
  if (!mover) return base;
  const moved = mover.filter((key) => base.includes(key));
  return [...moved, ...base.filter((key) => !moved.includes(key))];
};
