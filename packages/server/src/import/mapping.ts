import * as z from 'zod/mini';
import { CrmError } from '@tessera-crm/model/errors.js';
import { transformNames } from './transforms.ts';

const texts = () => z.array(z.string());

/** How text that names a record becomes a link. */
const referenceSchema = () =>
  z.strictObject({
    /** The module that is looked in; what the field links to unless told. */
    module: z.optional(z.string()),
    /** `externalId`, or fields of that module in the order in which they are tried; `name~` compares as companies. */
    by: z.union([z.string(), texts()]),
    /** With `externalId`: the type of the id in the other system. */
    type: z.optional(z.string()),
    /** What becomes of text that names nothing: `keep` it beside the record, `create` what it names, `refuse` the row. */
    missing: z._default(z.enum(['keep', 'create', 'refuse']), 'keep'),
    /** More values of what is created. */
    set: z._default(z.record(z.string(), z.unknown()), {}),
  });

const columnSchema = () =>
  z.strictObject({
    /** `jobTitle`, a part as in `billingAddress.city`, an entry as in `phones[mobile]`, a cell as in `lines.quantity`. */
    field: z.string().check(z.regex(/^\w+(?:\[[^\]]*\])?(?:\.\w+)?$/, 'is no field, such as "name" or "address.city"')),
    transform: z._default(z.union([z.enum(transformNames), z.array(z.enum(transformNames))]), []),
    /** Text of the file to text that is read: `""` for blank, `*` for all others; null for nothing. */
    values: z.optional(z.record(z.string(), z.nullable(z.string()))),
    reference: z.optional(referenceSchema()),
    /** Names of stages elsewhere: to a probability in per cent, `won` or `lost`, by which one of ours is found. */
    stages: z.optional(z.record(z.string(), z.union([z.number(), z.enum(['won', 'lost'])]))),
    /** The header of the column that holds the currency. */
    currency: z.optional(z.string()),
    /** The header of the column that says to which country numbers without a country code belong. */
    country: z.optional(z.string()),
    /** A reference that leads nowhere says nothing: neither a warning nor kept text. */
    optional: z._default(z.boolean(), false),
    /** What becomes of text that cannot be read: `refuse` the row, or `keep` the text beside the record. */
    bad: z._default(z.enum(['refuse', 'keep']), 'refuse'),
    /** Also kept as it was, because something is lost in reading it. */
    keep: z._default(z.boolean(), false),
  });

const externalIdSchema = () => z.strictObject({ type: z.string(), columns: texts().check(z.minLength(1)) });

/** Headers to the texts that count; `*` stands for any that is not blank. */
const conditions = () => z.record(z.string(), texts());

/** Which rows of which files a mapping is for. */
const rowsSchema = () => ({
  /** Headers by which a file is recognised; all of them must be there. */
  detect: z.optional(texts()),
  /** Other names that columns come with, to those that this mapping uses. */
  rename: z._default(z.record(z.string(), z.string()), {}),
  /** The table of an SQL dump, with others joined to it, each by its own columns: `{ "ship_via": "shipper_id" }`. */
  table: z.optional(z.string()),
  join: z._default(
    z.array(
      z.strictObject({ table: z.string(), on: z.record(z.string(), z.string()), prefix: z._default(z.string(), '') }),
    ),
    [],
  ),
  /** Only rows that meet all of these. */
  when: z._default(conditions(), {}),
  /** Rows that meet all of these are left out, for a reason. */
  skip: z._default(z.array(z.strictObject({ when: conditions(), why: z.string() })), []),
  /**
   * Rows that belong to one record: those with the `same` cells in these columns as the row before, or with `blank`
   * ones. `append` collects the columns named.
   */
  group: z.optional(
    z.strictObject({
      by: texts().check(z.minLength(1)),
      continued: z._default(z.enum(['same', 'blank', 'either']), 'either'),
      append: z._default(texts(), []),
    }),
  ),
});

/** By what records are recognised when they come again. */
const identitySchema = () => ({
  /** The columns that name a record in its system; of several ways the first whose columns are there. */
  externalId: z.optional(z.union([externalIdSchema(), z.array(externalIdSchema())])),
  /** More ids by which others refer to the record: type to column. */
  aliases: z._default(z.record(z.string(), z.string()), {}),
  duplicates: z._default(
    z.strictObject({
      /** Sets of fields; records that agree in all fields of a set are the same. */
      keys: z._default(z.array(texts()), []),
      policy: z.optional(z.enum(['skip', 'overwrite', 'fill', 'create'])),
    }),
    { keys: [] },
  ),
});

const mappingSchema = () =>
  z.strictObject({
    module: z.string(),
    /** Another name for what these rows are, for messages. */
    name: z.optional(z.string()),
    ...rowsSchema(),
    ...identitySchema(),
    columns: z.record(
      z.string(),
      z.union([z.string(), columnSchema(), z.array(z.union([z.string(), columnSchema()]))]),
    ),
    /** Values for all rows: JSON, or text with `{Header}` in it. */
    set: z._default(z.record(z.string(), z.unknown()), {}),
    /** Columns that nobody needs. Others without a field are kept beside the record. */
    ignore: z._default(texts(), []),
  });

