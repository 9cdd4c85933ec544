import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { RecordStore } from '../backend.ts';
import type { Policy } from './rights.ts';

interface Eyes {
  /** Guarded by the same policy. */
  readonly store: RecordStore;
  readonly policy: Policy;
  readonly registry: Registry;
}

/** As many ids as one page holds. */
const maxIds = 200;

/**
 * The events with only those changes in them that concern records in sight. Events keep their place even when nothing
 * is left of them, so that cursors move on. A record that left sight is not told of: its watcher learns it by reading.
 */
export const visibleEvents = async (events: readonly ChangeEvent[], eyes: Eyes): Promise<readonly ChangeEvent[]> => {
  const ids = new Map<string, Set<string>>();
  for (const { module, id } of events.flatMap(({ changes }) => changes))
    ids.set(module, (ids.get(module) ?? new Set()).add(id));
  const seen = new Map<string, ReadonlySet<string> | 'all'>();
  for (const [module, wanted] of ids) seen.set(module, await idsInSight(module, [...wanted], eyes));
  return events.map(({ seq, changes }) => ({
    seq,
    changes: changes.filter(({ module, id }) => {
      const visible = seen.get(module)!;
      return visible === 'all' || visible.has(id);
    }),
  }));
};

const idsInSight = async (
  key: string,
  ids: readonly string[],
  { store, policy, registry }: Eyes,
): Promise<ReadonlySet<string> | 'all'> => {
  const module = registry.find(key);
  const rights = module && policy(module);
  if (!rights?.may('read')) return new Set();
  if (rights.where === null) return 'all';
  const visible = new Set<string>();
  for (let start = 0; start < ids.length; start += maxIds) {
    const where = { id: { in: ids.slice(start, start + maxIds) } };
    const { records } = await store.list(key, { where, limit: maxIds, archived: 'with', fields: [] });
    for (const { id } of records) visible.add(id);
  }
  return visible;
};
