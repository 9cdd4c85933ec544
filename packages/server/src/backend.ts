import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Change } from '@tessera-crm/model/change.js';
import type { Aggregate, Group, Page, Query } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { Tenant } from './auth/access.ts';
import type { Policy } from './auth/rights.ts';
import type { Asking } from './sql/rights.ts';
import type { Stamp } from './store/feed.ts';
import type { RecordImages } from './store/images.ts';
import type { Counted, Turn } from './store/counting.ts';
import type { ExactOptions } from './store/sql-store.ts';
import type { Version } from './store/version.ts';

/** The door to records as the wire needs it: modules are known only at run time, and records have a past. */
export interface RecordStore {
  get(module: string, id: string): Promise<AnyRecord>;
  list(module: string, query?: Query): Promise<Page<AnyRecord, IncludedRecords>>;
  /** What `list` gives, as JSON: whoever only passes a page on need not take it apart. */
  listText(module: string, query?: Query): Promise<string>;
  aggregate(module: string, aggregate: Aggregate): Promise<readonly Group[]>;
  apply(changes: readonly Change[], options?: ExactOptions): Promise<readonly Applied[]>;
  /** Carries out the next mutation of a client and counts it: once, whatever comes of it. */
  push(turn: Turn): Promise<Counted>;
  /** The newest version first. */
  history(module: string, id: string): Promise<readonly Version[]>;
}

/** Changes of a tenant in the order of their commits. */
export interface Feed {
  /** Tells that something was committed, by its number; what it was, `since` says. @returns How to stop. */
  subscribe(tenant: string, wake: (seq: number) => void): () => void;
  /** The events after a cursor, oldest first; null when nobody remembers that far back. */
  since(tenant: string, cursor: number, limit: number): Promise<readonly ChangeEvent[] | null>;
  /** The newest cursor. */
  head(tenant: string): Promise<number>;
  /** What a reply carries; to be asked for before anything else of it. */
  stamp(tenant: string, asking: Asking): Promise<Stamp>;
  /** Whose rights changed after a number, and under which: by principal. */
  raisedAfter(tenant: string, seq: number): Promise<ReadonlyMap<string, number>>;
  /** The number under which anything about people, and what they may do, last changed. */
  peopleVersion(tenant: string): Promise<number>;
  /** From a number on, somebody's rights count as changed. */
  raise(tenant: string, principal: string, seq: number): Promise<void>;
}

/** Who asks a store, and how. */
export interface Caller {
  readonly identity: Identity;
  /** Whose idempotency keys and limits it uses. */
  readonly principal: string;
  readonly requestId?: string;
  /** By which door changes come; `portal` for customers and `api` for others unless told. */
  readonly source?: string;
  /** What the caller is held to within transactions as well. */
  readonly policy?: Policy | null;
}

/** What the wire stands on. */
export interface Backend {
  readonly registry: Registry;
  readonly store: (tenant: Tenant, caller: Caller) => RecordStore;
  readonly feed: Feed;
  readonly images: RecordImages;
  /** @throws {CrmError} `unavailable` when the database does not answer. */
  ping(): Promise<void>;
  /** Stops looking for changes; the database stays open. */
  stop(): Promise<void>;
}
