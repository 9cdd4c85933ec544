import type { Change } from './change.ts';
import type { CrmError } from './errors.ts';

/** Changes that a server refused after they had been made here: nothing of what was typed in is lost. */
export interface Refused {
  /** Its place in the order of this device. */
  readonly n: number;
  /** When it was made; RFC 3339, for people. */
  readonly at: string;
  readonly changes: readonly Change[];
  /** `conflict` when somebody else changed the same fields: see `facts.issues`. */
  readonly error: Pick<CrmError, 'code' | 'message' | 'facts'>;
}

/** What becomes of changes that are made on this device before a server has heard of them. */
export interface Outgoing {
  /** Whether changes of this record still wait to be sent. */
  isWaiting(module: string, id: string): boolean;
  /** What was refused and not settled since, oldest first. @param id - All records of the module unless given. */
  refused(module: string, id?: string): readonly Refused[];
  /**
   * Makes refused changes once more, over what others made of the records since.
   *
   * @throws {CrmError} What a rule refuses; they stay refused.
   */
  again(refused: Refused): Promise<void>;
  /** Forgets refused changes. */
  discard(refused: Pick<Refused, 'n'>): Promise<void>;
  /** Calls back whenever one of the answers may have changed. @returns How to stop. */
  subscribe(listener: () => void): () => void;
}
