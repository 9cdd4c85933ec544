import { CrmError } from '@tessera-crm/model/errors.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Following } from './following.ts';
import type { RemoteStore } from './remote-store.ts';

// What a remote store does beyond reading: a page that only shows a record never fetches it, and what is larger than
// this comes with the first use.

export { applyRemotely } from './apply-remotely.ts';

export const follow = async (store: RemoteStore): Promise<Following> => {
  const code = await import('./following.ts').catch(unloaded);
  return new code.Following(store);
};

/** Asks the door of a store for something; what `follow` gives comes in a promise as well. */
export const ask = async <N extends keyof SyncDoor>(
  store: RemoteStore,
  name: N,
  asked: Parameters<SyncDoor[N]>,
): Promise<Awaited<ReturnType<SyncDoor[N]>>> => {
  const code = await import('./remote-sync.ts').catch(unloaded);
  const door: SyncDoor = new code.RemoteSync(store);
  // a name and the arguments of one and the same method
  return (door[name] as (...args: Parameters<SyncDoor[N]>) => Awaited<ReturnType<SyncDoor[N]>>)(...asked);
};

const unloaded = (cause: unknown): never => {
  throw new CrmError('load-failed', 'A part of the client', {}, cause);
};
