import type { Change } from '@tessera-crm/model/change.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import type { Waiting } from '@tessera-crm/model/protocol/sync/outgoing.js';

/** What a change is expected to do to one record, until the server says what it did. */
export interface Patch {
  readonly module: string;
  readonly id: string;
  /** The changed fields; all of them when the record is being made. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly isNew: boolean;
  /** The version of the server on which it was made; absent where that is not known. */
  readonly base?: number;
}

/** Changes on their way into the outbox. */
export interface Draft {
  /** Random, its own. */
  readonly key: string;
  /** RFC 3339, for people. */
  readonly at: string;
  readonly changes: readonly Change[];
  readonly patches: readonly Patch[];
  /** Written by a later version of this program: as it is written. Only one that can read it sends it. */
  readonly unread?: string;
}

/**
 * Changes that wait to be sent, together or not at all: a mutation of the sync protocol, with what is shown until it
 * is through. Plain data: it lies in the outbox as it is.
 */
export interface Entry extends Draft, Waiting {
  /** The place in the queue, the same for all tabs; given by the outbox. */
  readonly n: number;
  /** The name under which the server counts it. */
  readonly client: string;
  readonly changes: readonly Change[];
}

/** Changes that the server refused: nothing of what was typed in is lost. */
export interface Rejected extends Draft, Refused {
  readonly changes: readonly Change[];
}

export const recordKey = (module: string, id: string): string => `${module}|${id}`;
