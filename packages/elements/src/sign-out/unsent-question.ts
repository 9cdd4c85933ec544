import type { Outgoing } from '@tessera-crm/model/outgoing.js';
import type { CrmInstance } from '../frame/instance.ts';

/** What somebody who signs out has to decide about what no server took. */
export interface UnsentQuestion {
  readonly crm: CrmInstance;
  /** Where it waits, by what the backend is called. */
  readonly sources: readonly { readonly name: string; readonly outgoing: Outgoing }[];
  /** Whether it can stay on this device. */
  readonly mayKeep: boolean;
  /** Whether it is encrypted there. */
  readonly isEncrypted: boolean;
}

/** `sent`: there is nothing to be decided any more. */
export type UnsentAnswer = 'sent' | 'kept' | 'saved' | 'discarded' | 'cancelled';

/** How much there is to be decided about. */
export interface UnsentCounts {
  readonly waiting: number;
  /** When the oldest of these was made; RFC 3339. */
  readonly since: string | undefined;
  readonly refused: number;
}

export const countsOf = (sources: UnsentQuestion['sources']): UnsentCounts => {
  const waiting = sources.flatMap(({ outgoing }) => outgoing.waiting());
  const refused = sources.flatMap(({ outgoing }) => outgoing.refused());
  return { waiting: waiting.length, since: waiting.map(({ at }) => at).toSorted()[0], refused: refused.length };
};
