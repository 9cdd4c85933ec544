/** How far a person reaches into a record, each more than the one before: to delete it takes `full`. */
export const levels = ['read', 'write', 'full'] as const;

export type Level = (typeof levels)[number];

/** Whether somebody who reaches so far, or not at all, reaches as far as is wanted. */
export const reaches = (level: Level | null, wanted: Level): boolean =>
  level !== null && levels.indexOf(level) >= levels.indexOf(wanted);

/** The highest; null for none. */
export const highest = (given: Iterable<Level>): Level | null => {
  const all = new Set(given);
  return levels.findLast((level) => all.has(level)) ?? null;
};
