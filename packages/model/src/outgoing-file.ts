import type { Change } from './change.ts';
import type { Refused, WaitingChanges } from './outgoing.ts';

/** A change, and what its record is called, because nobody knows records by their ids. */
export type SavedChange = Change & {
  /** Absent where the record is not at hand. */
  readonly record?: string;
};

export interface SavedChanges {
  /** Its place in the order of the device. */
  readonly n: number;
  /** When it was made; RFC 3339. */
  readonly at: string;
  readonly changes: readonly SavedChange[];
}

/** All that a device has not got to its server: plain data, which people can read and programs know by its format. */
export interface OutgoingFile {
  readonly format: 'tessera-unsent';
  readonly version: 1;
  /** RFC 3339, UTC. */
  readonly savedAt: string;
  /** What no server has heard of, oldest first. */
  readonly waiting: readonly SavedChanges[];
  /** What a server refused, oldest first, and why. */
  readonly refused: readonly (SavedChanges & { readonly error: Refused['error'] })[];
}

export interface OutgoingFileOptions {
  readonly waiting: readonly WaitingChanges[];
  readonly refused: readonly Refused[];
  /** RFC 3339, UTC. */
  readonly savedAt: string;
  /** What a record is called; undefined where it is not at hand. */
  readonly titleOf: (change: Change) => string | undefined;
}

/** The whole of what is unsent or refused; nothing that was typed in is left out. */
export const outgoingFile = ({ waiting, refused, savedAt, titleOf }: OutgoingFileOptions): OutgoingFile => {
  const named = (change: Change): SavedChange => {
    const record = titleOf(change);
    return { ...(record !== undefined && { record }), ...change };
  };
  const saved = ({ n, at, changes }: WaitingChanges): SavedChanges => ({ n, at, changes: changes.map(named) });
  return {
    format: 'tessera-unsent',
    version: 1,
    savedAt,
    waiting: waiting.map(saved),
    refused: refused.map(({ error: { code, message, facts }, ...one }) => ({
      ...saved(one),
      error: { code, message, facts },
    })),
  };
};
