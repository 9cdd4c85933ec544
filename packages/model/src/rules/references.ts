import { heldLinks, linkFields } from '../held-links.ts';
import { linkTarget } from '../query/plan.ts';
import type { Draft } from './save.ts';
import type { Workspace } from './workspace.ts';

/** Every link that was set leads to a record that exists; a record may not link to itself upwards in a circle. */
export const checkReferences = async (draft: Draft, workspace: Workspace): Promise<void> => {
  for (const [name, field] of linkFields(draft.definition)) {
    const value = draft.record[name];
    const held = heldLinks(field, value);
    if (held.length === 0 || !draft.changed(name)) continue;
    for (const { module, id } of held) {
      if (module === draft.module && id === draft.id) draft.refuse(name, 'cycle');
      else if (workspace.context.registry.find(module) && !(await workspace.get(module, id)))
        draft.refuse(name, 'missing-link', { module, id });
    }
    if (linkTarget(field) === draft.module && typeof value === 'string' && (await leadsBack(draft, workspace, name)))
      draft.refuse(name, 'cycle');
  }
};

const maxSteps = 64;

/** Follows a link to records of the same module, such as a parent account, until it ends or comes back here. */
const leadsBack = async (draft: Draft, workspace: Workspace, field: string): Promise<boolean> => {
  let at = draft.record[field] as string | null;
  for (let step = 0; at !== null && step < maxSteps; step++) {
    if (at === draft.id) return true;
    at = ((await workspace.get(draft.module, at))?.[field] as string | null | undefined) ?? null;
  }
  return at !== null;
};
