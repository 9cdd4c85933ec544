import type { AnyRecord, Module } from '../module.ts';
import { writeCursor } from './cursor.ts';
import { matches, type Neighbours } from './matches.ts';
import { comparePositions, positionOf } from './order.ts';
import { linkTarget, type Include, type Plan, type Position } from './plan.ts';
import type { Page } from './query.ts';
import { Smallest } from './smallest.ts';

/** Runs a plan over records in memory: the oracle that other engines are compared with. */
export const runPlan = (
  plan: Plan,
  records: Iterable<AnyRecord>,
  neighbours: Neighbours,
): Page<AnyRecord, IncludedRecords> => {
  const { module, sort, after, limit } = plan;
  const compare = comparePositions(module, sort);
  const first = new Smallest<Placed>(limit, (a, b) => compare(a.position, b.position));
  let count = 0;
  for (const record of records) {
    if (!matches(module, record, plan.filter, neighbours)) continue;
    count++;
    const position = positionOf(module, sort, record);
    if (!after || compare(position, after) > 0) first.add({ record, position });
  }
  const found = first.inOrder();
  return {
    ...showRecords(
      plan,
      found.map(({ record }) => record),
      neighbours,
    ),
    next: first.size > limit ? writeCursor(found.at(-1)!.position, sort) : null,
    ...(plan.count && { count }),
  };
};

interface Placed {
  readonly record: AnyRecord;
  readonly position: Position;
}

/** Chosen records as the query wants them shown, each by `show`, and the records that come along. */
export const showRecords = (
  { module, fields, include }: Plan,
  chosen: readonly AnyRecord[],
  neighbours: Neighbours,
  show: typeof project = project,
): Pick<Page<AnyRecord, IncludedRecords>, 'records' | 'included'> => ({
  records: chosen.map((record) => show(record, fields)),
  ...(Object.keys(include).length > 0 && { included: includedBy(module, chosen, include, neighbours) }),
});

export type IncludedRecords = Readonly<Record<string, Readonly<Record<string, AnyRecord>>>>;

/** Only the wanted fields; the record itself when all are. */
export const project = (record: AnyRecord, fields: readonly string[] | null): AnyRecord =>
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
