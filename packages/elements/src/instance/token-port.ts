import { CrmError, isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import { errorCodes } from '@tessera-crm/model/error-codes.js';
import type { GetToken, TokenReason } from './options.ts';

/** From a sandboxed page to the one that knows who is signed in. `abort` says that nobody waits any more. */
type Question =
  | {
      readonly type: 'tessera-token';
      readonly id: number;
      readonly reason: TokenReason;
      readonly backend: string;
      readonly scope?: readonly string[];
    }
  | { readonly type: 'tessera-token-abort'; readonly id: number };

/** The answer: a token with its seconds, null for nobody, or why there is none. */
interface Answer {
  readonly type: 'tessera-token-answer';
  readonly id: number;
  readonly session?: { readonly token: string; readonly expiresIn: number } | null;
  readonly error?: { readonly code: string; readonly message: string };
}

let last = 0;

/** Gets tokens through a port whose other end `serveTokens`, or speaks its protocol. */
export const tokenFromPort =
  (port: MessagePort): GetToken =>
  ({ reason, backend, scope, signal }) => {
    const id = ++last;
    const over = new AbortController();
    const ask = (question: Question): void => port.postMessage(question);
    return new Promise((resolve, reject) => {
      const hear = ({ data }: MessageEvent<Partial<Answer> | null>): void => {
        if (data?.type !== 'tessera-token-answer' || data.id !== id) return;
        over.abort();
        if (data.error) reject(new CrmError(knownCode(data.error.code), String(data.error.message)));
        else resolve(data.session ?? null);
      };
      const giveUp = (): void => {
        over.abort();
        ask({ type: 'tessera-token-abort', id });
        reject(new CrmError('aborted', 'Nobody waits for this token any more.'));
      };
      port.addEventListener('message', hear, { signal: over.signal });
      signal.addEventListener('abort', giveUp, { signal: over.signal });
      port.start();
      ask({ type: 'tessera-token', id, reason, backend, ...(scope && { scope }) });
    });
  };

const knownCode = (code: string): ErrorCode => (Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'unavailable');

/**
 * Answers the questions of a sandboxed page, for the page around it.
 *
 * @param port - One end of a `MessageChannel`; the other is the sandboxed page's `getToken`.
 * @returns How to stop.
 */
export const serveTokens = (port: MessagePort, getToken: GetToken): (() => void) => {
  const asked = new Map<number, AbortController>();
  const answer = async (question: Extract<Question, { type: 'tessera-token' }>): Promise<void> => {
    const { id, reason, backend, scope } = question;
    const { signal } = asked.set(id, new AbortController()).get(id)!;
    const result = await Promise.resolve({ reason, backend, scope, signal })
      .then(getToken)
      .then(
        (session) => ({ session }),
        (error: unknown) => ({ error: reasonOf(error) }),
      );
    if (asked.delete(id)) port.postMessage({ type: 'tessera-token-answer', id, ...result } satisfies Answer);
  };
  const hear = ({ data }: MessageEvent<Question | null>): void => {
    if (data?.type === 'tessera-token') void answer(data);
    if (data?.type !== 'tessera-token-abort') return;
    asked.get(data.id)?.abort();
    asked.delete(data.id);
  };
  port.addEventListener('message', hear);
  port.start();
  return () => {
    port.removeEventListener('message', hear);
    for (const one of asked.values()) one.abort();
    asked.clear();
  };
};

/** Nothing of an unknown error crosses to the other page: it may say too much. */
const reasonOf = (error: unknown): NonNullable<Answer['error']> =>
  isCrmError(error)
    ? { code: error.code, message: error.message }
    : { code: 'unavailable', message: 'The page could get no token.' };
