import * as z from 'zod/mini';
import { isAlwaysThere, isWritable, type Module } from './module.ts';
import type { Issue } from './errors.ts';
import type { Field } from './kind.ts';
import { perModule } from './per-module.ts';

const kept = /* @__PURE__ */ perModule(() => new Map<string, z.ZodMiniType>());

/** Built on first use and kept: declaring a hundred modules costs no zod work. */
const once = (module: Module, name: string, make: () => z.ZodMiniType): z.ZodMiniType => {
  const schemas = kept(module);
  let schema = schemas.get(name);
  if (!schema) schemas.set(name, (schema = make()));
  return schema;
};

const writable = (field: Field): z.ZodMiniType | null =>
  isWritable(field) ? z.optional(z.nullable(field.kind.schema(field.options))) : null;

const shape = (module: Module, of: (field: Field) => z.ZodMiniType | null): Record<string, z.ZodMiniType> => {
  const entries = Object.entries(module.fields).map(([key, field]) => [key, of(field)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, z.ZodMiniType] => entry[1] !== null));
};

const system = { id: z.string(), version: z.int() };

const stored = (field: Field): z.ZodMiniType => {
  const schema = field.kind.schema(field.options);
  return isAlwaysThere(field) ? schema : z.nullable(schema);
};

/** A whole record as it travels. Unknown keys are dropped: the server may know more fields than we do. */
export const recordSchema = (module: Module): z.ZodMiniType =>
  once(module, 'record', () => z.object({ ...system, ...shape(module, stored) }));

/** A record of which only some fields were asked for. */
export const partialRecordSchema = (module: Module): z.ZodMiniType =>
  once(module, 'partial', () => z.object({ ...system, ...shape(module, (field) => z.optional(stored(field))) }));

/** What a person may give: any writable fields, each valid or null; what is missing is the caller's business. */
export const valuesSchema = (module: Module): z.ZodMiniType =>
  once(module, 'values', () => z.object(shape(module, writable)));

/** One of those values. */
const valueSchema = (module: Module, name: string): z.ZodMiniType =>
  once(module, `value ${name}`, () => writable(module.fields[name]!)!);

/** Values that were given, as far as they are valid, and what is wrong with the others. */
export interface CheckedValues {
  readonly valid: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

/** Checks the writable fields among some values: what `valuesSchema` does, at the price of what was given only. */
export const checkValues = (module: Module, values: Readonly<Record<string, unknown>>): CheckedValues => {
  const valid: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(module.fields, name) || !isWritable(module.fields[name]!)) continue;
    const checked = valueSchema(module, name).safeParse(value);
    if (checked.success) valid[name] = checked.data;
    else issues.push(...toIssues(checked.error, [name]));
  }
  return { valid, issues };
};

const codes: Readonly<Record<string, string>> = {
  invalid_type: 'type',
  invalid_format: 'format',
  invalid_value: 'option',
  too_big: 'too-long',
  too_small: 'too-short',
  unrecognized_keys: 'unknown-field',
};

/** JSON pointer. @see RFC 6901 */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Zod's issues in the words of the house: our own checks already carry a code as their message. */
export const toIssues = (
  error: { readonly issues: readonly z.core.$ZodIssue[] },
  within: readonly string[] = [],
): readonly Issue[] =>
  error.issues.map((issue) => ({
    path: pointer([...within, ...issue.path]),
    code: /^[a-z]+(-[a-z]+)*$/.test(issue.message) ? issue.message : (codes[issue.code] ?? 'invalid'),
    ...('maximum' in issue && { params: { max: Number(issue.maximum) } }),
  }));
