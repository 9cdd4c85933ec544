import type { Change } from '../change.ts';
import type { Outcome, Push, Pushed } from '../protocol/sync/messages.ts';
import type { AnyRecord } from '../module.ts';
import type { Store } from '../store.ts';
import type { FeedEvent, FollowOptions, SyncDoor } from '../sync-door.ts';
import { isTrue } from './expect.ts';
import { added } from './store-kit.ts';

/** A door, and what lies behind it as others have it. */
export interface OpenedDoor {
  readonly door: SyncDoor;
  /** Somebody else's way to the same records. */
  readonly others: Store;
  /** Makes everything up to now too old to go on from; absent where that cannot be told. */
  forget?(): Promise<void>;
  /** Counts the caller's rights as changed; absent where there are none. */
  raise?(): Promise<void>;
  close?(): Promise<void>;
}

/** One behaviour: fails by throwing. */
export type DoorRule = (opened: OpenedDoor) => Promise<void>;

export type Values = Readonly<Record<string, unknown>>;

/** Another copy of the program. */
export const newClient = (): string => crypto.randomUUID();

/** A push of mutations whose numbers begin with `from`. */
export const pushOf = (client: string, from: number, ...mutations: readonly (readonly Change[])[]): Push => ({
  client,
  heard: from - 1,
  mutations: mutations.map((changes, index) => ({
    mid: from + index,
    changes: changes as Change[],
  })) as Push['mutations'],
});

/** The outcome at a place, which has to be a success. */
export const successOf = ({ outcomes }: Pushed, index = 0): Outcome & { ok: true } => {
  const outcome = outcomes[index];
  isTrue(outcome?.ok === true, `expected a success, got ${JSON.stringify(outcome)}`);
  return outcome as Outcome & { ok: true };
};

export const account = async ({ others }: OpenedDoor, values: Values = {}): Promise<AnyRecord> =>
  (await added(others, 'accounts', { name: 'Acme', ...values })) as unknown as AnyRecord;

/** The newest number. */
export const headOf = async ({ door }: OpenedDoor): Promise<number> =>
  (await door.query('accounts', { limit: 1 })).asOf;

/** A feed that a rule reads. */
export interface Listening {
  /** Reads on until something is told that passes. */
  until(wanted: (event: FeedEvent) => boolean): Promise<readonly FeedEvent[]>;
}

/** Follows a door as long as the work lasts, and sees to it that the feed ends then. */
export const following = async (
  { door, ...options }: Pick<OpenedDoor, 'door'> & Omit<FollowOptions, 'signal'>,
  work: (feed: Listening) => Promise<void>,
): Promise<void> => {
  const stop = new AbortController();
  const feed = door.follow({ ...options, signal: stop.signal })[Symbol.asyncIterator]();
  try {
    await work({ until: (wanted) => heardUntil(feed, wanted) });
  } finally {
    stop.abort();
    // also of one that waits to be read, which nothing else wakes
    await feed.return?.();
  }
};

const heardUntil = async (
  feed: AsyncIterator<FeedEvent>,
  wanted: (event: FeedEvent) => boolean,
): Promise<readonly FeedEvent[]> => {
  const heard: FeedEvent[] = [];
  for (;;) {
    const { value, done } = await feed.next();
    if (done === true) throw new Error(`the feed ended after ${JSON.stringify(heard)}`);
    const event: FeedEvent = value;
    heard.push(event);
    if (wanted(event)) return heard;
  }
};
