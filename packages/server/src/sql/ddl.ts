import { adminRole, appRole } from '../database/roles.ts';
import { itemsOf } from './list-items.ts';
import { quoted, viewName } from './names.ts';
import type { Index, Table } from './tables.ts';

const list = (names: readonly string[]): string => names.map(quoted).join(', ');

/** A table with everything around it. */
export const createTable = (table: Table): string => {
  const { name, columns, primaryKey, indexes, storage } = table;
  const lines = Object.entries(columns).map(([column, type]) => `  ${quoted(column)} ${type}`);
  return [
    `create table ${quoted(name)} (\n${[...lines, `  primary key (${list(primaryKey)})`].join(',\n')}\n)${storage ? ` with (${storage})` : ''};`,
    ...Object.entries(indexes).map(([index, of]) => createIndex(name, index, of)),
    ...walls(table),
    createView(table),
    `grant ${table.rights} on ${quoted(viewName(name))} to ${appRole};`,
    ...(table.adminRights ? [`grant ${table.adminRights} on ${quoted(name)} to ${adminRole};`] : []),
  ].join('\n');
};

export const createIndex = (table: string, name: string, { columns, items, unique, where }: Index): string =>
  `create ${unique ? 'unique ' : ''}index ${quoted(name)} on ${quoted(table)} ${items ? itemIndex(columns[0]!) : `(${list(columns)})`}${where ? ` where ${where}` : ''};`;

/** Rules look for what they have just written: a list of news, gone through from one end to the other, would be in their way. */
const itemIndex = (column: string): string => `using gin (${itemsOf(quoted(column))}) with (fastupdate = off)`;

export const dropIndex = (name: string): string => `drop index ${quoted(name)};`;

export const addColumn = (table: string, column: string, type: string): string =>
  `alter table ${quoted(table)} add column ${quoted(column)} ${type};`;

/** An unset tenant is an error, an empty one too: nothing is seen by mistake. */
const bound = (column: string): string => `${quoted(column)} = current_setting('app.tenant')::uuid`;

/**
 * The second wall: should the application be given a table itself by mistake, it still sees the rows of its tenant only,
 * and any other role none. The owner
 * stands outside, because the views read as the owner: row security there would take the planner's statistics and
 * every index over an operator that is not leakproof.
 */
const walls = ({ name, tenant, adminRights }: Table): readonly string[] => [
  `alter table ${quoted(name)} enable row level security;`,
  `create policy tenant on ${quoted(name)} to ${appRole} using (${bound(tenant)}) with check (${bound(tenant)});`,
  ...(adminRights
    ? [`create policy administration on ${quoted(name)} to ${adminRole} using (true) with check (true);`]
    : []),
];

/** The first wall, and the only way to the rows. New columns come last, which `or replace` allows. */
export const createView = ({ name, columns, tenant }: Table): string =>
  `create or replace view ${quoted(viewName(name))} as\n  select ${list(Object.keys(columns))}\n  from ${quoted(name)} where ${bound(tenant)}\n  with cascaded check option;`;
