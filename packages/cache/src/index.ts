export { createCache, type CacheOptions } from './create-cache.ts';
export type { Cache } from './cache.ts';
export type { CacheStatus } from './cache-status.ts';
export type { WipeOptions } from './delete-cache.ts';
export type { Entry, Patch, Rejected } from './entry.ts';
export type { IndexedDb } from './indexed-db-storage.ts';
export type { Pin } from './pin.ts';
export type { Pinned } from './pinning.ts';
export type { Observable } from './observable.ts';
