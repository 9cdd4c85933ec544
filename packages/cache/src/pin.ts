import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';

/** Records that are to be at hand offline, seen before or not, as in "the open deals of my accounts". */
export interface Pin {
  readonly module: string;
  /** All records of the module unless given. */
  readonly where?: Where;
}

/**
 * Under which name it is kept how far a pin was fetched. A filter that counts from today is another one tomorrow, and
 * so is the pin.
 */
export const pinKey = ({ module, filter }: Pick<Plan, 'module' | 'filter'>): string =>
  `pin ${module.key} ${plainJson(filter)}`;

/** What a filter looks at in the linked records of one module. */
export interface Linked {
  readonly fields: ReadonlySet<string>;
  readonly filters: readonly Filter[];
}

/** By module, what a filter looks at in linked records. */
export const linkedIn = ({ module, filter }: Pick<Plan, 'module' | 'filter'>): ReadonlyMap<string, Linked> => {
  const found = new Map<string, { readonly fields: Set<string>; readonly filters: Filter[] }>();
  const of = (key: string) => {
    const known = found.get(key);
    if (known) return known;
    const made = { fields: new Set<string>(), filters: [] };
    found.set(key, made);
    return made;
  };
  const walk = (key: string, one: Filter, isLinked: boolean): void => {
    if ('of' in one) for (const inner of one.of) walk(key, inner, isLinked);
    if (isLinked && 'field' in one) of(key).fields.add(one.field);
    if (one.type !== 'has' && one.type !== 'some') return;
    const linked = of(one.module);
    linked.filters.push(one.filter);
    // what lies in the recycle bin is linked no more
    linked.fields.add('deletedAt');
    if (one.type === 'some') linked.fields.add(one.by);
    walk(one.module, one.filter, true);
  };
  walk(module.key, filter, false);
  return found;
};

/** Whether one of these fields is another than before. */
export const isOther = (
  fields: Iterable<string>,
  before: AnyRecord | undefined,
  after: AnyRecord | undefined,
): boolean => [...fields].some((field) => !same(before?.[field] ?? null, after?.[field] ?? null));
