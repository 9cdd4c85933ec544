import type { ColumnType } from '@tessera-crm/model/kind.js';
import type { Row } from '../database/database.ts';
import { parseCell } from '../database/value-types.ts';
import type { FieldShape } from './shape.ts';

/** A cell as it travelled from the database, as JSON. */
type ToJson = (cell: string) => string;

const quote: ToJson = (cell) => `"${cell}"`;
const parsed =
  (type: ColumnType): ToJson =>
  (cell) =>
    JSON.stringify(parseCell[type](cell));

/** Ids, dates, times and decimals have nothing that JSON would escape; JSON is JSON. */
const toJson: Readonly<Record<ColumnType, ToJson>> = {
  text: JSON.stringify,
  key: JSON.stringify,
  integer: parsed('integer'),
  bigint: parsed('bigint'),
  float: parsed('float'),
  decimal: quote,
  boolean: (cell) => (cell === 't' ? 'true' : 'false'),
  date: quote,
  time: quote,
  instant: (cell) => `"${parseCell.instant(cell) as string}"`,
  id: quote,
  json: (cell) => cell,
};

/** A row whose cells are as they travelled: its values, or the whole of it as the JSON of its record. */
export interface RowText {
  parse(row: Row): Row;
  toJson(row: Row): string;
}

/** For rows of an id, a version, and the columns to read of fields. */
export const rowText = (fields: readonly FieldShape[]): RowText => {
  const types: readonly ColumnType[] = ['id', 'integer', ...fields.flatMap(({ read }) => read.map(({ type }) => type))];
  const parse = (row: Row, first = 0, end = row.length): Row =>
    row
      .slice(first, end)
      .map((cell, index) => (cell === null ? null : parseCell[types[first + index]!](cell as string)));
  let at = 2;
  const writers = fields.map(({ name, read: columns, storage: { read } }) => {
    const first = at;
    at += columns.length;
    const end = at;
    const plain = toJson[columns[0]!.type];
    const write = read
      ? (row: Row) => JSON.stringify(read(parse(row, first, end)))
      : (row: Row) => plain(row[first] as string);
    const key = `,${JSON.stringify(name)}:`;
    return { first, key, empty: `${key}null`, write };
  });
  return {
    parse: (row) => parse(row),
    toJson: (row) => {
      let text = `{"id":"${row[0] as string}","version":${row[1] as string}`;
      for (const { first, key, empty, write } of writers) text += row[first] === null ? empty : key + write(row);
      return `${text}}`;
    },
  };
};
