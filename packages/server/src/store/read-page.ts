import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { writeCursor } from '@tessera-crm/model/query/cursor.js';
import { positionOf } from '@tessera-crm/model/query/order.js';
import { linkTarget, type Include, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Row, Rows, Statement } from '../database/database.ts';
import type { Scene } from '../sql/conditions.ts';
import { partsOf } from '../sql/keyset.ts';
import { countOf, livingByIds, pageOf, selectionOf, type Reading } from '../sql/select.ts';
import type { Selection } from '../sql/shape.ts';

/** How statements are run: by themselves, or within a transaction. */
export type Run = (statement: Statement) => Promise<Rows>;

/** The records that a statement gives. */
export const readRecords = async ({ statement, selection }: Reading, run: Run): Promise<readonly AnyRecord[]> =>
  (await run(statement)).rows.map((row) => selection.toRecord(row));

/** Runs a plan in the database: the page, and beside it the count and what is to come along. */
export const readPage = async (plan: Plan, scene: Scene, run: Run): Promise<Page<AnyRecord, IncludedRecords>> => {
  const { module, sort, limit, include, fields } = plan;
  const selection = selectionOf(plan);
  const [rows, counted] = await Promise.all([
    readRows({ plan, scene, selection }, run),
    plan.count ? run(countOf(plan, scene)) : null,
  ]);
  const found = rows.map((row) => selection.toRecord(row));
  const page = found.length > limit ? found.slice(0, limit) : found;
  const records = fields === null ? page : page.map((record) => project(record, fields));
  return {
    records,
    next: found.length > limit ? writeCursor(positionOf(module, sort, page.at(-1)!), sort) : null,
    ...(counted && { count: counted.rows[0]![0] as number }),
    ...(Object.keys(include).length > 0 && { included: await readIncluded({ module, page, include }, scene, run) }),
  };
};

/**
 * The page of a plan as JSON, made of what travels without making records of it first. Only for whole records with
 * nothing beside them.
 */
export const readPageText = async (plan: Plan, scene: Scene, run: Run): Promise<string> => {
  const { module, sort, limit } = plan;
  const selection = selectionOf(plan);
  const rows = await readRows({ plan, scene, selection }, (statement) => run({ ...statement, raw: true }));
  const { text, toRecord } = selection;
  const page = rows.slice(0, limit);
  const next =
    rows.length > limit ? writeCursor(positionOf(module, sort, toRecord(text.parse(page.at(-1)!))), sort) : null;
  return `{"records":[${page.map((row) => text.toJson(row)).join(',')}],"next":${JSON.stringify(next)}}`;
};

/** Whether `readPageText` can read it. */
export const isPlain = ({ fields, include, count }: Plan): boolean =>
  fields === null && !count && Object.keys(include).length === 0;

interface Asked {
  readonly plan: Plan;
  readonly scene: Scene;
  readonly selection: Selection;
}

/** The rows of a page, and one more that tells whether there is another page. */
const readRows = async ({ plan, scene, selection }: Asked, run: Run): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const part of partsOf(plan)) {
    const limit = plan.limit + 1 - rows.length;
    if (limit > 0) rows.push(...(await run(pageOf(plan, scene, { selection, part, limit }))).rows);
  }
  return rows;
};

/** Only what was asked for: the order may have needed more. */
const project = (record: AnyRecord, fields: readonly string[]): AnyRecord => ({
  id: record.id,
  version: record.version,
  ...Object.fromEntries(fields.map((field) => [field, record[field]])),
});

interface Level {
  readonly module: Module;
  readonly records: readonly AnyRecord[];
  readonly include: Include;
}

/** The linked records, level by level: one statement for each link of a level. */
const readIncluded = async (
  {
    module,
    page,
    include,
  }: { readonly module: Module; readonly page: readonly AnyRecord[]; readonly include: Include },
  scene: Scene,
  run: Run,
): Promise<IncludedRecords> => {
  const included: Record<string, Record<string, AnyRecord>> = {};
  let levels: readonly Level[] = [{ module, records: page, include }];
  while (levels.length > 0)
    levels = (await Promise.all(levels.map((level) => follow(level, included, { scene, run })))).flat();
  return included;
};

const follow = async (
  { module, records, include }: Level,
  included: Record<string, Record<string, AnyRecord>>,
  { scene, run }: { readonly scene: Scene; readonly run: Run },
): Promise<readonly Level[]> =>
  Promise.all(
    Object.entries(include).map(async ([link, deeper]): Promise<Level> => {
      const target = scene.registry.get(linkTarget(module.fields[link]!)!);
      const into = (included[target.key] ??= {});
      const ids = [...new Set(records.map((record) => record[link]).filter((id) => typeof id === 'string'))];
      const others = ids.length === 0 ? [] : await readRecords(livingByIds(target, ids, scene), run);
      for (const other of others) into[other.id] = other;
      return { module: target, records: others, include: deeper };
    }),
  );
