import type { AnyRecord, Module } from '../module.ts';
import { writeCursor } from './cursor.ts';
import { matches, type Neighbours } from './matches.ts';
import { isAfter, order, positionOf } from './order.ts';
import { linkTarget, type Include, type Plan } from './plan.ts';
import type { Page } from './query.ts';

/** Runs a plan over records in memory: the oracle that other engines are compared with. */
export const runPlan = (
  plan: Plan,
  records: Iterable<AnyRecord>,
  neighbours: Neighbours,
): Page<AnyRecord, IncludedRecords> => {
  const { module, sort, after, limit } = plan;
  const found = [...records].filter((record) => matches(module, record, plan.filter, neighbours));
  const rest = after ? found.filter((record) => isAfter(module, sort, record, after)) : found;
  const page = rest.toSorted(order(module, sort)).slice(0, limit);
  return {
    records: page.map((record) => project(record, plan.fields)),
    next: rest.length > limit ? writeCursor(positionOf(module, sort, page.at(-1)!), sort) : null,
    ...(plan.count && { count: found.length }),
    ...(Object.keys(plan.include).length > 0 && { included: includedBy(module, page, plan.include, neighbours) }),
  };
};

export type IncludedRecords = Readonly<Record<string, Readonly<Record<string, AnyRecord>>>>;

const project = (record: AnyRecord, fields: readonly string[] | null): AnyRecord =>
  fields === null
    ? record
    : {
        id: record.id,
        version: record.version,
        ...Object.fromEntries(fields.map((field) => [field, record[field] ?? null])),
      };

const includedBy = (
  module: Module,
  records: readonly AnyRecord[],
  include: Include,
  neighbours: Neighbours,
): IncludedRecords => {
  const included: Record<string, Record<string, AnyRecord>> = {};
  const follow = (from: Module, some: readonly AnyRecord[], tree: Include): void => {
    for (const [link, deeper] of Object.entries(tree)) {
      const target = linkTarget(from.fields[link]!)!;
      const into = (included[target] ??= {});
      const others = some.flatMap((record) => neighbours.get(target, record[link] as string) ?? []);
      for (const other of others) into[other.id] = other;
      follow(neighbours.registry.get(target), others, deeper);
    }
  };
  follow(module, records, include);
  return included;
};
