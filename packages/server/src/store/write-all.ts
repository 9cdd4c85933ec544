import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { lostRace } from '../database/database-error.ts';
import { insertMany, updateMany } from '../sql/write.ts';
import type { Run } from './read-page.ts';

/** What has to be written of one record. */
export interface Pending {
  readonly module: Module;
  /** The version in the database; null for a record that is new. */
  readonly base: number | null;
  readonly after: AnyRecord;
  readonly changed: ReadonlySet<string>;
}

/** Writes records with one statement per module and set of fields, however many they are. */
export const writeAll = async (pending: readonly Pending[], tenant: string, run: Run): Promise<void> => {
  const inserts = Map.groupBy(
    pending.filter(({ base }) => base === null),
    ({ module }) => module,
  );
  const updates = Map.groupBy(
    pending.filter(({ base }) => base !== null),
    ({ module, changed }) => `${module.key} ${[...changed].toSorted().join()}`,
  );
  await all([
    ...[...inserts].map(([module, some]) =>
      run(
        insertMany(
          module,
          some.map(({ after }) => after),
          tenant,
        ),
      ),
    ),
    ...[...updates.values()].map((some) => update(some, tenant, run)),
  ]);
};

const update = async (some: readonly Pending[], tenant: string, run: Run): Promise<void> => {
  const revisions = some.map(({ base, after, changed }) => ({ base: base!, after, changed: [...changed].toSorted() }));
  const { rows } = await run(updateMany(some[0]!.module, revisions, tenant));
  if (rows.length < revisions.length) throw lostRace();
};

/** Waits for every answer, so that none comes after the transaction has ended, and fails with the first failure. */
const all = async (work: readonly Promise<unknown>[]): Promise<void> => {
  const ends = await Promise.allSettled(work);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};
