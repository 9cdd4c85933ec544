/**
 * A name under which a server counts the mutations of one copy of the program: random, never used twice. Also outside
 * secure contexts, where `crypto.randomUUID` is missing.
 */
export const newClientName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
