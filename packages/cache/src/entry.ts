import type { Change } from '@tessera-crm/model/change.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';

/** What a change is expected to do to one record, until the server says what it did. */
export interface Patch {
  readonly module: string;
  readonly id: string;
  /** The changed fields; all of them when the record is being made. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly isNew: boolean;
}

/** Changes that wait to be sent, together or not at all. Plain data: it lies in the outbox as it is. */
export interface Entry {
  /** The place in the queue, the same for all tabs; given by the outbox. */
  readonly n: number;
  /** The idempotency key: however often it is sent, it is carried out once. */
  readonly key: string;
  /** RFC 3339, for people. */
  readonly at: string;
  readonly changes: readonly Change[];
  /**
   * Places of the changes whose `base` is a version that only this cache knows, because earlier entries wait for the
   * same record: the server's version takes its place when those are through.
   */
  readonly onPending: readonly number[];
  readonly patches: readonly Patch[];
}

/** Changes that the server refused: nothing of what was typed in is lost. */
export interface Rejected extends Entry, Refused {}

export const recordKey = (module: string, id: string): string => `${module}|${id}`;
