import type { Change } from '@tessera-crm/model/change.js';
import { fieldEntries } from '@tessera-crm/model/field-entries.js';
import { heldLinks, linkFields } from '@tessera-crm/model/held-links.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { AnyLink } from '@tessera-crm/model/kinds/any-link.js';
import type { Module } from '@tessera-crm/model/module.js';
import { perModule } from '@tessera-crm/model/per-module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { livingOf } from '../sql/select.ts';
import type { BatchState } from './batch-state.ts';
import { wholeScene, type StoreContext } from './context.ts';
import { readRecords, type Run } from './read-page.ts';

type Wanted = Map<string, Set<string>>;

const want = (wanted: Wanted, module: string, id: string): void => {
  wanted.set(module, (wanted.get(module) ?? new Set()).add(id));
};

/** The records that changes are about. */
export const touchedBy = (changes: readonly Change[]): Wanted => {
  const wanted: Wanted = new Map();
  for (const { module, id } of changes) want(wanted, module, id);
  return wanted;
};

const given = (change: Change): Readonly<Record<string, unknown>> => ('values' in change ? change.values : {});

/**
 * Links that a rule reckons from what is given, such as the products of an order's lines. What is given was not checked
 * yet: what the rule cannot work with is refused later, and looks for nothing.
 */
const reckoned = ({ computed }: Field, values: Readonly<Record<string, unknown>>): unknown => {
  if (!computed?.from.every((name) => Object.hasOwn(values, name))) return null;
  try {
    return computed.rule(...(computed.from.map((name) => values[name]) as never[]));
  } catch {
    return null;
  }
};

const isNamed = (link: { readonly module: unknown; readonly id: unknown } | null): boolean =>
  typeof link?.module === 'string' && typeof link.id === 'string';

/** The records that changes link to. */
export const linkedBy = (changes: readonly Change[], registry: Registry): Wanted => {
  const wanted: Wanted = new Map();
  for (const change of changes) {
    const module = registry.find(change.module);
    const values = given(change);
    for (const [name, field] of module ? linkFields(module) : []) {
      const value = field.computed ? reckoned(field, values) : values[name];
      for (const link of (value ?? null) === null ? [] : heldLinks(field, value))
        // what is given was not checked yet
        if (isNamed(link) && registry.find(link.module)) want(wanted, link.module, link.id);
    }
  }
  return wanted;
};

/** The fields that may link to anything. */
const openNames = perModule((module) => {
  const isOpen = ({ options }: Field): boolean => 'to' in options && options.to === 'any';
  return fieldEntries(module).flatMap(([name, field]) => (isOpen(field) ? [name] : []));
});

/**
 * The records that changes say they are about without holding them: rules tell those of it. What is given was not checked
 * yet.
 */
const toldBy = (changes: readonly Change[], registry: Registry): Wanted => {
  const wanted: Wanted = new Map();
  for (const change of changes) {
    const values = given(change);
    const module = registry.find(change.module);
    for (const name of module ? openNames(module) : []) {
      const links = values[name];
      for (const link of Array.isArray(links) ? (links as readonly AnyLink[]) : [])
        if (isNamed(link) && registry.find(link.module)) want(wanted, link.module, link.id);
    }
  }
  return wanted;
};

export interface Preload {
  readonly changes: readonly Change[];
  readonly state: BatchState;
  readonly context: StoreContext;
  readonly run: Run;
}

/**
 * Reads what a batch will need, with one statement per module instead of one per record.
 *
 * @param lock - Whether others must leave it as it is until the batch ends.
 */
export const preload = async ({ changes, state, context, run }: Preload, lock: boolean): Promise<void> => {
  const going = touchedBy(changes.filter(({ op }) => op === 'delete'));
  const touched = touchedBy(changes);
  const linked = linkedBy(changes, context.registry);
  const told = toldBy(changes, context.registry);
  await Promise.all([
    ...[...touched].map(([module, ids]) =>
      state.load(module, [...ids].toSorted(), { lock: lock ? (going.has(module) ? 'link' : 'change') : undefined }),
    ),
    ...[...linked].map(([module, ids]) =>
      state.load(
        module,
        [...ids].filter((id) => !touched.get(module)?.has(id)),
        { lock: lock ? 'stay' : undefined },
      ),
    ),
    ...[...told].map(([module, ids]) =>
      state.load(
        module,
        [...ids].filter((id) => !touched.get(module)?.has(id) && !linked.get(module)?.has(id)),
      ),
    ),
    ...(changes.length > 1 ? uniqueLookups({ changes, state, context, run }) : []),
  ]);
};

/** Who has the values that have to be unique. */
const uniqueLookups = ({ changes, state, context, run }: Preload): readonly Promise<void>[] => {
  const byModule = Map.groupBy(changes, ({ module }) => module);
  return [...byModule].flatMap(([key, some]) => {
    const module = context.registry.find(key);
    const unique = Object.entries(module?.fields ?? {}).filter(
      ([, { options, presence }]) => options.unique && presence !== 'computed',
    );
    return unique.map(([name]) => lookUp(module!, name, { changes: some, state, context, run }));
  });
};

// oxlint-disable-next-line max-params
const lookUp = async (module: Module, name: string, { changes, state, context, run }: Preload): Promise<void> => {
  const { kind, options } = module.fields[name]!;
  // what does not fit the field is refused later, and looks for nothing
  const values = changes
    .map((change) => kind.schema(options).safeParse(given(change)[name]))
    .flatMap((checked) => (checked.success ? [checked.data] : []));
  if (values.length === 0) return;
  const keys = [...new Set(values.map((value) => kind.key(value, options) as string))];
  const filter: Filter = { type: 'test', field: name, test: { op: 'in', keys }, negate: false };
  const stored = await readRecords(livingOf(module, filter, wholeScene(context), keys.length), run);
  state.lookups.add(module, name, { values, stored });
};
