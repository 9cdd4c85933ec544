import type { Change } from '@tessera-crm/model/change.js';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Applied } from '@tessera-crm/model/store.js';
import { cleanChange } from '../http/clean-html.ts';
import type { RecordDoor } from './record-door.ts';

/** Seconds waited before each new attempt while the database cannot be reached. */
const pauses = [0.2, 1, 3];

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const seconds of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isCrmError(error) || !error.retryable) throw error;
      await pause(seconds);
    }
  }
  return work();
};

/**
 * Carries out the changes of a batch in one transaction: all at once, and only when one of them is refused each for
 * itself, to learn which.
 *
 * @returns For each change how it ended.
 * @throws {CrmError} When the store itself fails; then nothing of the batch is written.
 */
export const writeBatch = async (
  store: RecordDoor,
  changes: readonly Change[],
  registry: Registry,
): Promise<readonly Applied[]> => {
  if (changes.length === 0) return [];
  const clean = changes.map((change) => cleanChange(change, registry));
  try {
    return await patiently(() => store.apply(clean));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return patiently(() => store.apply(clean, { atomic: false }));
  }
};

const refusals = new Set(['validation', 'rule', 'conflict', 'not-found', 'forbidden', 'version-conflict', 'too-large']);

/** Whether one of the changes is at fault, and not the store. */
const isRefusal = (error: unknown): error is CrmError => isCrmError(error) && refusals.has(error.code);
