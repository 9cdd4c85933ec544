import * as z from 'zod/mini';
import {
  field,
  parsed,
  refused,
  type Field,
  type FieldOptions,
  type Kind,
  type PresenceOf,
  type ValueOf,
} from '../kind.ts';
import { plainJson } from '../plain-json.ts';
import { plain } from '../storage.ts';
import { checked, readJson } from '../structured.ts';

type Columns = Readonly<Record<string, Field>>;

export interface GridOptions<C extends Columns = Columns> extends FieldOptions {
  /** The columns, as fields. Computed ones are left alone. */
  readonly columns: C;
  /** Rows at most; 200 unless told. */
  readonly max?: number;
}

/** A row of a grid: what a column must have is there, the rest may be null. */
export type RowOf<C extends Columns> = {
  readonly [Key in keyof C]: C[Key]['presence'] extends 'required' ? ValueOf<C[Key]> : ValueOf<C[Key]> | null;
};

type Row = Readonly<Record<string, unknown>>;

const defaultMax = 200;

const isRequired = (column: Field): boolean => column.presence === 'required';

const cellSchema = (column: Field): z.ZodMiniType =>
  isRequired(column)
    ? column.kind.schema(column.options)
    : z._default(z.nullable(column.kind.schema(column.options)), column.options.default ?? null);

const schema = ({ columns, max = defaultMax }: GridOptions): z.ZodMiniType<readonly Row[]> => {
  const cells = Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, cellSchema(column)]));
  return z
    .array(z.strictObject(cells))
    .check(z.minLength(1, { error: 'blank' }), z.maxLength(max, { error: 'too-many', abort: true }));
};

export const gridKind: Kind<readonly Row[], GridOptions, 'opaque'> = {
  name: 'grid',
  domain: 'opaque',
  schema,
  parse: (text, options) => {
    if (text.trim() === '') return parsed<readonly Row[]>(null);
    const rows = readJson(text);
    if (Array.isArray(rows) && rows.length === 0) return parsed<readonly Row[]>(null);
    return rows === undefined ? refused('json') : checked(schema(options), rows);
  },
  toText: plainJson,
  format: (value, { columns }, display) =>
    value
      .map((row) =>
        Object.entries(columns)
          .filter(([key]) => row[key] !== null && row[key] !== undefined)
          .map(([key, column]) => column.kind.format(row[key], column.options, display))
          .join(', '),
      )
      .join('\n'),
  key: () => null,
  storage: () => plain('json'),
  control: ({ columns }) => ({ as: 'list', parts: columns }),
  random: (random, { columns, max = defaultMax }) =>
    Array.from({ length: random.integer(1, Math.min(3, max)) }, () =>
      Object.fromEntries(
        Object.entries(columns).map(([key, column]) => [
          key,
          isRequired(column) || random.chance(0.8) ? column.kind.random(random, column.options) : null,
        ]),
      ),
    ),
  secrets: {
    isIn: ({ columns }) => Object.values(columns).some(({ kind, options }) => kind.secrets?.isIn(options)),
    replaced: (rows, { columns }, replace) =>
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, cell]) => {
            const { kind, options } = columns[key]!;
            return [key, cell !== null && kind.secrets ? kind.secrets.replaced(cell, options, replace) : cell];
          }),
        ),
      ),
  },
};

/** A small table within a record, for rows that deserve no module of their own. */
export const grid = <const C extends Columns, const O extends Omit<GridOptions<C>, 'columns'>>(
  options: O & { readonly columns: C },
): Field<readonly RowOf<C>[], PresenceOf<O>, 'opaque'> =>
  field(gridKind, options) as unknown as Field<readonly RowOf<C>[], PresenceOf<O>, 'opaque'>;
