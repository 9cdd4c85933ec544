import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';
import type { Push, Pushed } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Observer, Store } from '@tessera-crm/model/store.js';
import type { FeedEvent, FollowOptions, SyncDoor } from '@tessera-crm/model/sync-door.js';

type Method = (...args: readonly unknown[]) => unknown;

/** A remote store whose network comes and goes. */
export interface FaultyRemote extends Store {
  readonly sync: SyncDoor;
  isOnline: boolean;
  /** Carried out, but the answer never arrives; so many times. */
  lostAnswers: number;
  /** Refuses mutations with this, until it is undefined again. */
  refusal: ((changes: readonly Change[]) => CrmError | undefined) | undefined;
  /** Client and number of all mutations that arrived. */
  readonly arrived: string[];
}

const network = (): CrmError => new CrmError('network', 'The server cannot be reached.');

/** Puts a network between a store and whoever asks it. */
export const faultyRemote = (store: Store & { readonly sync: SyncDoor }): FaultyRemote => {
  const { sync } = store;
  const guarded =
    <T extends object>(of: T, method: Method): Method =>
    async (...args) => {
      if (!remote.isOnline) throw network();
      return method.apply(of, args as unknown[]);
    };
  const watched =
    (method: Method): Method =>
    (...args) => {
      const observer = args.at(-1) as Observer<unknown>;
      if (remote.isOnline) return method.apply(store, args as unknown[]);
      queueMicrotask(() => observer.error?.(network()));
      return () => {};
    };
  const door: SyncDoor = {
    query: guarded(sync, sync.query as Method) as SyncDoor['query'],
    bulk: (...asked) => bulk(sync, asked, () => remote.isOnline),
    records: guarded(sync, sync.records as Method) as SyncDoor['records'],
    verify: guarded(sync, sync.verify as Method) as SyncDoor['verify'],
    news: guarded(sync, sync.news as Method) as SyncDoor['news'],
    push: guarded(sync, ((given: Push) => push(sync, remote, given)) as Method) as SyncDoor['push'],
    follow: (options) => follow(sync, options, () => remote.isOnline),
  };
  const remote: FaultyRemote = {
    isOnline: true,
    lostAnswers: 0,
    refusal: undefined,
    arrived: [],
    sync: door,
    get: guarded(store, store.get as Method) as Store['get'],
    list: guarded(store, store.list as Method) as Store['list'],
    aggregate: guarded(store, store.aggregate as Method) as Store['aggregate'],
    apply: guarded(store, store.apply as Method) as Store['apply'],
    watch: watched(store.watch as Method) as Store['watch'],
    watchList: watched(store.watchList as Method) as Store['watchList'],
  };
  return remote;
};

/** Refuses what is to be refused, as a server that counted it, and loses answers that are to be lost. */
const push = async (sync: SyncDoor, remote: FaultyRemote, given: Push): Promise<Pushed> => {
  remote.arrived.push(...given.mutations.map(({ mid }) => `${given.client}#${mid}`));
  const refused = new Map(
    given.mutations.flatMap(({ mid, changes }) => {
      const refusal = remote.refusal?.(changes as readonly Change[]);
      return refusal ? [[mid, refusal] as const] : [];
    }),
  );
  const mutations = given.mutations.map((one) => (refused.has(one.mid) ? { ...one, changes: [] } : one));
  const pushed = await sync.push({ ...given, mutations });
  if (remote.lostAnswers > 0) {
    remote.lostAnswers--;
    throw network();
  }
  const outcomes = pushed.outcomes.map((one) => {
    const refusal = refused.get(one.mid);
    return refusal ? { ok: false as const, mid: one.mid, error: toProblem(refusal) } : one;
  });
  return { ...pushed, outcomes };
};

/** Breaks off before the page that comes after the network went. */
async function* bulk(
  sync: SyncDoor,
  asked: Parameters<SyncDoor['bulk']>,
  isOnline: () => boolean,
): ReturnType<SyncDoor['bulk']> {
  if (!isOnline()) throw network();
  for await (const page of sync.bulk(...asked)) {
    if (!isOnline()) throw network();
    yield page;
  }
}

/** What is told while there is no network is told when there is one again. */
async function* follow(
  sync: SyncDoor,
  { cursor, signal }: FollowOptions,
  isOnline: () => boolean,
): AsyncGenerator<FeedEvent> {
  let at = cursor;
  while (!signal.aborted) {
    if (!isOnline()) yield { type: 'lost', error: network() };
    while (!isOnline() && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 2));
    const stream = new AbortController();
    for await (const event of sync.follow({ cursor: at, signal: AbortSignal.any([signal, stream.signal]) })) {
      if (!isOnline()) break;
      if ('seq' in event) at = event.seq;
      if (event.type === 'reset') at = undefined;
      yield event;
    }
    stream.abort();
  }
}
