import { outgoingFile } from '@tessera-crm/model/outgoing-file.js';
import type { Outgoing, OutgoingState, Refused, WaitingChanges } from '@tessera-crm/model/outgoing.js';
import type { Store } from '@tessera-crm/model/store.js';
import { switchStore } from './switch-store.ts';

export interface OutgoingOptions {
  /** Ids of records whose changes wait. */
  readonly waiting?: readonly string[];
  readonly entries?: readonly WaitingChanges[];
  readonly refused?: readonly Refused[];
  readonly state?: Partial<OutgoingState>;
  /** Whether what waits is sent when somebody tries. */
  readonly isHealed?: boolean;
}

/** A store that says of some records that their changes wait, and of some changes that they were refused. */
export const withOutgoing = (store: Store, options: OutgoingOptions): Store => ({
  // As an object of its own, because stores may be of classes
  ...switchStore(store),
  outgoing: outgoingOf(options),
});

const outgoingOf = ({
  waiting = [],
  entries = [],
  refused = [],
  state,
  isHealed = false,
}: OutgoingOptions): Outgoing => {
  let left = refused;
  let now: OutgoingState = { online: true, storage: 'indexeddb', trouble: null, ...state };
  let unsent = entries;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const discard = async ({ n }: Pick<Refused, 'n'>): Promise<void> => {
    left = left.filter((one) => one.n !== n);
    tell();
  };
  const retry = async (): Promise<boolean> => {
    if (isHealed) [unsent, now] = [[], { ...now, online: true }];
    tell();
    return unsent.length === 0;
  };
  return {
    get state() {
      return now;
    },
    waiting: () => unsent,
    isWaiting: (_module, id) => waiting.includes(id),
    refused: (module, id) => left.filter((one) => concerns(one, module, id)),
    retry,
    again: discard,
    discard,
    export: async () => outgoingFile({ waiting: unsent, refused: left, savedAt, titleOf: () => undefined }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

const savedAt = '2026-06-15T10:00:00Z';

const concerns = ({ changes }: Refused, module: string | undefined, id: string | undefined): boolean =>
  changes.some((one) => (module ?? one.module) === one.module && (id ?? one.id) === one.id);
