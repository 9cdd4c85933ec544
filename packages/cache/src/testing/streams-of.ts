import type { FollowOptions, SyncDoor } from '@tessera-crm/model/sync-door.js';

export interface Streams {
  /** How many are open. */
  readonly open: number;
  /** How many there were. */
  readonly begun: number;
  /** The modules of which each was to tell; of all where they are undefined. */
  readonly of: readonly (readonly string[] | undefined)[];
  /** Cursors after which somebody asked for news. */
  readonly news: readonly number[];
}

/** Counts the streams of a server, and what is asked instead. The remote is changed in place. */
export const streamsOf = (remote: { readonly sync: SyncDoor }): Streams => {
  const { sync } = remote;
  const begun: FollowOptions[] = [];
  const news: number[] = [];
  const counted: SyncDoor = {
    ...sync,
    follow: (options: FollowOptions) => {
      begun.push(options);
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
      return begun.filter(({ signal }) => !signal.aborted).length;
    },
    get begun() {
      return begun.length;
    },
    get of() {
      return begun.map(({ modules }) => modules);
    },
    news,
  };
};
