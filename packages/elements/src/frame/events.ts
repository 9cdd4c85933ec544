import type { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';

/** Which record; no values. */
export interface RecordRef {
  readonly module: string;
  readonly id: string;
}

/** Values only through `record()`, so that a page's analytics swallow no personal data. */
export interface RecordDetail extends RecordRef {
  /** The names of the fields in question. */
  readonly fields?: readonly string[];
  readonly version?: number;
  /** The record as the element has it; null when it has none. */
  record(): AnyRecord | null;
}

export interface BeforeSaveDetail extends RecordDetail {
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'act';
  /** What is about to be saved. */
  values(): Readonly<Record<string, unknown>>;
  /** Saving goes on when the promise resolves, and is given up when it rejects. */
  wait(promise: PromiseLike<unknown>): void;
}

/** There is no token for a backend, or none that its server takes. Fired once until there is one again. */
export interface AuthErrorDetail extends ErrorDetail {
  /** Its name. */
  readonly backend: string;
}

export interface IdentityDetail {
  /** The page's own name for the person; undefined for nobody. */
  identity(): string | undefined;
}

export interface ErrorDetail {
  readonly code: CrmError['code'];
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
  readonly status?: number;
  readonly requestId?: string;
  /** The error itself, with its cause. */
  error(): CrmError;
}

/** What an instance fires at the document, or at its provider, without the prefix: `crm-auth-error`. They bubble. */
export interface InstanceEvents {
  readonly 'auth-error': AuthErrorDetail;
  readonly 'identity-change': IdentityDetail;
}

/** What elements fire, without the prefix: `ready` is `crm-ready`. All bubble and cross shadow roots. */
export interface CrmEvents {
  /** There is something to see for the first time. */
  readonly ready: Partial<RecordRef>;
  readonly 'load-error': ErrorDetail;
  readonly error: ErrorDetail;
  /** Cancelable: the page navigates by itself. */
  readonly open: RecordDetail;
  /** Cancelable: nothing is saved. */
  readonly 'before-save': BeforeSaveDetail;
  readonly save: RecordDetail;
  readonly change: Partial<RecordDetail>;
  readonly select: RecordDetail | { readonly ids: readonly string[] };
  readonly conflict: RecordDetail & ErrorDetail;
  /** Cancelable: the page shows by itself what was refused. */
  readonly review: { readonly count: number };
  readonly offline: object;
  readonly online: object;
}

export const errorDetail = (error: CrmError): ErrorDetail => {
  const { status, requestId } = error.facts;
  return {
    code: error.code,
    message: error.message,
    hint: error.hint,
    retryable: error.retryable,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    error: () => error,
  };
};

/** @param name - With the prefix. */
export const crmEvent = <T>(name: string, detail: T, cancelable = false): CustomEvent<T> =>
  new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable });
