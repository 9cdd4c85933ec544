import { CrmError } from '@tessera-crm/model/errors.js';

/** What a failure of the database means to a person: the disk is full, or the browser keeps nothing more. */
export const storageTrouble = (cause: unknown): CrmError =>
  isFull(cause)
    ? new CrmError('quota-exceeded', 'There is no room left for this site on this device.', {}, cause)
    : new CrmError('storage-unavailable', 'The database of this site cannot be used any more.', {}, cause);

/** The same where there never was one: a person can make room, and can do nothing about what a browser blocks. */
export const refusalTrouble = (refusal: unknown): CrmError | null => (isFull(refusal) ? storageTrouble(refusal) : null);

/** Whether nothing is wrong but that another tab keeps it from working. */
export const isHeldUp = (cause: unknown): boolean => nameOf(cause) === 'TimeoutError';

/** Whether there is no room left. */
export const isFull = (cause: unknown): boolean => nameOf(cause) === 'QuotaExceededError';

const nameOf = (cause: unknown): unknown => (cause as { readonly name?: unknown } | null)?.name;
