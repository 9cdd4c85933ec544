import { isCrmError, type CrmError } from './errors.ts';

/** A refusal says something of the change; the rest says something of the machine. */
export const isRefusal = (error: unknown): error is CrmError =>
  isCrmError(error) && !error.retryable && error.code !== 'internal';
