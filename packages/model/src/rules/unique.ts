import { fieldEntries } from '../field-entries.ts';
import type { Draft } from './save.ts';
import type { Workspace } from './workspace.ts';

/** No two living records share the value of a unique field, or a unique combination. */
export const checkUnique = async (draft: Draft, workspace: Workspace): Promise<void> => {
  const single = fieldEntries(draft.definition)
    .filter(([, { options, presence }]) => options.unique && presence !== 'computed')
    .map(([name]) => [name]);
  const isBack = draft.changed('deletedAt');
  for (const fields of [...single, ...draft.definition.unique]) {
    if (!isBack && !fields.some((field) => draft.changed(field))) continue;
    if (fields.some((field) => (draft.record[field] ?? null) === null)) continue;
    const where = Object.fromEntries(fields.map((field) => [field, { is: draft.record[field] }]));
    const others = await workspace.find(draft.module, where);
    if (others.some(({ id }) => id !== draft.id)) draft.refuse(fields[0]!, 'taken', { fields });
  }
};
