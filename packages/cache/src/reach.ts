import { isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';

const unreachable: ReadonlySet<ErrorCode> = new Set(['network', 'timeout', 'unavailable', 'load-failed']);

/** Whether an error says that the server cannot be reached, rather than what it thinks. */
export const isUnreachable = (error: unknown): boolean => isCrmError(error) && unreachable.has(error.code);
