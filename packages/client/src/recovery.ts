import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Answer } from './answer.ts';
import { busyStatuses, readAnswer } from './refusal.ts';
import type { Ask, Attempted, Transport } from './transport.ts';
import type { Repetition } from './repeated.ts';

interface Failed extends Pick<Repetition, 'address' | 'retry'> {
  readonly ask: Ask;
  /** What became of the attempt that was made already. */
  readonly first: Promise<Attempted>;
  readonly attempt: () => Promise<Attempted>;
}

/**
 * Goes on after a first attempt that did not bring what was asked for: with another token, and again and again where
 * that may help. Most requests never come here.
 *
 * @throws {CrmError} What the last answer tells of, or why there was none.
 */
export const recover = async (tokens: Transport['tokens'], failed: Failed): Promise<unknown> => {
  const { address, ask, attempt, retry } = failed;
  const { repeatable = true, signal } = ask;
  if (!URL.canParse(address, globalThis.document?.baseURI)) throw new CrmError('config', `${address} is no address.`);
  /** A refused token costs a second request, unless that could do a thing twice. */
  const withGoodToken = async (attempted: Promise<Attempted>): Promise<Answer> => {
    const answer = await attempted;
    if (answer.status !== 401) return answer;
    const other = await tokens.get(signal);
    return repeatable && other !== answer.token ? attempt() : answer;
  };
  const first = withGoodToken(failed.first);
  if (!repeatable || !(await first.then(isBusy, isAway))) return readAnswer(await first);
  const code = await import('./repeated.ts').catch(() => null);
  const again = (): Promise<Answer> => withGoodToken(attempt());
  return readAnswer(await (code?.repeated({ address, first, attempt: again, retry, signal }) ?? first));
};

const isBusy = ({ status }: Answer): boolean => busyStatuses.includes(status);

const isAway = (error: unknown): boolean => isCrmError(error, 'network') || isCrmError(error, 'timeout');
