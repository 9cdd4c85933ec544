import { isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';

const unreachable: ReadonlySet<ErrorCode> = new Set([
  'network',
  'timeout',
  'unavailable',
  'load-failed',
  // Without a good token nothing comes from the server either: what is kept is still there, what was written waits
  'auth-required',
  'token-rejected',
]);

/** Whether an error says that the server cannot be asked, rather than what it thinks. */
export const isUnreachable = (error: unknown): boolean => isCrmError(error) && unreachable.has(error.code);
