import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Applied, ApplyOptions, Observer, Store } from '@tessera-crm/model/store.js';

type Method = (...args: readonly unknown[]) => unknown;

/** A remote store whose network comes and goes. */
export interface FaultyRemote extends Store {
  isOnline: boolean;
  /** Carried out, but the answer never arrives; so many times. */
  lostAnswers: number;
  /** Refuses batches with this, until it is undefined again. */
  refusal: ((changes: readonly Change[]) => CrmError | undefined) | undefined;
  /** The keys of all batches that arrived. */
  readonly arrived: (string | undefined)[];
}

const network = (): CrmError => new CrmError('network', 'The server cannot be reached.');

/** Puts a network between a store and whoever asks it. */
export const faultyRemote = (store: Store): FaultyRemote => {
  const guarded =
    (method: Method): Method =>
    async (...args) => {
      if (!remote.isOnline) throw network();
      return method.apply(store, args as unknown[]);
    };
  const watched =
    (method: Method): Method =>
    (...args) => {
      const observer = args.at(-1) as Observer<unknown>;
      if (remote.isOnline) return method.apply(store, args as unknown[]);
      queueMicrotask(() => observer.error?.(network()));
      return () => {};
    };
  const apply = async (changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]> => {
    remote.arrived.push(options?.idempotencyKey);
    const refusal = remote.refusal?.(changes);
    if (refusal) throw refusal;
    const results = await store.apply(changes, options);
    if (remote.lostAnswers > 0) {
      remote.lostAnswers--;
      throw network();
    }
    return results;
  };
  const remote: FaultyRemote = {
    isOnline: true,
    lostAnswers: 0,
    refusal: undefined,
    arrived: [],
    get: guarded(store.get as Method) as Store['get'],
    list: guarded(store.list as Method) as Store['list'],
    aggregate: guarded(store.aggregate as Method) as Store['aggregate'],
    apply: guarded(apply as unknown as Method) as Store['apply'],
    watch: watched(store.watch as Method) as Store['watch'],
    watchList: watched(store.watchList as Method) as Store['watchList'],
  };
  return remote;
};
