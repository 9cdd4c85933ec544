import { CrmError } from '@tessera-crm/model/errors.js';

/** What is kept of a response: pages wrap `fetch`, and more than this their look-alikes may not have. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** As sent, seconds or a date; empty without. */
  readonly retryAfter: string;
}

/** Statuses after which the same request may succeed in a moment. */
export const busyStatuses: readonly number[] = [408, 429, 502, 503, 504];

/**
 * The content of an answer, null when it has none. What refusals say is rarely needed, so that code comes when it is.
 *
 * @throws {CrmError} What the answer tells of; `schema-mismatch` for anything but JSON.
 */
export const readAnswer = async (answer: Answer): Promise<unknown> => {
  const content = parseAnswer(answer);
  if (content !== undefined && answer.status < 300) return content;
  const { refusal } = await import('./refusal.ts').catch((cause: unknown) => {
    throw new CrmError('load-failed', `Status ${answer.status}`, { status: answer.status }, cause);
  });
  throw refusal(answer);
};

/** Undefined for anything but JSON. */
export const parseAnswer = ({ text }: Answer): unknown => {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
};
