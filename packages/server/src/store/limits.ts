import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import type { Module } from '@tessera-crm/model/module.js';
import { everything } from '@tessera-crm/model/query/filter.js';
import { byIds } from '../sql/select.ts';
import type { BatchState } from './batch-state.ts';
import { sceneOf, type Limits, type StoreContext } from './context.ts';
import { linkedBy } from './preload.ts';
import { readRecords, type Run } from './read-page.ts';

export interface Within {
  readonly limits: Limits;
  readonly context: StoreContext;
  readonly run: Run;
  readonly state: BatchState;
}

/**
 * Whether a change stays within what the identity may see: the record before it and after it, and the records that it
 * links to. What is out of sight is not there.
 *
 * @throws {CrmError} `forbidden` · `not-found` · `validation`
 */
export const checkWithin = async (change: Change, within: Within, when: 'before' | 'after'): Promise<void> => {
  if (when === 'before') {
    within.limits.mayWrite?.(change, within.context.registry.get(change.module));
    if (change.op !== 'create') await checkReach(change, within);
    await checkLinks(change, within);
  } else if (isToStay(change, within) && !(await isVisible(change, within))) {
    throw new CrmError('forbidden', 'The record would be out of sight for whoever makes it so.', {
      module: change.module,
      id: change.id,
    });
  }
};

/** What is in sight may be read all the same, and it is no secret that it cannot be changed. */
const checkReach = async (change: Change, within: Within): Promise<void> => {
  const { module: key, id, op } = change;
  const facts = { module: key, id };
  if (!(await isVisible(change, within))) throw new CrmError('not-found', `There is no record ${id}.`, facts);
  const module = within.context.registry.get(key);
  const writable = within.limits.writable?.(change, module) ?? null;
  if (writable === null || writable === everything) return;
  const scene = {
    ...sceneOf(within.context),
    scope: (one: Module) => (one === module ? writable : within.limits.scope(one)),
  };
  if ((await visibleIds(key, [id], within, scene)).has(id)) return;
  throw new CrmError('forbidden', `This record may be read, and not be changed so: ${op}.`, {
    ...facts,
    reason: 'record',
  });
};

const isToStay = (change: Change, { limits, context }: Within): boolean =>
  change.op !== 'delete' && !limits.mayHandOver?.(context.registry.get(change.module));

// oxlint-disable-next-line max-params
const visibleIds = async (
  module: string,
  ids: readonly string[],
  { context, run, state }: Within,
  scene = sceneOf(context),
): Promise<ReadonlySet<string>> => {
  await state.flush();
  const records = await readRecords(byIds(context.registry.get(module), ids, scene), run);
  return new Set(records.map(({ id }) => id));
};

const isVisible = async ({ module, id }: Change, within: Within): Promise<boolean> =>
  (await visibleIds(module, [id], within)).has(id);

const checkLinks = async (change: Change, within: Within): Promise<void> => {
  for (const [module, ids] of linkedBy([change], within.context.registry)) {
    const visible = await visibleIds(module, [...ids], within);
    const missing = [...ids].find((id) => !visible.has(id));
    if (missing !== undefined) throw invalid([{ path: '', code: 'missing-link', params: { module, id: missing } }]);
  }
};
