import type { Change } from './change.ts';
import type { CrmError } from './errors.ts';
import type { OutgoingFile } from './outgoing-file.ts';

/** Changes that were made here together, and of which no server has heard yet. */
export interface WaitingChanges {
  /** Its place in the order of this device. */
  readonly n: number;
  /** When it was made; RFC 3339, for people. */
  readonly at: string;
  /** None where a later version of this program made them: only one of these can read and send them. */
  readonly changes: readonly Change[];
}

/** Changes that a server refused after they had been made here: nothing of what was typed in is lost. */
export interface Refused extends WaitingChanges {
  /** `conflict` when somebody else changed the same fields: see `facts.issues`. */
  readonly error: Pick<CrmError, 'code' | 'message' | 'facts'>;
}

/** How changes get to the server, and where they lie until then. */
export interface OutgoingState {
  /** Whether the server was reached when last asked. */
  readonly online: boolean;
  /** `localstorage`: what waits outlives the page, but is not safely stored; `memory`: it ends with the page. */
  readonly storage: 'indexeddb' | 'localstorage' | 'memory';
  /** Why the device keeps nothing any more: `quota-exceeded` or `storage-unavailable`; null while nothing is amiss. */
  readonly trouble: Pick<CrmError, 'code' | 'message'> | null;
}

/** What becomes of changes that are made on this device before a server has heard of them. */
export interface Outgoing {
  readonly state: OutgoingState;
  /** What no server has heard of yet, oldest first. */
  waiting(): readonly WaitingChanges[];
  /** Whether changes of this record still wait to be sent. */
  isWaiting(module: string, id: string): boolean;
  /**
   * What was refused and not settled since, oldest first.
   *
   * @param module - Of all modules unless given.
   * @param id - All records of the module unless given.
   */
  refused(module?: string, id?: string): readonly Refused[];
  /** Tries at once to reach the server and to send what waits. @returns Whether nothing waits any more. */
  retry(): Promise<boolean>;
  /**
   * Makes refused changes once more, over what others made of the records since.
   *
   * @param instead - What is made in their place, such as what a person chose of two values. The `base` of each is the
   * version at which that person looked.
   * @throws {CrmError} What a rule refuses; they stay refused.
   */
  again(refused: Refused, instead?: readonly Change[]): Promise<void>;
  /** Forgets refused changes. */
  discard(refused: Pick<Refused, 'n'>): Promise<void>;
  /** All that waits or was refused, to be kept elsewhere. It is as secret as the records themselves. */
  export(): Promise<OutgoingFile>;
  /** Calls back whenever one of the answers may have changed. @returns How to stop. */
  subscribe(listener: () => void): () => void;
}
