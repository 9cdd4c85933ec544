import { CrmError } from '@tessera-crm/model/errors.js';

/** What a failure of the database means to a person: the disk is full, or the browser keeps nothing more. */
export const storageTrouble = (cause: unknown): CrmError =>
  isFull(cause)
    ? new CrmError('quota-exceeded', 'There is no room left for this site on this device.', {}, cause)
    : new CrmError('storage-unavailable', 'The database of this site cannot be used any more.', {}, cause);

/** Whether nothing is wrong but that another tab keeps it from working. */
export const isHeldUp = (cause: unknown): boolean => (cause as Wrapped | null)?.name === 'TimeoutError';

interface Wrapped {
  readonly name?: string;
  readonly inner?: unknown;
  readonly failures?: readonly unknown[];
}

/** Dexie wraps what the browser says, one error or those of many rows, and says itself only that a transaction ended. */
export const isFull = (cause: unknown): boolean => {
  const { name, inner, failures = [] } = (cause ?? {}) as Wrapped;
  if (name === 'QuotaExceededError') return true;
  return [inner, ...failures].some((one) => one !== undefined && one !== cause && isFull(one));
};
