interface Preferred {
  readonly primary: boolean;
}

/** The same entries with exactly one primary: the first that claims it, else the first of all. */
export const withOnePrimary = <T extends Preferred>(entries: readonly T[]): readonly T[] => {
  const chosen = Math.max(
    0,
    entries.findIndex((entry) => entry.primary),
  );
  return entries.map((entry, index) => ({ ...entry, primary: index === chosen }));
};

/** The entry to use when one is enough. */
export const primaryOf = <T extends Preferred>(entries: readonly T[] | null): T | null =>
  entries?.find((entry) => entry.primary) ?? entries?.[0] ?? null;
