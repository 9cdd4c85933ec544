import { CrmError } from '@tessera-crm/model/errors.js';
import { addColumn, createIndex, createTable, createView, dropIndex } from './ddl.ts';
import type { Table } from './tables.ts';

/** The tables as the migrations so far make them. */
export type Snapshot = readonly Table[];

/**
 * The statements that lead from a snapshot to the tables wanted, and the snapshot after them: new tables, columns and
 * indexes, and indexes given up.
 *
 * @throws {CrmError} `config` for what loses data or needs thought: that takes a migration written by hand
 */
export const difference = (
  from: Snapshot,
  to: readonly Table[],
): { readonly statements: readonly string[]; readonly snapshot: Snapshot } => {
  const wanted = new Map(to.map((table) => [table.name, table]));
  for (const { name } of from) if (!wanted.has(name)) throw byHand(`the table "${name}" is gone`);
  const known = new Map(from.map((table) => [table.name, table]));
  const snapshot = [
    ...from.map(({ name }) => merged(known.get(name)!, wanted.get(name)!)),
    ...to.filter(({ name }) => !known.has(name)),
  ];
  return { statements: snapshot.flatMap((table) => change(known.get(table.name), table)), snapshot };
};

const byHand = (what: string): CrmError =>
  new CrmError(
    'config',
    `No migration can be generated: ${what}. Write one by hand in packages/server/migrations, and bring snapshot.json in line.`,
  );

/** The table wanted, its columns in the order in which they come to be. */
const merged = (before: Table, after: Table): Table => {
  for (const [column, type] of Object.entries(before.columns)) {
    const now = after.columns[column];
    if (now === undefined) throw byHand(`the column "${before.name}.${column}" is gone`);
    if (now !== type) throw byHand(`the column "${before.name}.${column}" was ${type} and is to be ${now}`);
  }
  for (const part of ['primaryKey', 'tenant', 'rights', 'adminRights', 'storage'] as const) {
    if (String(before[part]) !== String(after[part])) throw byHand(`"${before.name}" has another ${part}`);
  }
  return { ...after, columns: { ...before.columns, ...after.columns } };
};

const change = (before: Table | undefined, after: Table): readonly string[] => {
  if (!before) return [createTable(after)];
  const columns = Object.entries(after.columns).filter(([column]) => !Object.hasOwn(before.columns, column));
  for (const [column, type] of columns)
    if (type.includes('not null')) throw byHand(`the new column "${after.name}.${column}" may not be empty`);
  const sameIndex = (name: string): boolean =>
    JSON.stringify(before.indexes[name]) === JSON.stringify(after.indexes[name]);
  return [
    ...Object.keys(before.indexes)
      .filter((name) => !sameIndex(name))
      .map(dropIndex),
    ...columns.map(([column, type]) => addColumn(after.name, column, type)),
    ...Object.entries(after.indexes)
      .filter(([name]) => !sameIndex(name))
      .map(([name, index]) => createIndex(after.name, name, index)),
    ...(columns.length > 0 ? [createView(after)] : []),
  ];
};
