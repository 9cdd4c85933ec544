import * as z from 'zod/mini';
import { isStorable } from '../characters.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plainJson } from '../plain-json.ts';
import { plain } from '../storage.ts';

/** Whatever JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface JsonOptions extends FieldOptions {
  /** Characters at most once serialised; 65 536 unless told. */
  readonly max?: number;
}

const defaultMax = 65_536;
const maxDepth = 16;

/** Why something is no JSON that can be stored, or undefined. */
const flaw = (value: unknown, depth = 0): 'json' | 'too-deep' | 'characters' | undefined => {
  if (depth > maxDepth) return 'too-deep';
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'json';
  if (typeof value === 'string') return isStorable(value) ? undefined : 'characters';
  if (typeof value !== 'object') return 'json';
  const within = Array.isArray(value) ? value : Object.entries(value).flat();
  for (const part of within) {
    const found = flaw(part, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Any JSON of a limited size and depth. */
export const jsonSchema = (max = defaultMax): z.ZodMiniType<NonNullable<Json>> =>
  z
    .custom<NonNullable<Json>>((value) => value !== null && value !== undefined, { error: 'blank', abort: true })
    .check(
      z.superRefine((value, context) => {
        const found = flaw(value) ?? (plainJson(value).length > max ? 'too-long' : undefined);
        if (found !== undefined) context.addIssue(found);
      }),
    );

export const jsonKind: Kind<NonNullable<Json>, JsonOptions, 'opaque'> = {
  name: 'json',
  domain: 'opaque',
  schema: ({ max }) => jsonSchema(max),
  parse: (text, { max = defaultMax }) => {
    if (text.trim() === '') return parsed<NonNullable<Json>>(null);
    if (text.length > max) return refused('too-long', { max });
    try {
      const value = JSON.parse(text) as Json;
      const found = flaw(value);
      return found === undefined ? parsed<NonNullable<Json>>(value) : refused(found);
    } catch {
      return refused('json');
    }
  },
  toText: plainJson,
  format: plainJson,
  key: () => null,
  storage: () => plain('json'),
  control: ({ max = defaultMax }) => ({ as: 'longtext', max }),
  random: (random) =>
    random.pick<NonNullable<Json>>([
      { a: 1, b: [true, null, 'è'] },
      [1.5, -2],
      'text',
      0,
      false,
      {},
      { deep: { er: { est: [] } } },
    ]),
};

/** Data of another system, kept as it is. */
export const json = <const O extends JsonOptions>(
  options: O = {} as O,
): Field<NonNullable<Json>, PresenceOf<O>, 'opaque'> => field(jsonKind, options);
