import type { ErrorCode } from './error-codes.ts';

export type { ErrorCode };

/** One place where something is wrong: which field, why, and the facts a translated sentence needs. */
export interface Issue {
  /** JSON pointer to the value, `/amount` or `/lines/2/quantity`; empty for the whole record. */
  readonly path: string;
  /** Why, as a stable key of the locale catalogues: `required`, `too-long`, `unknown-field` … */
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Codes after which the same request may succeed later without anybody changing anything. */
const retryableCodes: readonly ErrorCode[] = [
  'rate-limited',
  'unavailable',
  'storage-full',
  'network',
  'timeout',
  'load-failed',
];

export interface ErrorFacts {
  readonly issues?: readonly Issue[];
  readonly status?: number;
  readonly requestId?: string;
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
  /** What to do about it, in English, as the server says. */
  readonly hint?: string;
  readonly [fact: string]: unknown;
}

const brand = Symbol.for('tessera.CrmError');

/** The one error of the house: branch on `code`, read `message`, log `facts`, follow `cause`. */
export class CrmError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CrmError';
    this.code = code;
    this.facts = facts;
  }

  get issues(): readonly Issue[] {
    return this.facts.issues ?? [];
  }

  get retryable(): boolean {
    return retryableCodes.includes(this.code);
  }

  /** What to do about it, in English: the server knows, and errors that never reached one say it themselves. */
  get hint(): string {
    return this.facts.hint ?? this.message;
  }
}

/** Holds across realms and across two copies of this package on one page, where `instanceof` does not. */
export const isCrmError = (error: unknown, code?: ErrorCode): error is CrmError =>
  typeof error === 'object' &&
  error !== null &&
  brand in error &&
  (code === undefined || (error as CrmError).code === code);
