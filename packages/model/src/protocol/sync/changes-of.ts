import type { ChangeEvent } from '../events.ts';

/** R19: what an event tells of these modules; the same event where that is all of it. */
export const changesOf = (event: ChangeEvent, modules: readonly string[] | undefined): ChangeEvent => {
  if (!modules) return event;
  const changes = event.changes.filter(({ module }) => modules.includes(module));
  return changes.length === event.changes.length ? event : { ...event, changes };
};
