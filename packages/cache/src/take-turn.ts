import { tooLate, whenLate } from './at-most.ts';

/** Milliseconds that transactions of other tabs may take before this one. */
export const patience = 5_000;

/**
 * Does something in a transaction that has to get its turn for it. A tab that hangs, or was frozen, in the middle of one
 * of its own would let all others wait for ever, those that only read too; whoever does not wait has written nothing.
 *
 * @throws {DOMException} `TimeoutError`
 */
export const inTurn = async <T>(transaction: IDBTransaction, work: Promise<T>): Promise<T> => {
  let isLate = false;
  const stop = whenLate(patience, () => {
    isLate = true;
    transaction.abort();
  });
  // answers do not bubble
  for (const answer of ['success', 'error']) transaction.addEventListener(answer, stop, { capture: true, once: true });
  try {
    return await work;
  } catch (cause) {
    throw isLate ? tooLate(patience) : cause;
  } finally {
    stop();
  }
};
