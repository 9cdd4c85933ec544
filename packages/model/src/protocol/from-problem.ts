import { errorCodes } from '../error-codes.ts';
import { CrmError, type ErrorCode } from '../errors.ts';
import type { Problem } from './problem.ts';

/**
 * The error that a problem tells of; a code that we do not know becomes `internal` or `unavailable`.
 * Apart from the message's schema, so that pages which only read errors do not load zod.
 */
export const fromProblem = (problem: Problem): CrmError => {
  const code = Object.hasOwn(errorCodes, problem.code)
    ? (problem.code as ErrorCode)
    : problem.status === 503
      ? 'unavailable'
      : 'internal';
  const { errors, detail, title, hint, status, requestId, conflicts, version, reason } = problem;
  return new CrmError(code, detail ?? title, {
    status,
    ...(hint !== undefined && { hint }),
    ...(requestId !== undefined && { requestId }),
    ...(errors && { issues: errors.map(({ params, ...issue }) => ({ ...issue, ...(params && { params }) })) }),
    ...(conflicts && { conflicts }),
    ...(version !== undefined && { version }),
    ...(reason !== undefined && { reason }),
  });
};
