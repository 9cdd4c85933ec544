import { CrmError } from '@tessera-crm/model/errors.js';
import type { ColumnType, Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { houseTables } from './house-tables.ts';
import { columnName, indexName, quoted, tableName } from './names.ts';

export interface Index {
  readonly columns: readonly string[];
  /** Whether rows are found by what the list in the one column holds, instead of by the column as a whole. */
  readonly items?: true;
  readonly unique?: true;
  /** Only rows for which this holds are in it. */
  readonly where?: string;
}

/** A table as it should be. Plain data, kept in the snapshot that migrations are made from. */
export interface Table {
  readonly name: string;
  /** Type and constraints by column, in their order. */
  readonly columns: Readonly<Record<string, string>>;
  readonly primaryKey: readonly string[];
  /** By name. */
  readonly indexes: Readonly<Record<string, Index>>;
  /** The column that says whose row it is. */
  readonly tenant: string;
  /** What the application may do through the view. */
  readonly rights: string;
  /** What the administration may do, across tenants; nothing when absent. */
  readonly adminRights?: string;
  /** Storage parameters. */
  readonly storage?: string;
}

/** What a database calls the neutral types. Text is ordered by code point, the same on every machine. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text collate "C"',
  key: 'text collate "C"',
  integer: 'integer',
  bigint: 'bigint',
  float: 'double precision',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  time: 'time(0)',
  instant: 'timestamptz(3)',
  id: 'uuid',
  json: 'jsonb',
};

/** Columns that every module's table has beside those of its fields. */
const systemColumns = {
  tenant_id: 'uuid not null',
  id: 'uuid not null',
  version: 'integer not null',
  search_key: 'text collate "C" not null',
} as const;

/** All tables: those of the house, and one per module. */
export const tablesOf = (registry: Registry): readonly Table[] => [
  ...houseTables,
  ...registry.all.map((module) => moduleTable(module, registry)),
];

export const moduleTable = (module: Module, registry: Registry): Table => {
  const name = tableName(module.key);
  return {
    name,
    columns: { ...systemColumns, ...fieldColumns(module) },
    primaryKey: ['tenant_id', 'id'],
    indexes: Object.fromEntries(indexesOf(module, registry).map((index) => [nameOf(name, index), index])),
    tenant: 'tenant_id',
    rights: 'select, insert, update, delete',
  };
};

const nameOf = (table: string, { columns, unique }: Index): string => {
  const named = columns.filter((column) => column !== 'tenant_id');
  return indexName(table, named, unique ? 'unique' : 'index');
};

const uniqueCombinations = (module: Module): readonly (readonly string[])[] => [
  ...Object.entries(module.fields)
    .filter(([, { options }]) => options.unique)
    .map(([field]) => [field]),
  ...module.unique,
];

/** The fields that a constraint of a module's table keeps unique; undefined when it is not one of its. */
export const uniqueFields = (module: Module, constraint: string): readonly string[] | undefined => {
  const table = tableName(module.key);
  if (constraint === `${table}_pkey`) return ['id'];
  return uniqueCombinations(module).find(
    (fields) =>
      indexName(
        table,
        fields.map((field) => comparedColumn(field, module.fields[field]!)),
        'unique',
      ) === constraint,
  );
};

const fieldColumns = (module: Module): Readonly<Record<string, string>> => {
  const columns: Record<string, string> = {};
  for (const [field, { kind, options }] of Object.entries(module.fields)) {
    for (const { suffix, type } of kind.storage(options).columns) {
      const name = columnName(field, suffix);
      if (Object.hasOwn(columns, name) || Object.hasOwn(systemColumns, name)) {
        throw new CrmError('config', `Two fields of "${module.key}" want the column "${name}".`, {
          module: module.key,
          field,
        });
      }
      columns[name] = sqlTypes[type];
    }
  }
  return columns;
};

/** The column on which filters and sorting by a field work. */
export const comparedColumn = (field: string, { kind, options }: Field): string => {
  const { columns, compared } = kind.storage(options);
  return columnName(field, columns[compared]!.suffix);
};

/** Ids end an index that lists are sorted by, so that pages go on where the last one stopped. */
const sorted = (column: string): Index => ({ columns: ['tenant_id', column, 'id'] });

/** Nobody looks for what is linked to nothing, and most links of most records are empty. */
const followed = (column: string): Index => ({
  columns: ['tenant_id', column],
  where: `${quoted(column)} is not null`,
});

/** What lists hold are ids mostly, which no two tenants share: the tenant need not come first, and cannot here. */
const itemized = (column: string): Index => ({ columns: [column], items: true });

const living = 'deleted_at is null';

const indexesOf = (module: Module, registry: Registry): readonly Index[] => {
  const column = (field: string): string => comparedColumn(field, module.fields[field]!);
  const single = Object.entries(module.fields).filter(([, { kind }]) => kind.domain !== 'list');
  const lists = Object.entries(module.fields).filter(([, { kind }]) => kind.domain === 'list');
  const title = module.title[0];
  return [
    ...uniqueCombinations(module).map((names): Index => ({
      columns: ['tenant_id', ...names.map(column)],
      unique: true,
      where: living,
    })),
    ...single
      .filter(([field, of]) => isFollowed(module, field, of, registry) && !isListed(of))
      .map(([field]) => followed(column(field))),
    ...single.filter(([, of]) => isListed(of)).map(([field]) => sorted(column(field))),
    ...lists
      .filter(([field, of]) => isListed(of) || isFollowed(module, field, of, registry))
      .map(([field]) => itemized(column(field))),
    ...(title === undefined || !isShort(module.fields[title]!) ? [] : [sorted(column(title))]),
    sorted('updated_at'),
    { columns: ['tenant_id', column('deletionBatch')], where: 'deletion_batch is not null' },
  ];
};

/** An index entry holds 2.7 kB at most. */
const isShort = ({ kind, options }: Field): boolean => !['longtext', 'richtext'].includes(kind.control(options).as);

const isListed = (field: Field): boolean => field.options.indexed === true && isShort(field);

/** Links are followed from the other end: what belongs to this account, what goes when it goes. */
// oxlint-disable-next-line max-params -- a field is nothing without its module
const isFollowed = (module: Module, name: string, { kind, options }: Field, registry: Registry): boolean =>
  (kind.domain === 'link' && kind.storage(options).columns[0]!.type === 'id') ||
  registry.all.some(({ many }) =>
    Object.values(many).some((relation) => relation.module === module.key && relation.by === name),
  );
