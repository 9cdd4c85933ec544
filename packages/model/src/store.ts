import type { Change } from './change.ts';
import type { CrmError } from './errors.ts';
import type { Outgoing } from './outgoing.ts';
import type { SyncDoor } from './sync-door.ts';
import type { Aggregate, Group, PageOf, PathOf, QueryOf } from './query/query.ts';
import type { IdOf, RecordOf } from './records.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What a watcher is told: the value now and after every change of it. */
export interface Observer<T> {
  next(value: T): void;
  /** The value cannot be had at the moment; watching goes on and `next` follows when it can. */
  error?(error: CrmError): void;
}

export interface ApplyOptions extends CallOptions {
  /** True: all changes or none, which is the rule. False: each stands for itself. */
  readonly atomic?: boolean;
  /** The same key with the same changes is carried out once, however often it is sent. */
  readonly idempotencyKey?: string;
}

/** How one change of a batch ended. */
export type Applied =
  | {
      readonly ok: true;
      readonly module: string;
      readonly id: string;
      /** The record as it is now; null when it is not for this identity's eyes. */
      readonly record: RecordOf<string> | null;
      /** What an action answered. */
      readonly result?: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly module: string; readonly id: string | undefined; readonly error: CrmError };

/**
 * The one door between elements and data. Memory, HTTP, IndexedDB, SQL and connectors implement it;
 * whoever holds it never knows which. Errors are always `CrmError`.
 */
export interface Store {
  /** What waits here, where changes are made before a server carries them out; else nothing ever waits. */
  readonly outgoing?: Outgoing;
  /** How a cache stays in step with it; a store without it is asked again and again instead. */
  readonly sync?: SyncDoor;
  /** @throws {CrmError} `not-found` when it does not exist, is deleted, or may not be seen. */
  get<K extends string>(module: K, id: IdOf<NoInfer<K>>, options?: CallOptions): Promise<RecordOf<K>>;
  list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    options?: CallOptions,
  ): Promise<PageOf<K, I>>;
  aggregate<K extends string>(module: K, aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]>;
  /**
   * Carries out changes in order. An atomic batch rejects as a whole with the first error; otherwise the answer
   * says for each change how it ended.
   */
  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]>;
  /** Tells about one record: null once it is deleted or out of sight. @returns How to stop. */
  watch<K extends string>(module: K, id: IdOf<NoInfer<K>>, observer: Observer<RecordOf<K> | null>): () => void;
  /** Tells about a page of a list. @returns How to stop. */
  watchList<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query: QueryOf<K, I>,
    observer: Observer<PageOf<K, I>>,
  ): () => void;
}
