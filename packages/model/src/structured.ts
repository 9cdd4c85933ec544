import type { ZodMiniType } from 'zod/mini';
import { parsed, refused, type Parsed } from './kind.ts';
import { plainJson } from './plain-json.ts';

/** Makes something at the first call and keeps it: schemas cost more to build than to run. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** What a schema says of a value, in the words of `parse`. */
export const checked = <T>(schema: ZodMiniType<T>, value: unknown): Parsed<T> => {
  const result = schema.safeParse(value);
  if (result.success) return parsed<T>(result.data);
  const { message, path } = result.error.issues[0]!;
  // Our own checks say a code; what zod says of a wrong type is a sentence
  const code = /^[a-z-]+$/.test(message) ? message : 'type';
  return path.length > 0 ? refused(code, { path: `/${path.join('/')}` }) : refused(code);
};

/** Reads the JSON that `shortest` falls back to; undefined when the text is no JSON object or list. */
export const readJson = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The short text of a value if it reads back to the very same value, else the value as JSON. */
export const shortest = <T>(value: T, short: string, read: (text: string) => Parsed<T>): string => {
  const whole = plainJson(value);
  const again = read(short);
  return again.ok && plainJson(again.value) === whole ? short : whole;
};
