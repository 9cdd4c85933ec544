import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Rejected } from './entry.ts';
import type { Pinned } from './pinning.ts';
import type { StorageKind } from './storage.ts';

/** How the cache is, for a line at the edge of a page. */
export interface CacheStatus {
  /** Whether the server was reached when last asked. */
  readonly online: boolean;
  /** How many entries wait to be sent. */
  readonly pending: number;
  /** What the server refused, with everything that was typed in. */
  readonly rejected: readonly Rejected[];
  /** `localstorage`: only what is unsent or refused survives the end of the page; `memory`: nothing does. */
  readonly storage: StorageKind;
  /** How many of the pinned records are here; null without pins. */
  readonly pinned: Pinned | null;
  /** How many records were not as the server had them, though its feed should have told so; they were fetched anew. */
  readonly drifted: number;
  /** Why the database was given up while the page was open: `quota-exceeded` or `storage-unavailable`. */
  readonly trouble: CrmError | null;
}

/** What is known before anything was asked. */
export const statusAtFirst = (): CacheStatus => ({
  online: globalThis.navigator?.onLine !== false,
  pending: 0,
  rejected: [],
  storage: 'memory',
  pinned: null,
  drifted: 0,
  trouble: null,
});
