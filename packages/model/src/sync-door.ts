import type { ChangeEvent } from './protocol/events.ts';
import type { Pushed, Push, SyncNews, SyncPage, Verified } from './protocol/sync/messages.ts';
import type { Query } from './query/query.ts';
import type { CallOptions } from './store.ts';

/** Records by name, with the versions that the caller has; 0 for none. */
export type KnownVersions = readonly (readonly [id: string, version: number])[];

/** What the feed tells of the records, and of itself. */
export type FeedEvent =
  /** It flows from now on; without a cursor, what came before is unknown. */
  | { readonly type: 'open'; readonly cursor: number | undefined }
  | ({ readonly type: 'change' } & ChangeEvent)
  /** Where to go on from, should it break now. */
  | { readonly type: 'at'; readonly seq: number }
  /** Under which number one's rights last changed. */
  | { readonly type: 'rights'; readonly aclSeq: number }
  /** Too much was missed: everything has to be read again. */
  | { readonly type: 'reset' }
  /** It cannot be had at the moment; it goes on trying. */
  | { readonly type: 'lost'; readonly error: unknown };

export interface BulkOptions extends CallOptions {
  /** The `next` of a page taken before: goes on after it. */
  readonly after?: string | undefined;
}

export interface NewsOptions extends CallOptions {
  /** Of which to tell; of all of them unless given. Those that nobody knows are ignored. */
  readonly modules?: readonly string[] | undefined;
}

export interface FollowOptions {
  /** As of news. */
  readonly modules?: readonly string[] | undefined;
  /** The number after which to go on; from now on, when absent. */
  readonly cursor?: number | undefined;
  /** Ends it; nothing else does. */
  readonly signal: AbortSignal;
}

/** What was told after a cursor. */
export interface FeedNews {
  readonly events: readonly ChangeEvent[];
  /** Where it ended. */
  readonly cursor: number;
  readonly aclSeq: number;
  /** So much was missed that everything has to be read again. */
  readonly reset?: true;
}

/**
 * A server that can be kept in step with: see `protocol/sync/SPEC.md`. All of it rejects with a `CrmError`, as a store
 * does.
 */
export interface SyncDoor {
  /** A page of whole records, whatever fields the query names. */
  query(module: string, query: Query, options?: CallOptions): Promise<SyncPage>;
  /**
   * All whole records that fit a filter, in the order of their ids: pages of 500 at most, each with numbers of its own,
   * the last with `next: null`. There is always one. Whoever breaks off goes on later after the last page.
   */
  bulk(module: string, query: Pick<Query, 'where'>, options?: BulkOptions): AsyncIterable<SyncPage>;
  /** @param known - 1,000 at most. */
  records(module: string, known: KnownVersions, options?: CallOptions): Promise<SyncNews>;
  /** @param known - 1,000 at most. */
  verify(module: string, known: KnownVersions, options?: CallOptions): Promise<Verified>;
  push(push: Push): Promise<Pushed>;
  /** What changed after a cursor; waits for it up to half a minute where nothing did yet. */
  news(cursor: number, options?: NewsOptions): Promise<FeedNews>;
  /** Changes as they are committed, for ever. */
  follow(options: FollowOptions): AsyncIterable<FeedEvent>;
}
