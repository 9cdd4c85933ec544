import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { toIssues } from '@tessera-crm/model/schema.js';
import type * as z from 'zod/mini';

/**
 * The parameters of an address, of which only the named ones may be there.
 *
 * @throws {CrmError} `validation` naming the others
 */
export const parametersOf = (search: string, known: readonly string[]): URLSearchParams => {
  const parameters = new URLSearchParams(search);
  const unknown = [...parameters.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw invalid(unknown.map((name) => ({ path: `/${name}`, code: 'unknown-parameter', params: { name } })));
  return parameters;
};

/** A whole number from the address, or undefined. */
export const integerIn = (
  parameters: URLSearchParams,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined => {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw invalid([{ path: `/${name}`, code: 'range', params: { min, max } }]);
};

/** What stands between commas in the address, 200 pieces at most; undefined where there is no such parameter. */
export const listIn = (parameters: URLSearchParams, name: string): readonly string[] | undefined => {
  const pieces = parameters.get(name)?.split(',').filter(Boolean);
  if (pieces && pieces.length > mostPieces) throw invalid([{ path: `/${name}`, code: 'too-large' }]);
  return pieces;
};

const mostPieces = 200;

/** A message of the wire, checked. @throws {CrmError} `validation` with all issues */
export const checkedBy = <T>(schema: z.ZodMiniType<T>, body: unknown): T => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new CrmError('validation', 'The body does not fit.', { issues: toIssues(result.error) });
};
