import type { ColumnType, Field, Storage } from '@tessera-crm/model/kind.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { perModule } from '@tessera-crm/model/per-module.js';
import type { Row } from '../database/database.ts';
import { rowText, type RowText } from './row-text.ts';
import { columnName, quoted, tableName, viewName } from './names.ts';

export interface FieldColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Where a field lies in its module's table. */
export interface FieldShape {
  readonly name: string;
  readonly field: Field;
  readonly storage: Storage<unknown>;
  readonly columns: readonly FieldColumn[];
  readonly compared: FieldColumn;
  /** Those that have to be read to have the value: what a second column holds for comparing only, the first one knows. */
  readonly read: readonly FieldColumn[];
}

/** What a statement selects, and how a row of it becomes a record. */
export interface Selection {
  /** The columns, as they stand between `select` and `from`. */
  readonly columns: string;
  toRecord(row: Row): AnyRecord;
  /** For rows whose cells are as they travelled. */
  readonly text: RowText;
}

/** A module as the database sees it; made once per module. */
export interface Shape {
  readonly module: Module;
  /** The view's name as it stands in a statement. */
  readonly view: string;
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** Everything of a record. */
  readonly whole: Selection;
}

export const shapeOf = perModule((module): Shape => {
  const fields = new Map(Object.entries(module.fields).map(([name, field]) => [name, fieldShape(name, field)]));
  return { module, view: quoted(viewName(tableName(module.key))), fields, whole: select([...fields.values()]) };
});

const fieldShape = (name: string, field: Field): FieldShape => {
  const storage = field.kind.storage(field.options);
  const columns = storage.columns.map(({ suffix, type }): FieldColumn => ({ name: columnName(name, suffix), type }));
  const read = columns.filter(({ type }, index) => index === 0 || type !== 'key');
  return { name, field, storage, columns, compared: columns[storage.compared]!, read };
};

/** A record's id and version, and the given fields. */
export const select = (fields: readonly FieldShape[]): Selection => {
  let at = 2;
  const cells = fields.map(({ name, storage, read }) => {
    const first = at;
    at += read.length;
    return { name, first, end: at, read: storage.read };
  });
  const plain = cells.filter(({ read }) => !read);
  const others = cells.flatMap(({ read, ...cell }) => (read ? [{ ...cell, read }] : []));
  const empty = emptyRecord(fields);
  let text: RowText | undefined;
  return {
    get text() {
      return (text ??= rowText(fields));
    },
    columns: ['id', 'version', ...fields.flatMap(({ read }) => read.map((column) => column.name))]
      .map(quoted)
      .join(', '),
    toRecord: (row) => {
      const record: Record<string, unknown> = { ...empty };
      record['id'] = row[0];
      record['version'] = row[1];
      for (const { name, first } of plain) if (row[first] !== null) record[name] = row[first];
      for (const { name, first, end, read } of others)
        if (row[first] !== null) record[name] = read(row.slice(first, end));
      // every row of our own tables has an id and a version
      return record as AnyRecord;
    },
  };
};

/** Parsed from JSON, an object of many keys is one that engines copy and read fast. */
const emptyRecord = (fields: readonly FieldShape[]): Readonly<Record<string, unknown>> =>
  JSON.parse(
    JSON.stringify({ id: null, version: null, ...Object.fromEntries(fields.map(({ name }) => [name, null])) }),
  ) as Record<string, unknown>;
