import type { Change } from '@tessera-crm/model/change.js';
import { recordOfIdentity } from '@tessera-crm/model/identity.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Settle } from '@tessera-crm/model/rules/settle.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { ChangeClock } from '../sql/change-clock.ts';
import type { Scene } from '../sql/conditions.ts';

/** What an identity may see and do at most, beside being a member of the tenant. */
export interface Limits {
  /** The records of a module that exist for it: part of every query, also of those that reach through relations. */
  scope(module: Module): Filter;
  /** The records that it may change so; null for all that exist for it. */
  writable?(change: Change, module: Module): Filter | null;
  /** Whether it may make records of a module, or change them, in such a way that they do not exist for it any more. */
  mayHandOver?(module: Module): boolean;
  /** @throws {CrmError} `forbidden` for a change that it may not ask for, whatever the record */
  mayWrite?(change: Change, module: Module): void;
}

/** For whom a store works, and in what surroundings. */
export interface StoreContext {
  readonly tenant: string;
  readonly registry: Registry;
  readonly identity: Identity;
  readonly settings: Settings;
  /** By which door changes come: `api`, `import`; new records say so. */
  readonly source: string;
  readonly requestId: string | null;
  readonly limits: Limits | undefined;
  /** Where the numbers of changes come from. */
  readonly clock: ChangeClock;
  /** What becomes of fields that others changed as well, in mutations of clients. */
  readonly settle: Settle;
  /** RFC 3339 in UTC, with milliseconds. */
  now(): string;
  newId(): string;
}

/** Who did it, as changes name them: `users:<id>`; null for the system itself. */
export const actorOf = (identity: Identity): string | null => {
  const who = recordOfIdentity(identity);
  return who && `${who.module}:${who.id}`;
};

/** Everything of the tenant: what rules see. */
export const wholeScene = ({ tenant, registry }: StoreContext): Scene => ({ tenant, registry });

/** What the identity sees. */
export const sceneOf = ({ tenant, registry, limits }: StoreContext): Scene =>
  limits ? { tenant, registry, scope: (module) => limits.scope(module) } : { tenant, registry };
