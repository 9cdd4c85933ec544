import type { FollowOptions, SyncDoor } from '@tessera-crm/model/sync-door.js';

export interface Streams {
  /** How many are open. */
  readonly open: number;
  /** How many there were. */
  readonly begun: number;
  /** Cursors after which somebody asked for news. */
  readonly news: readonly number[];
}

/** Counts the streams of a server, and what is asked instead. The remote is changed in place. */
export const streamsOf = (remote: { readonly sync: SyncDoor }): Streams => {
  const { sync } = remote;
  const signals: AbortSignal[] = [];
  const news: number[] = [];
  const counted: SyncDoor = {
    ...sync,
    follow: (options: FollowOptions) => {
      signals.push(options.signal);
      return sync.follow(options);
    },
    news: (cursor, options) => {
      news.push(cursor);
      return sync.news(cursor, options);
    },
  };
  Object.assign(remote, { sync: counted });
  return {
    get open() {
      return signals.filter(({ aborted }) => !aborted).length;
    },
    get begun() {
      return signals.length;
    },
    news,
  };
};
