import type { Registry } from '@tessera-crm/model/registry.js';
import type { Access } from '../auth/access.ts';
import type { Policy } from '../auth/rights.ts';
import type { RecordStore } from '../backend.ts';

/** One request on its way to a handler. */
export interface Call {
  readonly request: Request;
  /** Given to every request, told in `X-Request-Id` and in the log. */
  readonly id: string;
  /** The part of the path that a route names, such as `module`; empty when it has none of that name. */
  param(name: string): string;
  /** The query string. */
  readonly search: string;
  /** The sender's network address; empty when the adapter does not tell. */
  readonly address: string;
}

/** A request whose sender is known. */
export interface KnownCall extends Call {
  readonly access: Access;
  /** What holds the sender back; null for nothing. */
  readonly policy: Policy | null;
  /** The records in the eyes of the sender. */
  readonly store: RecordStore;
  /** All records, past the policy: only to find out what the policy cannot know. */
  readonly allRecords: RecordStore;
  readonly registry: Registry;
  /** What stands before `/v1` in addresses. */
  readonly basePath: string;
  now(): Date;
  /** The same under the rights of now, which may be others than when it came in. */
  asOfNow(): Promise<KnownCall>;
  /** A fresh UUIDv7. */
  newId(): string;
}