const readingSchema = () =>
  z.strictObject({
    decimal: z.optional(z.enum(['.', ','])),
    dates: z.optional(z.enum(['ymd', 'dmy', 'mdy'])),
    currency: z.optional(z.string().check(z.length(3))),
    country: z.optional(z.string().check(z.length(2))),
    timeZone: z.optional(z.string()),
  });

const presetSchema = () =>
  z.strictObject({
    name: z.string(),
    /** The system from which the files come, as external ids name it. */
    system: z.string(),
    reading: z._default(readingSchema(), {}),
    /** In the order in which they have to be imported. */
    mappings: z.array(mappingSchema()),
    /** Files that are recognised and left out, for a reason. */
    ignored: z._default(
      z.array(z.strictObject({ detect: z.optional(texts()), table: z.optional(z.string()), why: z.string() })),
      [],
    ),
  });

export type ReferenceSpec = z.infer<ReturnType<typeof referenceSchema>>;
export type ColumnSpec = z.infer<ReturnType<typeof columnSchema>>;
export type ReadingSpec = z.infer<ReturnType<typeof readingSchema>>;
export type DuplicatePolicy = 'skip' | 'overwrite' | 'fill' | 'create';

type ParsedMapping = z.infer<ReturnType<typeof mappingSchema>>;

/** How the rows of one kind of file become records of one module. Plain data, see `docs/import.md`. */
export interface Mapping extends Omit<ParsedMapping, 'columns' | 'externalId'> {
  readonly columns: Readonly<Record<string, readonly ColumnSpec[]>>;
  readonly externalId: readonly z.infer<ReturnType<typeof externalIdSchema>>[];
}

/** The mappings of all files that one system exports. */
export interface Preset extends Omit<z.infer<ReturnType<typeof presetSchema>>, 'mappings'> {
  readonly mappings: readonly Mapping[];
}

const columnOf = (written: string | ColumnSpec): ColumnSpec =>
  typeof written === 'string' ? columnSchema().parse({ field: written }) : written;

const completed = ({ columns, externalId, ...mapping }: ParsedMapping): Mapping => ({
  ...mapping,
  externalId: [externalId ?? []].flat(),
  columns: Object.fromEntries(
    Object.entries(columns).map(([header, written]) => [
      header,
      (Array.isArray(written) ? written : [written]).map(columnOf),
    ]),
  ),
});

/** What is wrong at one place, in words. */
const explained = (issue: z.core.$ZodIssue): readonly string[] => {
  const at = issue.path.map(String).join(' → ') || 'as a whole';
  if (issue.code === 'unrecognized_keys')
    return [`${at}: there is no ${issue.keys.map((key) => `"${key}"`).join(', ')}`];
  if (issue.code === 'invalid_value') return [`${at}: it is one of ${issue.values.map(String).join(', ')}`];
  if (issue.code === 'invalid_type') return [`${at}: it has to be of the type ${issue.expected}`];
  if (issue.code !== 'invalid_union') return [`${at}: ${issue.message}`];
  // of several forms that would do, the one that was meant is wrong somewhere within
  const [meant] = issue.errors.filter((errors) =>
    errors.some(({ path, code }) => path.length > 0 || code !== 'invalid_type'),
  );
  return meant
    ? meant.flatMap((inner) => explained({ ...inner, path: [...issue.path, ...inner.path] }))
    : [`${at}: it has none of its forms`];
};

const refused = (what: string, error: { readonly issues: readonly z.core.$ZodIssue[] }): CrmError => {
  const lines = error.issues.flatMap(explained);
  return new CrmError('config', `${what} is no mapping:\n  ${lines.join('\n  ')}`, {
    issues: lines.map((code) => ({ path: '', code })),
  });
};

/**
 * A preset, or a single mapping as a preset of one.
 *
 * @param what - What it is called in messages: the name of its file.
 * @throws {CrmError} `config` with every place that is wrong
 */
export const parsePreset = (json: unknown, what: string): Preset => {
  const isPreset = typeof json === 'object' && json !== null && 'mappings' in json;
  const whole = isPreset ? json : { name: what, system: systemOf(json), mappings: [withoutSystem(json)] };
  const parsed = presetSchema().safeParse(whole);
  if (!parsed.success) throw refused(what, parsed.error);
  return { ...parsed.data, mappings: parsed.data.mappings.map(completed) };
};

const systemOf = (json: unknown): unknown => (json as { readonly system?: unknown } | null)?.system ?? 'file';

const withoutSystem = (json: unknown): unknown => {
  if (typeof json !== 'object' || json === null) return json;
  const { system: _system, ...mapping } = json as Readonly<Record<string, unknown>>;
  return mapping;
};

/** The headers of a file as a mapping calls them. */
export const renamed = (headers: readonly string[], { rename }: Pick<Mapping, 'rename'>): readonly string[] =>
  headers.map((header) => (Object.hasOwn(rename, header) ? rename[header]! : header));

/** A mapping from its parts, with everything that it leaves out. */
export const mappingOf = (written: z.input<ReturnType<typeof mappingSchema>>): Mapping =>
  completed(mappingSchema().parse(written));
