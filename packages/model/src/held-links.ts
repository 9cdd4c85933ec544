import { fieldEntries } from './field-entries.ts';
import type { Field } from './kind.ts';
import type { AnyLink } from './kinds/any-link.ts';
import { perModule } from './per-module.ts';
import { linkTarget } from './query/plan.ts';

const onDeleteOf = ({ options }: Field): string => (options as { readonly onDelete?: string }).onDelete ?? 'keep';

/** The fields of a module whose values may hold links. */
export const linkFields = /* @__PURE__ */ perModule((module) =>
  fieldEntries(module).filter(([, field]) => linkTarget(field) !== undefined || onDeleteOf(field) !== 'keep'),
);

/**
 * The records that have to be there for a value of a field: a link says what becomes of it when they are deleted. Links
 * to several modules that say nothing of that only remember, such as who made a record.
 */
export const heldLinks = (field: Field, value: unknown): readonly Pick<AnyLink<string>, 'module' | 'id'>[] => {
  if (value === null || value === undefined) return [];
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const module = linkTarget(field);
  // both kinds of link checked their values: ids, or modules with ids
  if (module !== undefined) return items.map((id) => ({ module, id }) as AnyLink);
  return onDeleteOf(field) === 'keep' ? [] : (items as readonly AnyLink[]);
};
