import type { Change } from '../change.ts';
import { CrmError } from '../errors.ts';
import { invalid } from '../invalid.ts';
import type { AnyRecord } from '../module.ts';
import type { RuleContext } from '../rule.ts';
import { mergeGiven, same, type SettledConflict } from './conflicts.ts';
import { recycle, restore } from './recycle.ts';
import { save } from './save.ts';
import type { Settle } from './settle.ts';
import type { State } from './state.ts';
import { Workspace, type Write } from './workspace.ts';

export interface ApplyContext extends RuleContext {
  /** What becomes of fields that others changed as well; without it their conflicts are refused. */
  readonly settle?: Settle;
}

/** What a change comes to: records before and after, and what an action has to say. */
export interface Outcome {
  readonly writes: readonly Write[];
  readonly result: Readonly<Record<string, unknown>>;
  /** Where it met others' changes, and what was done about it. */
  readonly settled: readonly SettledConflict[];
}

/**
 * The one entry by which anything changes, on both sides of the wire. It reads through `state`, decides, and gives
 * the writes; carrying them out, in one transaction, is the caller's part.
 *
 * @throws {CrmError} `validation` with all issues · `rule` when a business rule refuses · `conflict` when others
 * changed the same fields · `not-found` · `forbidden`
 */
export const apply = async (change: Change, state: State, context: ApplyContext): Promise<Outcome> => {
  const workspace = new Workspace(state, context, recycle);
  const result = await carryOut(change, workspace);
  if (workspace.issues.length > 0) {
    const rule = workspace.issues.some(({ params }) => params?.['rule'] !== undefined);
    throw rule
      ? new CrmError('rule', 'A rule of the business refuses this change.', { issues: workspace.issues })
      : invalid(workspace.issues);
  }
  const { settled } = workspace;
  return { writes: workspace.writes.map((write) => withMerged(write, settled)), result, settled };
};

/** With what was given for fields that came to be something else. */
const withMerged = (write: Write, settled: readonly SettledConflict[]): Write => {
  const { module, id, after, changed } = write;
  const own = settled.filter((one) => one.module === module && one.id === id && changed.includes(one.field));
  const merged = own.filter(({ field, mine }) => !same(mine, after[field])).map(({ field, mine }) => [field, mine]);
  return merged.length === 0 ? write : { ...write, merged: Object.fromEntries(merged) };
};

const carryOut = async (change: Change, workspace: Workspace): Promise<Readonly<Record<string, unknown>>> => {
  switch (change.op) {
    case 'create':
      await create(change, workspace);
      return {};
    case 'update': {
      const before = await existing(change, workspace);
      const { registry, settle } = workspace.context;
      const meeting = { module: registry.get(change.module), current: before, state: workspace.state, settle };
      const { values, settled } = await mergeGiven(change, meeting);
      workspace.settled.push(...settled);
      await save(workspace, { module: change.module, id: change.id, before, values, origin: 'person' });
      return {};
    }
    case 'delete':
      await recycle(workspace, await existing(change, workspace), change.module);
      return {};
    case 'restore':
      await restore(workspace, change.module, change.id);
      return {};
    case 'act':
      return act(change, workspace);
  }
};

const create = async (change: Change & { op: 'create' }, workspace: Workspace): Promise<void> => {
  if (await workspace.taken(change.module, change.id)) {
    throw new CrmError('conflict', 'A record with this id exists already.', {
      id: change.id,
      issues: [{ path: '/id', code: 'taken' }],
    });
  }
  await save(workspace, {
    module: change.module,
    id: change.id,
    before: null,
    values: change.values,
    origin: 'person',
  });
};

const existing = async ({ module, id }: Change, workspace: Workspace): Promise<AnyRecord> => {
  const record = await workspace.get(module, id);
  if (record) return record;
  const buried = await workspace.state.getAny(module, id);
  throw new CrmError('not-found', `There is no record ${id}.`, {
    module,
    id,
    // what was to be changed may be brought back and changed then
    ...(buried && { reason: 'deleted', version: buried.version }),
  });
};

const act = async (
  change: Change & { op: 'act' },
  workspace: Workspace,
): Promise<Readonly<Record<string, unknown>>> => {
  const definition = workspace.context.registry.get(change.module);
  const action = Object.hasOwn(definition.actions, change.action) ? definition.actions[change.action]! : undefined;
  if (!action)
    throw new CrmError('not-found', `"${change.module}" has no action "${change.action}".`, { action: change.action });
  const before = await existing(change, workspace);
  const args = workspace.checkArgs(action.args, change.args);
  if (workspace.issues.length > 0) return {};
  let result: Readonly<Record<string, unknown>> = {};
  await save(workspace, {
    module: change.module,
    id: change.id,
    before,
    values: {},
    origin: change.action,
    act: async (step) => void (result = await action.run(step, args)),
  });
  return result;
};
