import { CrmError } from '../errors.ts';
import type { Id } from '../id.ts';
import { isAlive } from '../is-alive.ts';
import { linkText } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Incoming } from '../registry.ts';
import { mayDelete, save, unbury } from './save.ts';
import type { Workspace } from './workspace.ts';

/**
 * Moves a record to the recycle bin, and with it what belongs to it. A child may forbid that, or forget the parent.
 */
export const recycle = async (
  workspace: Workspace,
  record: AnyRecord,
  module: string,
  batch = workspace.context.newId(),
): Promise<void> => {
  await mayDelete(workspace, module, record);
  // first of all, because two records may belong to each other
  await bury(workspace, module, record, batch);
  const parent = { module, id: record.id };
  const incomings = workspace.context.registry.incoming(module).filter(({ onDelete }) => onDelete !== 'keep');
  if (incomings.length > 0) await workspace.state.claim?.(module, record.id);
  for (const incoming of incomings) await settle(workspace, parent, incoming, batch);
};

interface RecordName {
  readonly module: string;
  readonly id: string;
}

const settle = async (workspace: Workspace, parent: RecordName, incoming: Incoming, batch: string): Promise<void> => {
  const { module, onDelete } = incoming;
  const children = await workspace.findAll(module, childrenOf(workspace, parent, incoming));
  if (onDelete === 'restrict') return forbid(workspace, incoming, children.length);
  for (const { id } of children) {
    // what happened to one child may have changed or deleted the next
    const child = await workspace.get(module, id);
    if (child && onDelete === 'cascade') await recycle(workspace, child, module, batch);
    if (child && onDelete === 'detach') await detach(workspace, child, parent, incoming);
  }
};

const forbid = (workspace: Workspace, { module, field }: Incoming, count: number): void => {
  if (count === 0) return;
  const params = { module, count, rule: `${module}.${field}.restrict` };
  workspace.issues.push({ path: '', code: 'in-use', params });
};

/** Links to several records hold a list, links to several modules name the module. */
const childrenOf = (
  workspace: Workspace,
  { module, id }: RecordName,
  { module: child, field, onDeleteWhile }: Incoming,
): Where => {
  const { kind, options } = workspace.context.registry.get(child).fields[field]!;
  const isNamed = 'to' in options && options.to === module;
  const isList = kind.domain === 'list';
  const wanted = isNamed ? id : isList ? linkText({ module, id: id as Id }) : { module, id };
  return {
    [field]: isList ? { containsAny: [wanted] } : { is: wanted },
    ...onDeleteWhile,
  };
};

const detach = async (
  workspace: Workspace,
  child: AnyRecord,
  parent: RecordName,
  { module, field }: Incoming,
): Promise<void> => {
  const values = { [field]: without(child[field], parent) };
  await save(workspace, { module, id: child.id, before: child, values, origin: 'rule' });
};

const without = (value: unknown, { module, id }: RecordName): unknown => {
  if (!Array.isArray(value)) return null;
  const rest = (value as readonly (string | RecordName)[]).filter((item) =>
    typeof item === 'string' ? item !== id : item.id !== id || item.module !== module,
  );
  return rest.length > 0 ? rest : null;
};

/** Sets fields of the house itself, past the module's rules. */
const bury = async (workspace: Workspace, module: string, record: AnyRecord, batch: string): Promise<void> => {
  const { now, identity } = workspace.context;
  const deletedBy = identity.type === 'user' ? { module: 'users', id: identity.id } : null;
  const values = { deletedAt: now, deletedBy, deletionBatch: batch };
  const after = { ...record, ...values, version: record.version + 1, updatedAt: now };
  workspace.put(module, record, after, [...Object.keys(values), 'updatedAt']);
};

/** Brings a record back with everything that was deleted along with it; where one cannot come back, none does. */
export const restore = async (workspace: Workspace, module: string, id: string): Promise<void> => {
  const record = await workspace.state.getAny(module, id);
  if (!record || isAlive(record)) throw new CrmError('not-found', `There is no deleted record ${id}.`, { module, id });
  for (const buried of await workspace.state.findDeleted(record['deletionBatch'] as string)) {
    const isAsked = buried.module === module && buried.record.id === id;
    await unbury(workspace, { ...buried, origin: isAsked ? 'restore' : 'rule' });
  }
};
