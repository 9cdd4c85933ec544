import { CrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import { fromProblem } from '@tessera-crm/model/protocol/from-problem.js';
import type { Problem } from '@tessera-crm/model/protocol/problem.js';
import { contentOf, parseAnswer, type Answer } from './answer.ts';

/** Statuses after which the same request may succeed in a moment. */
export const busyStatuses: readonly number[] = [408, 429, 502, 503, 504];

/** What stands in the way when no problem details came: a proxy, a login page, another server. */
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'token-rejected',
  403: 'forbidden',
  408: 'timeout',
  413: 'too-large',
  429: 'rate-limited',
};

/**
 * The content of an answer, null when it has none.
 *
 * @throws {CrmError} What the answer tells of; `schema-mismatch` for anything but JSON.
 */
export const readAnswer = (answer: Answer): unknown => {
  const content = contentOf(answer);
  if (content === undefined) throw refusal(answer);
  return content;
};

/** The error that an answer stands for which is not the one hoped for. */
const refusal = (answer: Answer): CrmError => {
  const { status } = answer;
  const retryAfter = Number(answer.retryAfter);
  const facts = { status, ...(retryAfter > 0 && { retryAfter }) };
  const content = parseAnswer(answer);
  if (status >= 300 && isProblem(content)) {
    const { code, message, facts: told } = fromProblem({ ...content, status });
    return new CrmError(code, message, { ...told, ...facts });
  }
  const code = codesByStatus[status] ?? (status >= 500 ? 'unavailable' : 'schema-mismatch');
  return new CrmError(code, `The answer with status ${status} is not of this protocol.`, facts);
};

const isProblem = (content: unknown): content is Problem =>
  typeof (content as Partial<Problem> | null | undefined)?.code === 'string';
