import { CrmError } from '../errors.ts';
import type { AnyRecord } from '../module.ts';
import type { Incoming } from '../registry.ts';
import { save } from './save.ts';
import type { Workspace } from './workspace.ts';

/**
 * Moves a record to the recycle bin, and with it what belongs to it. A child may forbid that, or forget the parent
 * (CATALOGUE E-08, 3.13).
 */
export const recycle = async (
  workspace: Workspace,
  record: AnyRecord,
  module: string,
  batch = workspace.context.newId(),
): Promise<void> => {
  for (const incoming of workspace.context.registry.incoming(module)) await settle(workspace, record, incoming, batch);
  await bury(workspace, module, record, batch);
};

const settle = async (workspace: Workspace, parent: AnyRecord, incoming: Incoming, batch: string): Promise<void> => {
  const { module, field, onDelete, restrictWhile } = incoming;
  if (onDelete === 'keep') return;
  const where = {
    [field]: onDeleteWhere(workspace, module, field, parent.id),
    ...(onDelete === 'restrict' ? restrictWhile : undefined),
  };
  const children = await workspace.find(module, where);
  if (onDelete === 'restrict' && children.length > 0) {
    workspace.issues.push({
      path: '',
      code: 'in-use',
      params: { module, count: children.length, rule: `${module}.${field}.restrict` },
    });
    return;
  }
  for (const child of children) {
    if (onDelete === 'cascade') await recycle(workspace, child, module, batch);
    if (onDelete === 'detach')
      await save(workspace, {
        module,
        id: child.id,
        before: child,
        values: { [field]: detached(child[field], parent.id) },
        origin: 'rule',
      });
  }
};

/** Links to several records hold a list. */
const onDeleteWhere = (workspace: Workspace, module: string, field: string, id: string) =>
  workspace.context.registry.get(module).fields[field]!.kind.domain === 'list' ? { containsAny: [id] } : { is: id };

const detached = (value: unknown, id: string): unknown => {
  if (!Array.isArray(value)) return null;
  const rest = value.filter((item) => item !== id);
  return rest.length > 0 ? rest : null;
};

const bury = async (workspace: Workspace, module: string, record: AnyRecord, batch: string): Promise<void> => {
  const { now, identity } = workspace.context;
  const by = identity.type === 'user' ? { module: 'users', id: identity.id } : null;
  await touch(workspace, module, record, { deletedAt: now, deletedBy: by, deletionBatch: batch });
};

/** Sets fields of the house itself, past the module's rules. */
const touch = async (
  workspace: Workspace,
  module: string,
  record: AnyRecord,
  values: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const after = { ...record, ...values, version: record.version + 1, updatedAt: workspace.context.now };
  workspace.put(module, record, after, [...Object.keys(values), 'updatedAt']);
};

/** Brings a record back with everything that was deleted along with it. */
export const restore = async (workspace: Workspace, module: string, id: string): Promise<void> => {
  const record = await workspace.state.getAny(module, id);
  if (!record || record['deletedAt'] === null)
    throw new CrmError('not-found', `There is no deleted record ${id}.`, { module, id });
  for (const buried of await workspace.state.findDeleted(record['deletionBatch'] as string)) {
    await touch(workspace, buried.module, buried.record, { deletedAt: null, deletedBy: null, deletionBatch: null });
  }
};
