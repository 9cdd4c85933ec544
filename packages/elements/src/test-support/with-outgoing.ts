import type { Outgoing, Refused } from '@tessera-crm/model/outgoing.js';
import type { Store } from '@tessera-crm/model/store.js';

/** A store that says of some records that their changes wait, and of some changes that they were refused. */
export const withOutgoing = (
  store: Store,
  { waiting = [], refused = [] }: { readonly waiting?: readonly string[]; readonly refused?: readonly Refused[] },
): Store => {
  let left = refused;
  const listeners = new Set<() => void>();
  const discard = async ({ n }: Pick<Refused, 'n'>): Promise<void> => {
    left = left.filter((one) => one.n !== n);
    for (const listener of listeners) listener();
  };
  const outgoing: Outgoing = {
    isWaiting: (_module, id) => waiting.includes(id),
    refused: (module, id) =>
      left.filter(({ changes }) => changes.some((one) => one.module === module && (id === undefined || one.id === id))),
    again: discard,
    discard,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { ...store, outgoing };
};
