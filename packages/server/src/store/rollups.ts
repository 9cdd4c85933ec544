import type { Field } from '@tessera-crm/model/kind.js';
import { plainReading } from '@tessera-crm/model/kind.js';
import type { RollupSpec } from '@tessera-crm/model/kinds/rollup.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { both, type Filter } from '@tessera-crm/model/query/filter.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { groupingOf } from '../sql/aggregate.ts';
import { wholeScene, type StoreContext } from './context.ts';
import type { Run } from './read-page.ts';

/** A field that sums up records of another module. */
interface Rollup {
  readonly parent: Module;
  readonly name: string;
  readonly field: Field;
  readonly spec: RollupSpec;
}

const kept = new WeakMap<Registry, ReadonlyMap<string, readonly Rollup[]>>();

/** The rollups of all modules, by the module whose records they sum up. */
const rollupsOf = (registry: Registry): ReadonlyMap<string, readonly Rollup[]> => {
  let rollups = kept.get(registry);
  if (!rollups)
    kept.set(
      registry,
      (rollups = Map.groupBy(
        registry.all.flatMap((module) => own(module, registry)),
        ({ spec }) => spec.of,
      )),
    );
  return rollups;
};

const own = (parent: Module, registry: Registry): readonly Rollup[] =>
  Object.entries(parent.fields).flatMap(([name, field]) => {
    const spec = 'rollup' in field.options ? (field.options.rollup as RollupSpec) : undefined;
    return spec && registry.find(spec.of)?.fields[spec.by] ? [{ parent, name, field, spec }] : [];
  });

/** Which rollups of which records may have changed. */
export type Affected = ReadonlyMap<Rollup, ReadonlySet<string>>;

export const affectedBy = (writes: readonly Write[], registry: Registry): Affected => {
  const affected = new Map<Rollup, Set<string>>();
  for (const write of writes) {
    for (const rollup of rollupsOf(registry).get(write.module) ?? []) {
      if (!isRelevant(write, rollup.spec)) continue;
      const parents = [write.before?.[rollup.spec.by], write.after[rollup.spec.by]].filter(
        (id) => typeof id === 'string',
      );
      if (parents.length === 0) continue;
      const ids = affected.get(rollup) ?? new Set();
      for (const id of parents) ids.add(id);
      affected.set(rollup, ids);
    }
  }
  return affected;
};

const isRelevant = ({ before, changed }: Write, { by, field, where }: RollupSpec): boolean =>
  before === null ||
  changed.some((name) => name === by || name === field || name === 'deletedAt') ||
  (where !== undefined && mentions(where, changed));

/** Whether a filter says anything of one of the fields, however deep. */
const mentions = (where: unknown, fields: readonly string[]): boolean =>
  typeof where === 'object' &&
  where !== null &&
  Object.entries(where).some(([name, value]) => fields.includes(name) || mentions(value, fields));

export interface RollupWork {
  readonly context: StoreContext;
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly run: Run;
  /** The record as the batch has it, kept from others until the batch ends. */
  readonly lock: (module: string, ids: readonly string[]) => Promise<ReadonlyMap<string, AnyRecord>>;
}

/**
 * The records whose sums are no longer right, as they should be. They are locked before anything is summed up, so that
 * of two batches the second sees what the first did.
 */
export const recomputed = async (
  affected: Affected,
  { context, now, run, lock }: RollupWork,
): Promise<readonly Write[]> => {
  const writes: Write[] = [];
  for (const [module, rollups] of Map.groupBy(affected, ([{ parent }]) => parent)) {
    const ids = [...new Set(rollups.flatMap(([, some]) => [...some]))].toSorted();
    const records = await lock(module.key, ids);
    const values = await Promise.all(
      rollups.map(async ([rollup, some]) => [rollup, await sums(rollup, [...some], { context, now, run })] as const),
    );
    for (const [id, before] of records) {
      const changed = values.filter(([{ name }, of]) => of.has(id) && !same(before[name] ?? null, of.get(id)));
      if (changed.length === 0) continue;
      const news = Object.fromEntries(changed.map(([{ name }, of]) => [name, of.get(id)]));
      writes.push({
        module: module.key,
        id,
        before,
        after: { ...before, ...news, version: before.version + 1 },
        changed: Object.keys(news),
      });
    }
  }
  return writes;
};

/** What a rollup comes to, by record. */
const sums = async (
  { field, spec }: Rollup,
  ids: readonly string[],
  { context, now, run }: Pick<RollupWork, 'context' | 'now' | 'run'>,
): Promise<ReadonlyMap<string, unknown>> => {
  const of = context.registry.get(spec.of);
  const linked: Filter = { type: 'test', field: spec.by, test: { op: 'in', keys: ids }, negate: false };
  const living: Filter = { type: 'test', field: 'deletedAt', test: { op: 'there' }, negate: true };
  const filter = both(linked, living, parseWhere(of, spec.where, queryContextOf(context, now)));
  const measure = { fn: spec.fn, ...(spec.field !== undefined && { field: spec.field }) };
  const aggregate = { rows: [spec.by], measures: [measure], limit: ids.length };
  const grouping = groupingOf(
    of,
    { filter, aggregate },
    { ...wholeScene(context), timeZone: context.settings.timeZone },
  );
  const groups = (await run(grouping.statement)).rows.map((row) => grouping.toGroup(row));
  const found = new Map(groups.map(({ keys, values }) => [keys[0], values[0] ?? null]));
  const none = spec.fn === 'count' || spec.fn === 'sum' ? 0 : null;
  return new Map(ids.map((id) => [id, valueOf(field, found.get(id) ?? none, context)]));
};

/** A figure as a value of the field, which knows how to read one; amounts are in the tenant's currency. */
const valueOf = ({ kind, options }: Field, figure: string | number | null, { settings }: StoreContext): unknown => {
  if (figure === null) return null;
  const read = kind.parse(figure.toString(), options, { ...plainReading, currency: settings.currency });
  return read.ok ? read.value : null;
};
