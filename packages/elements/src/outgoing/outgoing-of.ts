import type { Outgoing } from '@tessera-crm/model/outgoing.js';
import type { LateStore } from '../data/late-store.ts';
import type { Backend } from '../frame/instance.ts';

/** What waits on this device for a backend; undefined where changes go to the server at once. Never rejects. */
export const outgoingOf = async (source: Backend): Promise<Outgoing | undefined> => {
  try {
    const { store } = source;
    const arrived = 'arrived' in store ? await (store as LateStore).arrived() : store;
    // Whether anything is kept here is known only now
    return (await source.offline)?.outgoing ?? arrived.outgoing;
  } catch {
    return undefined;
  }
};
