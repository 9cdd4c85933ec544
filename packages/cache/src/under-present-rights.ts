import { CrmError } from '@tessera-crm/model/errors.js';

/** How often an answer may come under rights that are outdated by then. */
const mostTries = 5;

/**
 * Asks again as long as answers count for nothing: R3.
 *
 * @param ask - Null for an answer that does not count.
 * @throws {CrmError} `unavailable`, when that does not end.
 */
export const underPresentRights = async <T>(ask: () => Promise<T | null>): Promise<T> => {
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
  throw new CrmError('unavailable', 'The rights change faster than the server answers.');
};
