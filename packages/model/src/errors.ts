/** One place where something is wrong: which field, why, and the facts a translated sentence needs. */
export interface Issue {
  /** JSON pointer to the value, `/amount` or `/lines/2/quantity`; empty for the whole record. */
  readonly path: string;
  /** Why, as a stable key of the locale catalogues: `required`, `too-long`, `unknown-field` … */
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface ErrorRow {
  /** HTTP status that carries this code. */
  readonly status: number;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** What to do about it, in English; the locales hold the translations. */
  readonly hint: string;
}

/** THE list of error codes. Everything thrown, shown or sent carries one of these. */
export const errorCodes = {
  validation: { status: 400, retryable: false, hint: 'Correct the fields named in `issues`.' },
  'auth-required': { status: 401, retryable: false, hint: 'Send a token.' },
  'token-rejected': { status: 401, retryable: false, hint: 'Ask for a new token.' },
  forbidden: { status: 403, retryable: false, hint: 'This identity has no right to do that.' },
  'not-found': { status: 404, retryable: false, hint: 'It does not exist, or this identity may not see it.' },
  conflict: { status: 409, retryable: false, hint: 'Somebody else changed the same field: choose a value.' },
  'version-conflict': { status: 412, retryable: false, hint: 'Read the record again and repeat the change.' },
  'too-large': { status: 413, retryable: false, hint: 'Send less at once.' },
  rule: { status: 422, retryable: false, hint: 'A business rule refused; its reason is in `issues`.' },
  'rate-limited': { status: 429, retryable: true, hint: 'Wait as long as the answer says.' },
  internal: { status: 500, retryable: false, hint: 'Report the request id.' },
  unavailable: { status: 503, retryable: true, hint: 'Try again in a moment.' },
  'storage-full': { status: 507, retryable: true, hint: 'Free space on the server.' },
  network: { status: 0, retryable: true, hint: 'The server cannot be reached.' },
  timeout: { status: 0, retryable: true, hint: 'The server did not answer in time.' },
  aborted: { status: 0, retryable: false, hint: 'The caller gave up.' },
  'schema-mismatch': {
    status: 0,
    retryable: false,
    hint: 'Server and client disagree on the model: update one of them.',
  },
  'storage-unavailable': {
    status: 0,
    retryable: false,
    hint: 'The browser refuses local storage; working from memory.',
  },
  'quota-exceeded': { status: 0, retryable: false, hint: 'Local storage is full.' },
  'blocked-by-csp': { status: 0, retryable: false, hint: 'The page forbids it by Content-Security-Policy.' },
  'load-failed': { status: 0, retryable: true, hint: 'A file of the library could not be loaded.' },
  config: { status: 0, retryable: false, hint: 'The library was set up wrongly; the message says where.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorFacts {
  readonly issues?: readonly Issue[];
  readonly status?: number;
  readonly requestId?: string;
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
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
    return errorCodes[this.code].retryable;
  }

  get hint(): string {
    return errorCodes[this.code].hint;
  }
}

/** Holds across realms and across two copies of this package on one page, where `instanceof` does not. */
export const isCrmError = (error: unknown, code?: ErrorCode): error is CrmError =>
  typeof error === 'object' &&
  error !== null &&
  brand in error &&
  (code === undefined || (error as CrmError).code === code);

/** The refusal of a record or an input: all issues at once. */
export const invalid = (issues: readonly Issue[]): CrmError =>
  new CrmError('validation', issues.map((issue) => `${issue.path || 'record'}: ${issue.code}`).join('; '), { issues });
