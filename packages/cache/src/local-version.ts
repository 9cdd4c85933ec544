/** Of two, so that a million changes on top of one version are told apart exactly. */
const step = 2 ** -20;

/**
 * The version of a record with so many more changes that wait: it lies between two of the server's, so that nobody takes
 * it for one of them, which may hold what others did and nobody here has seen. What is made here begins with the first.
 *
 * @param version - Undefined for what is not there yet.
 */
export const localVersion = (version: number | undefined, changes = 1): number =>
  version === undefined ? 1 + (changes - 1) * step : version + changes * step;

/** The version of the server on which one of those rests. */
export const serverVersion = (version: number): number => Math.floor(version);
