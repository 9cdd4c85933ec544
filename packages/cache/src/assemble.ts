import type { Store } from '@tessera-crm/model/store.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { CacheStatus } from './cache-status.ts';
import { Changing } from './changing.ts';
import { watchDrift, type DriftWatchOptions } from './drift-watch.ts';
import { EpochUse } from './epoch-use.ts';
import { Errands } from './errands.ts';
import { LateFeed } from './late-feed.ts';
import { Keeping } from './keeping.ts';
import { Leadership } from './leadership.ts';
import type { LocalRecords } from './local-records.ts';
import type { Observable } from './observable.ts';
import { Outbox } from './outbox.ts';
import type { PinningOptions } from './pinning.ts';
import type { Circumstances } from './prediction.ts';
import { ServerSide, type Asked } from './server-side.ts';
import type { Storage } from './storage.ts';
import type { TabMessage } from './tabs.ts';
import type { Watchers } from './watchers.ts';

export interface AssembleOptions extends Pick<DriftWatchOptions, 'driftEvery'> {
  readonly remote: Store;
  readonly door: SyncDoor;
  readonly name: string;
  readonly epoch: number;
  readonly locks: LockManager | null | undefined;
  readonly circumstances: Circumstances;
  readonly records: LocalRecords;
  readonly watchers: Watchers;
  readonly storage: () => Storage;
  readonly status: Observable<CacheStatus>;
  readonly reached: (isOnline: boolean) => void;
  /** The storage fails: from now on there is another one. */
  readonly lost: (cause: unknown) => Promise<Storage>;
  readonly tell: (message: TabMessage) => void;
  /** What waits may be other than before. */
  readonly changed: () => void;
  /** Aborts when the cache closes. */
  readonly signal: AbortSignal;
  /** Something was refused. */
  readonly refused: () => Promise<void>;
}

export interface Assembled {
  readonly keeping: Keeping;
  readonly errands: Errands;
  readonly server: ServerSide;
  readonly outbox: Outbox;
  readonly changing: Changing;
  readonly feed: LateFeed;
  readonly leadership: Leadership;
  readonly epochUse: EpochUse;
  /** Fetches these sets from now on, in place of others. */
  readonly pin: (sets: readonly Asked[]) => Promise<void>;
}

/** What fetches pinned sets, in place of those before. */
const pinningWith = (
  options: Omit<PinningOptions, 'sets' | 'pinned'> & Pick<AssembleOptions, 'status'>,
): Assembled['pin'] => {
  const pinned: PinningOptions['pinned'] = (how) => options.status.change({ pinned: how });
  let pinning = new AbortController();
  return async (sets) => {
    pinning.abort();
    const mine = (pinning = new AbortController());
    pinned(null);
    if (sets.length === 0) return;
    const { Pinning } = await import('./pinning.ts');
    const signal = AbortSignal.any([options.signal, mine.signal]);
    if (!signal.aborted) new Pinning({ ...options, pinned, sets, signal });
  };
};

/** The parts of a cache that talk to each other. None of them asks for the storage before the cache starts. */
export const assemble = (given: AssembleOptions): Assembled => {
  const { records, watchers, status } = given;
  const { truth } = records;
  const options = { ...given, isOnline: () => status.current.online };
  const keeping = new Keeping({ ...options, truth });
  const reach = <T>(answer: Promise<T>): Promise<T> => server.reach(answer);
  const errands = new Errands({
    ...options,
    truth,
    reach,
    missing: () => outbox.missing(),
    isLed: () => !leadership.isLeader,
  });
  const server: ServerSide = new ServerSide({ ...options, keeping, errands, tell: () => watchers.tell() });
  const leadership = new Leadership({
    name: `${options.name}/leader`,
    gained: () => {
      void outbox.reload();
      feed.led();
    },
    lost: () => feed.led(),
  });
  const outbox: Outbox = new Outbox({ ...options, keeping, errands, leadership });
  const changing = new Changing({ ...options, outbox, server });
  const feed: LateFeed = new LateFeed({
    ...options,
    truth,
    leadership,
    reach,
    isWaiting: () => outbox.size > 0 && !outbox.mayPush,
    heard: (module, id) => watchers.heard(module, id),
    unsure: () => watchers.unsure(),
    reset: () => keeping.beginAnew(),
  });
  const pin = pinningWith({ ...options, parts: { keeping, leadership, server, feed } });
  watchDrift({ ...options, truth, reach, isLeader: () => leadership.isLeader });
  return { keeping, errands, server, outbox, changing, feed, leadership, epochUse: new EpochUse(options), pin };
};
