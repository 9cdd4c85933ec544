import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import ky, { type HTTPError, type Options } from 'ky';
import type { Answer } from './answer.ts';
import { busyStatuses } from './refusal.ts';
import type { ConnectionOptions } from './transport.ts';

export interface Repetition {
  readonly address: string;
  /** What became of the attempt that was made already. */
  readonly first: Promise<Answer>;
  readonly attempt: () => Promise<Answer>;
  readonly retry: ConnectionOptions['retry'];
  readonly signal: AbortSignal | undefined;
}

/** Seconds of `Retry-After` beyond which the caller hears of it at once. */
const longestWait = 60;

/**
 * Goes on after a first attempt that failed, and settles as the last one does. Ky decides whether and when by status
 * alone, as if the first attempt had been its own; the answers go past it.
 *
 * @throws {CrmError} As the last attempt · `aborted`
 */
export const repeated = async ({ address, first, attempt, retry, signal }: Repetition): Promise<Answer> => {
  let last: Promise<Answer> | undefined;
  const fetch = async (): Promise<Response> => {
    last = last ? attempt() : first;
    const { status, retryAfter } = await last.catch(asKyKnowsIt);
    return new Response(null, { status, headers: { 'retry-after': retryAfter } });
  };
  const settings = { limit: 3, jitter: true, statusCodes: busyStatuses, shouldRetry, ...retry };
  await ky(address, {
    fetch,
    timeout: false,
    retry: settings as Options['retry'] & object,
    signal: signal ?? null,
  }).catch(() => {});
  if (signal?.aborted) throw new CrmError('aborted', 'The caller gave up.', {}, signal.reason);
  return last ?? first;
};

/** The one message by which ky knows a failure of the network, whatever this platform says. */
const asKyKnowsIt = (cause: unknown): never => {
  const mayPass = isCrmError(cause, 'network') || isCrmError(cause, 'timeout');
  throw mayPass ? new TypeError('Failed to fetch', { cause }) : cause;
};

const shouldRetry = ({ error }: { readonly error: Error }): false | undefined =>
  Number((error as HTTPError).response?.headers.get('retry-after')) > longestWait ? false : undefined;
