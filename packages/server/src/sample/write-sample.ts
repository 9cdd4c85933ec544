import type { Identity } from '@tessera-crm/model/rule.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Database } from '../database/database.ts';
import { withinTransaction } from '../database/within-transaction.ts';
import { SqlStore } from '../store/sql-store.ts';
import { planSample } from './plan-sample.ts';
import { day, type Happening } from './sample-plan.ts';

export interface SampleOptions {
  readonly database: Database;
  readonly registry: Registry;
  readonly tenant: string;
  readonly settings: Settings;
  /** Around which everything lies. */
  readonly now: Date;
  readonly seed?: number;
}

/** What happens within so many days is written together, as of the last of its moments: old things more coarsely. */
const spanAt = (age: number): number => (age > 90 ? 28 : age > 14 ? 7 : 1) * day;

interface Batch {
  readonly by: string | null;
  readonly at: number;
  readonly happenings: readonly Happening[];
}

function* batchesOf(happenings: readonly Happening[], now: number): Generator<Batch> {
  let open: Happening[] = [];
  for (const happening of happenings) {
    const [first] = open;
    if (first && happening.at - first.at > spanAt(now - first.at)) {
      yield* ranked(open);
      open = [];
    }
    open.push(happening);
  }
  yield* ranked(open);
}

/** What others build on comes first, and what is done to a record after everything is there. */
const order = [
  'users',
  'groups',
  'tags',
  'pipelines',
  'stages',
  'lostReasons',
  'products',
  'accounts',
  'contacts',
  'deals',
  'salesOrders',
  'tickets',
];

const rankOf = ({ change }: Happening): number => {
  if (change.op !== 'create') return order.length + 1;
  const rank = order.indexOf(change.module);
  return rank < 0 ? order.length : rank;
};

/** Several people's work in one go is signed by the one who did most of it. */
const authorOf = (happenings: readonly Happening[]): string | null => {
  const groups = [...Map.groupBy(happenings, ({ by }) => by)].toSorted(([, a], [, b]) => b.length - a.length);
  return groups[0]?.[0] ?? null;
};

const ranked = (happenings: readonly Happening[]): readonly Batch[] => {
  const at = happenings.at(-1)?.at ?? 0;
  const ranks = [...Map.groupBy(happenings, rankOf)].toSorted(([a], [b]) => a - b);
  return ranks.map(([, some]) => ({ at, by: authorOf(some), happenings: some }));
};

/**
 * Writes a made-up company into an empty tenant, by all its rules and as of the times at which things happened: all of
 * it or, when the process ends before, nothing.
 *
 * @returns How many changes it took.
 */
export const writeSample = async (options: SampleOptions): Promise<number> => {
  const { database, tenant, now, seed } = options;
  const happenings = planSample(now.getTime(), seed);
  await database.transaction(tenant, async (connection) => {
    const within = withinTransaction(database, { tenant, connection });
    for (const batch of batchesOf(happenings, now.getTime())) await write(batch, { ...options, database: within });
  });
  return happenings.length;
};

const write = async (
  { by, at, happenings }: Batch,
  { database, registry, tenant, settings }: SampleOptions,
): Promise<void> => {
  const identity: Identity = by === null ? { type: 'system' } : { type: 'user', id: by, admin: true };
  const clock = (): string => new Date(at).toISOString();
  const store = new SqlStore({ database, registry, tenant, identity, settings, source: 'ui', now: clock });
  await store.apply(happenings.map(({ change }) => change));
};
