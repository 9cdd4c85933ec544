import type { Store } from '@tessera-crm/model/store.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Circumstances } from './prediction.ts';
import type { Position, Unsent } from './storage.ts';
import type { StorageInUse } from './storage-in-use.ts';

/** What a cache is made of. */
export interface CacheParts {
  readonly remote: Store;
  readonly door: SyncDoor;
  readonly name: string;
  readonly locks: LockManager | null | undefined;
  readonly circumstances: Circumstances;
  /** That of the storage. */
  readonly epoch: number;
  /** Milliseconds between two looks whether what is held is what the server has; ten minutes unless given. */
  readonly driftEvery?: number;
}

/** Where a cache keeps things, and what earlier visits left there. */
export interface Found {
  readonly storage: StorageInUse;
  readonly position: Position;
  /** What is unsent or was refused, where that was read already. */
  readonly unsent?: Unsent | undefined;
  /** Why there is no database, as the browser says it. */
  readonly refusal?: unknown;
}
