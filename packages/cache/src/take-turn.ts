import { tooLate, whenLate } from './at-most.ts';

/** Milliseconds that transactions of other tabs may take before this one. */
export const patience = 5_000;

/**
 * Waits until a transaction has its turn. A tab that hangs, or was frozen, in the middle of one of its own would let
 * all others wait for ever; whoever does not wait has written nothing.
 *
 * @param first - Whatever is asked first in it.
 * @throws {DOMException} `TimeoutError`
 */
export const takeTurn = async (transaction: IDBTransaction, first: Promise<unknown>): Promise<void> => {
  let isLate = false;
  const stop = whenLate(patience, () => {
    isLate = true;
    transaction.abort();
  });
  try {
    await first;
  } catch (cause) {
    throw isLate ? tooLate(patience) : cause;
  } finally {
    stop();
  }
};
