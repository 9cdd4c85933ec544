import type { Identity } from '@tessera-crm/model/rule.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Database } from '../database/database.ts';
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

/** Writes a made-up company into an empty tenant, by all its rules and as of the times at which things happened. */
export const writeSample = async ({
  database,
  registry,
  tenant,
  settings,
  now,
  seed,
}: SampleOptions): Promise<number> => {
  let at = now.getTime();
  const storeOf = (identity: Identity): SqlStore =>
    new SqlStore({
      database,
      registry,
      tenant,
      identity,
      settings,
      source: 'ui',
      now: () => new Date(at).toISOString(),
    });
  const happenings = planSample(now.getTime(), seed);
  for (const batch of batchesOf(happenings, now.getTime())) {
    at = batch.at;
    const identity: Identity = batch.by === null ? { type: 'system' } : { type: 'user', id: batch.by, admin: true };
    await storeOf(identity).apply(batch.happenings.map(({ change }) => change));
  }
  return happenings.length;
};
