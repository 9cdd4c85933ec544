import type { Change } from '@tessera-crm/model/change.js';
import { apply, type Outcome } from '@tessera-crm/model/rules/apply.js';
import type { Database } from '../database/database.ts';
import { commitOne, type Created } from '../sql/changes.ts';
import { guardOf, targetsOf } from '../sql/targets.ts';
import { updateOne } from '../sql/write.ts';
import { BatchState } from './batch-state.ts';
import { authorship, type Committed } from './batch.ts';
import type { StoreContext } from './context.ts';
import { createQueue } from './create-queue.ts';
import { numberBlocks } from './number-blocks.ts';
import { Numbers, type TakeNumbers } from './numbers.ts';
import { preload } from './preload.ts';
import { raisedBy } from './raised.ts';
import { affectedBy } from './rollups.ts';

/** Thrown out of the rules when they change another record: all they do after that would be done twice. */
class ReachesFurther extends Error {}

/**
 * The short way, for what is asked for most: one record made or changed, and nothing else with it. It reads without a
 * transaction and writes record, counter and change in one statement, which finds the version that was read or nothing.
 *
 * @returns Null when the change needs a transaction after all: it reaches further, or somebody else was faster.
 */
export const runSingle = async (
  change: Change,
  context: StoreContext,
  database: Database,
): Promise<Committed | null> => {
  try {
    return await attempt(change, context, database);
  } catch (error) {
    if (error instanceof ReachesFurther) return null;
    throw error;
  }
};

const attempt = async (change: Change, context: StoreContext, database: Database): Promise<Committed | null> => {
  const now = context.now();
  const run = (statement: Parameters<Database['run']>[1]) => database.run(context.tenant, statement);
  const blocks = numberBlocks(database);
  const take: TakeNumbers = (series, count) => blocks.take(context.tenant, series, count);
  const reached = (module: string, id: string): void => {
    if (module !== change.module || id !== change.id) throw new ReachesFurther();
  };
  const state = new BatchState({ context, now, run, numbers: new Numbers(), take, reached });
  if (change.op === 'create') state.assumeFree(change.module, change.id);
  await preload({ changes: [change], state, context, run }, false);
  const { writes } = await outcomeOf(change, state, context, now);
  const [write, ...more] = writes;
  if (!write)
    return {
      applied: [{ ok: true, module: change.module, id: change.id, record: await state.get(change.module, change.id) }],
      seq: null,
    };
  if (more.length > 0 || affectedBy(writes, context.registry).size > 0 || raisedBy(writes).length > 0) return null;
  const targets = targetsOf([{ ...write, module: context.registry.get(write.module) }], context.registry);
  const seq = await commit({ write, by: authorship(context, now), targets }, context, database);
  if (seq === null) return null;
  return { applied: [{ ok: true, module: change.module, id: change.id, record: write.after }], seq };
};

/** @returns The tenant's number under which it went; null when the record, or what it links to, is not as it was read any more. */
const commit = async (
  made: Created,
  { registry, tenant }: StoreContext,
  database: Database,
): Promise<number | null> => {
  const module = registry.get(made.write.module);
  const { before, after, changed } = made.write;
  if (!before) return createQueue(database).commit(module, made);
  const guard = guardOf(made.targets, tenant);
  const update = updateOne(module, { base: before.version, after, changed }, tenant, guard);
  const { rows } = await database.run(tenant, commitOne(update, made.write, made.by, guard));
  return rows.length === 0 ? null : (rows[0]![0] as number);
};

// oxlint-disable-next-line max-params
const outcomeOf = ({ ...change }: Change, state: BatchState, context: StoreContext, now: string): Promise<Outcome> => {
  const { registry, identity, settings, source } = context;
  return apply(change, state, { registry, identity, settings, source, now, newId: () => context.newId() });
};
