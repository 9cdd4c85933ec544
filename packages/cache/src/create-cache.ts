import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { defaultSettings, type Settings } from '@tessera-crm/model/settings.js';
import type { Store } from '@tessera-crm/model/store.js';
import { Cache } from './cache.ts';
import type { EarlierEpochsOptions } from './earlier-epochs.ts';
import type { IndexedDb } from './indexed-db-storage.ts';
import { epoch } from './epoch.ts';
import { openStorage } from './open-storage.ts';
import { IdleWork } from './idle-work.ts';
import type { Pin } from './pin.ts';
import type { Texts } from './shelf-places.ts';
import { StorageInUse } from './storage-in-use.ts';

export interface CacheOptions {
  /** Where records come from and changes go to. */
  readonly remote: Store;
  /** One per server, tenant and person: `crm.example.org/acme/anna`. */
  readonly name: string;
  /** The modules, whose rules say at once what a change will come to. */
  readonly registry: Registry;
  readonly identity?: Identity;
  readonly settings?: Partial<Settings>;
  /** Another IndexedDB than the page's own; null keeps everything in memory. */
  readonly indexedDB?: IndexedDb | null;
  /** Another one than the page's own for unsent work that IndexedDB does not take; null keeps that in memory. */
  readonly localStorage?: Texts | null;
  /** Bytes that the records here may take on the device, about; 50 MB unless given, 200 MB with pins. What was not used for long makes way. */
  readonly budget?: number;
  /** Records that are fetched before anybody looks at them, so that they are at hand offline: see `Cache.pin`. */
  readonly pins?: readonly Pin[];
  /** Encrypts what is kept on the device: a key for HKDF with the usage `deriveKey`. The same one opens it again. */
  readonly key?: CryptoKey;
  /** Other locks than the page's own; null makes every tab send. */
  readonly locks?: LockManager | null;
  /** RFC 3339, UTC; the machine's clock unless given. Nothing that counts depends on it. */
  readonly now?: () => string;
}

/** Bytes. */
const budgetWithPins = 200_000_000;

/**
 * Opens a cache, with what an earlier visit left in it. Where the browser stores nothing it works from memory, and
 * says so in `status`.
 *
 * @throws {CrmError} As `Cache.pin`.
 */
export const createCache = async (options: CacheOptions): Promise<Cache> => {
  const { remote, name, registry, identity = { type: 'system' }, settings, indexedDB, key } = options;
  const budget = options.budget ?? (options.pins?.length ? budgetWithPins : undefined);
  const { pins = [], locks = globalThis.navigator?.locks, now = () => new Date().toISOString() } = options;
  const circumstances = { registry, identity, settings: { ...defaultSettings, ...settings }, now };
  const begun = { cursor: 0 };
  const made = async (): Promise<Cache> => {
    const door = remote.sync ?? (await import('./door-over.ts')).doorOver(remote, () => begun.cursor + 1);
    return new Cache({ remote, door, name, epoch, locks, circumstances });
  };
  const { localStorage } = options;
  const opened = await openStorage(name, { indexedDb: indexedDB, localStorage, budget, key }, made);
  begun.cursor = opened.position.standing.cursor ?? 0;
  const storage = new StorageInUse(opened);
  const cache = await opened.made.start({ ...opened, storage });
  if (storage.current.kind === 'indexeddb')
    leaveEarlierEpochs({ name, epoch, indexedDb: indexedDB ?? {}, locks }, cache.closed);
  try {
    if (pins.length > 0) await cache.pin(pins);
    return cache;
  } catch (error) {
    await cache.close();
    throw error;
  }
};

/** When the page is idle. Nobody hears that it failed: the next visit tries it again. */
const leaveEarlierEpochs = (options: EarlierEpochsOptions, signal: AbortSignal): void => {
  const work = new IdleWork(async () => (await import('./earlier-epochs.ts')).deleteEarlierEpochs(options));
  work.soon();
  signal.addEventListener('abort', () => void work.stop(), { once: true });
};
