import { CrmError } from '@tessera-crm/model/errors.js';

/** @throws {CrmError} `aborted`: what a closed cache would take, nobody would send. */
export const refuseIfClosed = (signal: AbortSignal, cause?: unknown): void => {
  if (signal.aborted) throw new CrmError('aborted', 'The cache is closed.', {}, cause);
};
