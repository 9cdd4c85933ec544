import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Change } from '@tessera-crm/model/change.js';
import type { Aggregate, Group, Page, Query } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Applied, ApplyOptions } from '@tessera-crm/model/store.js';
import type { Tenant } from './auth/access.ts';

/** One version of a record's past. */
export interface Version {
  readonly version: number;
  readonly at: string;
  readonly by: { readonly module: string; readonly id: string } | null;
  readonly op: string;
  readonly source: string | null;
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[];
}

/** The door to records as the wire needs it: modules are known only at run time, and records have a past. */
export interface RecordStore {
  get(module: string, id: string): Promise<AnyRecord>;
  list(module: string, query?: Query): Promise<Page<AnyRecord, IncludedRecords>>;
  aggregate(module: string, aggregate: Aggregate): Promise<readonly Group[]>;
  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]>;
  /** The newest version first. */
  history(module: string, id: string): Promise<readonly Version[]>;
}

/** Changes of a tenant in the order of their commits. */
export interface Feed {
  /** Tells that something was committed; what it was, `since` says. @returns How to stop. */
  subscribe(tenant: string, wake: () => void): () => void;
  /** The events after a cursor, oldest first; null when nobody remembers that far back. */
  since(tenant: string, cursor: number, limit: number): Promise<readonly ChangeEvent[] | null>;
  /** The newest cursor. */
  head(tenant: string): Promise<number>;
}

/** What the wire stands on. */
export interface Backend {
  readonly registry: Registry;
  store(
    tenant: Tenant,
    caller: { readonly identity: Identity; readonly principal: string; readonly requestId?: string },
  ): RecordStore;
  readonly feed: Feed;
  /** @throws {CrmError} `unavailable` when the database does not answer. */
  ping(): Promise<void>;
}
