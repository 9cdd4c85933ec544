import { CrmError } from './errors.ts';

/**
 * Waits for work that others share, but not longer than the caller wants to; the work itself goes on.
 *
 * @throws {CrmError} `aborted`
 */
export const untilAborted = async <T>(work: Promise<T>, signal?: AbortSignal): Promise<T> => {
  if (!signal) return work;
  let giveUp = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(new CrmError('aborted', 'The caller gave up.', {}, signal.reason));
    signal.addEventListener('abort', giveUp);
  });
  if (signal.aborted) giveUp();
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', giveUp));
};
