import { keyOf } from '@tessera-crm/model/protocol/sync/client.js';
import { shownOn, type KeptPage } from './storage.ts';

/** Records of a module that stay beside its segments, so that pages show without reading all of it. */
const mostAtHand = 500;

/**
 * The records of the pages that were asked for last, by their keys: so many of each module.
 *
 * @param pages - The last one first.
 */
export const atHandOf = (pages: readonly KeptPage[]): ReadonlySet<string> => {
  const room = new Map<string, number>();
  const keys = new Set<string>();
  for (const [module, ids] of pages.flatMap((page) => [...shownOn(page)])) {
    const left = (room.get(module) ?? mostAtHand) - ids.length;
    if (left < 0) continue;
    room.set(module, left);
    for (const id of ids) keys.add(keyOf(module, id));
  }
  return keys;
};
