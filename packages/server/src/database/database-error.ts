import { CrmError, type ErrorCode } from '@tessera-crm/model/errors.js';

/** What PostgreSQL says of a failure; `code` is five characters, of which two name the class. */
interface PostgresFailure extends Error {
  readonly code: string;
  readonly constraint?: string;
  readonly table?: string;
}

/** Codes of Node's sockets come where PostgreSQL could not answer at all. */
const isSqlState = (code: unknown): code is string =>
  typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code);

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
}

const unavailable: Meaning = { code: 'unavailable', message: 'The database cannot be reached at the moment.' };

/** By SQLSTATE or its class; the longest match counts. */
const meanings: Readonly<Record<string, Meaning>> = {
  '08': unavailable, // connection exception
  '53': unavailable, // insufficient resources
  53100: { code: 'storage-full', message: 'The database has no space left.' },
  55: unavailable, // lock not available, object in use
  57: unavailable, // shutting down
  57014: { code: 'unavailable', message: 'The database took too long to answer.' },
  40: { code: 'unavailable', message: 'Others were changing the same records; try again.' },
  23505: { code: 'conflict', message: 'Another record has the same value already.' },
  54000: { code: 'too-large', message: 'A value is too long to be looked for.' },
  22021: { code: 'validation', message: 'The text has characters that cannot be stored.' },
  '22P05': { code: 'validation', message: 'The text has characters that cannot be stored.' },
};

/**
 * A failure of a driver in the words of the house. `facts.sqlState` and `facts.constraint` say what PostgreSQL said;
 * statements and values stay in `cause`, which is for the log only.
 */
export const toCrmError = (failure: unknown): CrmError => {
  if (failure instanceof CrmError) return failure;
  const { code, constraint, table } = failure as PostgresFailure;
  if (!isSqlState(code)) return new CrmError('unavailable', unavailable.message, {}, failure);
  const meaning = meanings[code] ??
    meanings[code.slice(0, 2)] ?? { code: 'internal', message: 'The database refused a statement.' };
  return new CrmError(
    meaning.code,
    meaning.message,
    { sqlState: code, ...(constraint && { constraint }), ...(table && { table }) },
    failure,
  );
};

/** Serialisation failures and deadlocks: the same work may well succeed when begun again. */
export const isLostRace = (error: unknown): boolean =>
  error instanceof CrmError && (error.facts['sqlState'] === '40001' || error.facts['sqlState'] === '40P01');

/** Whether the connection is of no more use: the socket failed, or the server ended the session. */
export const isBroken = (failure: unknown): boolean => {
  const code = (failure as { readonly code?: unknown } | null)?.code;
  return !isSqlState(code) || code.startsWith('08') || code.startsWith('57P');
};

/** Somebody changed a record between our reading and our writing of it; the transaction is begun again. */
export const lostRace = (): CrmError =>
  new CrmError('unavailable', 'Others were changing the same records; try again.', { sqlState: '40001' });
