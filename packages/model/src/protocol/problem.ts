import * as z from 'zod/mini';
import { errorCodes } from '../error-codes.ts';
import type { CrmError } from '../errors.ts';

/** An error as it travels. @see RFC 9457 */
export const problemMessage = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  hint: z.optional(z.string()),
  requestId: z.optional(z.string()),
  errors: z.optional(
    z.array(z.object({ path: z.string(), code: z.string(), params: z.optional(z.record(z.string(), z.unknown())) })),
  ),
  /** What a conflict is about: field, base, mine, theirs, and who was first. */
  conflicts: z.optional(
    z.array(
      z.object({
        field: z.string(),
        base: z.unknown(),
        mine: z.unknown(),
        theirs: z.unknown(),
        by: z.optional(z.nullable(z.string())),
        at: z.optional(z.nullable(z.string())),
      }),
    ),
  ),
  version: z.optional(z.int()),
  reason: z.optional(z.string()),
});

export type Problem = z.infer<typeof problemMessage>;

const sent = ['conflicts', 'version', 'reason'] as const;

/** What the server says of an error. Facts that only the log may know stay behind. */
export const toProblem = (error: CrmError, requestId?: string): Problem => ({
  type: `urn:tessera:error:${error.code}`,
  title: error.code,
  status: errorCodes[error.code].status || 500,
  code: error.code,
  detail: error.message,
  hint: errorCodes[error.code].hint,
  ...(requestId !== undefined && { requestId }),
  ...(error.issues.length > 0 && {
    errors: error.issues.map((issue) => ({ ...issue, ...(issue.params && { params: { ...issue.params } }) })),
  }),
  ...(Object.fromEntries(
    sent.filter((name) => error.facts[name] !== undefined).map((name) => [name, error.facts[name]]),
  ) as object),
});

export { fromProblem } from './from-problem.ts';
