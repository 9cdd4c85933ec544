import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { searchText } from '@tessera-crm/model/query/search-text.js';
import { sql, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';
import { quoted } from './names.ts';
import { shapeOf, type FieldShape } from './shape.ts';
import { sqlTypes } from './tables.ts';
import type { Guard } from './targets.ts';

/** A record that is there already, on its way to what it will be. */
export interface Revision {
  /** The version that it must still have. */
  readonly base: number;
  readonly after: AnyRecord;
  /** The fields that differ. */
  readonly changed: readonly string[];
}

interface TypedColumn {
  readonly name: string;
  /** As it stands in a statement. */
  readonly quoted: string;
  readonly cast: string;
  readonly isJson: boolean;
}

/** Cells by column; JSON is a value still. */
type Cells = Record<string, unknown>;

const typed = (name: string, cast: string): TypedColumn => ({
  name,
  quoted: quoted(name),
  cast,
  isJson: cast === 'jsonb',
});

const systemColumns: readonly TypedColumn[] = [
  typed('id', 'uuid'),
  typed('version', 'integer'),
  typed('search_key', 'text'),
];

const fieldColumns = new WeakMap<FieldShape, readonly TypedColumn[]>();

const columnsOfField = (shape: FieldShape): readonly TypedColumn[] => {
  let columns = fieldColumns.get(shape);
  if (!columns)
    fieldColumns.set(
      shape,
      (columns = shape.columns.map(({ name, type }) => typed(name, sqlTypes[type].split(' collate ')[0]!))),
    );
  return columns;
};

const columnsOf = (fields: Iterable<FieldShape>): readonly TypedColumn[] => [
  ...systemColumns,
  ...[...fields].flatMap(columnsOfField),
];

/** Empty fields have no cells. */
const cellsOf = (module: Module, fields: Iterable<FieldShape>, record: AnyRecord): Cells => {
  const cells: Cells = { id: record.id, version: record.version, search_key: searchText(module, record) };
  for (const { name, columns, storage } of fields) {
    const value = record[name] ?? null;
    if (value === null) continue;
    const written = storage.write(value);
    for (const [index, column] of columns.entries())
      if ((written[index] ?? null) !== null) cells[column.name] = written[index];
  }
  return cells;
};

const names = (columns: readonly TypedColumn[], prefix = ''): RawBuilder<unknown> =>
  sql.raw(columns.map((column) => prefix + column.quoted).join(', '));

const parameter = ({ name, isJson }: TypedColumn, cells: Cells): unknown => {
  const cell = cells[name] ?? null;
  return isJson && cell !== null ? JSON.stringify(cell) : cell;
};

/** A changed record; no row answers when its version has moved on, or the guard's condition does not hold. */
// oxlint-disable-next-line max-params
export const updateOne = (
  module: Module,
  { base, after, changed }: Revision,
  tenant: string,
  { condition }: Guard,
): RawBuilder<unknown> => {
  const { view, fields } = shapeOf(module);
  const shapes = changed.map((field) => fields.get(field)!);
  const cells = cellsOf(module, shapes, after);
  const columns = columnsOf(shapes).filter(({ name }) => name !== 'id');
  const values = sql.join(columns.map((column) => sql`${sql.raw(column.quoted)} = ${parameter(column, cells)}`));
  return sql`update ${sql.raw(view)} set ${values} where tenant_id = ${tenant} and id = ${after.id} and version = ${base}${condition}`;
};

/** Rows as JSON, read in the database: one statement whose text does not depend on how many they are. */
const rowsOf = (columns: readonly TypedColumn[], rows: readonly Cells[]): RawBuilder<unknown> => {
  const types = sql.raw(columns.map((column) => `${column.quoted} ${column.cast}`).join(', '));
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x(${types})`;
};

/** Further columns that travel with new records without being theirs. */
const travelling: readonly TypedColumn[] = [typed('_ordinal', 'integer'), typed('_change', 'jsonb')];

const insertInto = (view: string, columns: readonly TypedColumn[], tenant: string): RawBuilder<unknown> =>
  sql`insert into ${sql.raw(view)} (tenant_id, ${names(columns)}) select ${tenant}::uuid, ${names(columns, 'x.')}`;

/** The columns that any of the records fills, and their cells. */
const newRows = (module: Module, records: readonly AnyRecord[]) => {
  const fields = [...shapeOf(module).fields.values()];
  const rows = records.map((record) => cellsOf(module, fields, record));
  const columns = columnsOf(fields).filter(({ name }) => rows.some((row) => Object.hasOwn(row, name)));
  return { columns, rows };
};

/** New records of one module. */
export const insertMany = (module: Module, records: readonly AnyRecord[], tenant: string): Statement => {
  const { columns, rows } = newRows(module, records);
  return sql`${insertInto(shapeOf(module).view, columns, tenant)} from ${rowsOf(columns, rows)}`.compile(house);
};

/**
 * New records of one module as the beginning of a statement that goes on with them: `input` has one row for each, with
 * its place as `_ordinal` and what the caller attached as `_change`, and `written` has the ids once they are inserted:
 * none unless the guard's condition holds.
 */
// oxlint-disable-next-line max-params
export const insertWith = (
  module: Module,
  records: readonly { readonly record: AnyRecord; readonly change: unknown }[],
  tenant: string,
  { parts, condition }: Guard,
): RawBuilder<unknown> => {
  const { columns, rows } = newRows(
    module,
    records.map(({ record }) => record),
  );
  const attached = rows.map((row, ordinal) => ({ ...row, _ordinal: ordinal, _change: records[ordinal]!.change }));
  return sql`with ${parts}input as materialized (select * from ${rowsOf([...columns, ...travelling], attached)}),
    written as (${insertInto(shapeOf(module).view, columns, tenant)} from input as x where true${condition} returning id)`;
};

const base = typed('base', 'integer');

/** Changed records of one module in which the same fields changed; a row answers for each that had its version still. */
export const updateMany = (module: Module, revisions: readonly Revision[], tenant: string): Statement => {
  const { view, fields } = shapeOf(module);
  const shapes = revisions[0]!.changed.map((field) => fields.get(field)!);
  const columns = columnsOf(shapes);
  const rows = rowsOf(
    [...columns, base],
    revisions.map((revision) => ({ ...cellsOf(module, shapes, revision.after), base: revision.base })),
  );
  const set = sql.raw(
    columns
      .filter(({ name }) => name !== 'id')
      .map((column) => `${column.quoted} = x.${column.quoted}`)
      .join(', '),
  );
  const table = sql.raw(`${view} as t`);
  return sql`update ${table} set ${set} from ${rows} where t.tenant_id = ${tenant} and t.id = x.id and t.version = x.base returning t.id`.compile(
    house,
  );
};
