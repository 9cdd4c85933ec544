import type { Store } from '@tessera-crm/model/store.js';

/** What elements need of the cache beside the store that it is. */
export interface OfflineStore extends Store {
  readonly status: OfflineStatusSource;
  /** Empties what it holds on this device. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

export interface OfflineStatus {
  readonly online: boolean;
  /** Changes that wait to be sent. */
  readonly pending: number;
  /** Changes that the server refused. */
  readonly rejected: number;
  readonly storage: 'indexeddb' | 'memory';
}

export interface OfflineStatusSource {
  readonly value: OfflineStatus;
}

/**
 * The cache over a remote store; null where it cannot be had, and elements go on without.
 *
 * @param isKept - Whether it stays on this device; else it lives as long as the page.
 */
export const openOfflineStore = async (remote: Store, name: string, isKept: boolean): Promise<OfflineStore | null> => {
  void [remote, name, isKept];
  return null;
};
