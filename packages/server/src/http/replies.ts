import { errorCodes } from '@tessera-crm/model/error-codes.js';
import { isCrmError, CrmError } from '@tessera-crm/model/errors.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';

/** Headers as plain data: what adapters write fastest. */
export type ReplyHeaders = Record<string, string>;

/** What a handler answers; the gate turns it into a response with everything that all of them carry. */
export interface Reply {
  readonly status: number;
  readonly body: string | ReadableStream<Uint8Array> | null;
  readonly headers: ReplyHeaders;
}

export const json = (value: unknown, headers: ReplyHeaders = {}, status = 200): Reply =>
  jsonText(JSON.stringify(value), headers, status);

/** What is JSON already. */
export const jsonText = (body: string, headers: ReplyHeaders = {}, status = 200): Reply => ({
  status,
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

export const empty = (status: number, headers: ReplyHeaders = {}): Reply => ({ status, body: null, headers });

export const text = (body: string, type: string): Reply => ({ status: 200, body, headers: { 'content-type': type } });

/** The error that may be shown: of what failed inside the server nobody learns more than that it failed. */
export const shownError = (error: CrmError): CrmError => {
  const { status } = errorCodes[error.code];
  return status === 0 || status === 500 ? new CrmError('internal', 'Something went wrong on the server.') : error;
};

/** An error as people's programs read it. @see RFC 9457 */
export const problem = (error: CrmError, requestId: string): Reply => {
  const shown = shownError(error);
  const { status } = errorCodes[shown.code];
  const headers: ReplyHeaders = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (shown.retryable) headers['retry-after'] = String(shown.facts.retryAfter ?? 1);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return { status, body: JSON.stringify(toProblem(shown, requestId)), headers };
};

/** Whatever was thrown as an error of the house. */
export const asCrmError = (error: unknown): CrmError =>
  isCrmError(error) ? error : new CrmError('internal', 'Something went wrong on the server.', {}, error);
