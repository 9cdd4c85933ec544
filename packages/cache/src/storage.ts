import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Entry, Rejected } from './entry.ts';

/** A record as the server last gave it; null when it is gone. */
export interface Stored {
  readonly module: string;
  readonly id: string;
  readonly record: AnyRecord | null;
}

/** The server's last answer to a query, by ids. */
export interface StoredPage {
  readonly ids: readonly string[];
  readonly next: string | null;
  readonly count?: number;
}

/** A page, and the question that it answers. */
export interface KeptPage {
  readonly key: string;
  readonly module: string;
  readonly page: StoredPage;
}

/** What a cache keeps between visits. The outbox is kept strictly; everything else can be had again. */
export interface Storage {
  readonly kind: 'indexeddb' | 'memory';
  records(module: string): Promise<readonly AnyRecord[]>;
  page(key: string): Promise<StoredPage | undefined>;
  /** Keeps records and the page they came with, in one transaction. Of two versions of a record the higher one stays. */
  keep(records: readonly Stored[], page?: KeptPage): Promise<void>;
  outbox(): Promise<readonly Entry[]>;
  /** Puts an entry at the end of the queue, or writes over the one with its number. @returns Its number. */
  enqueue(entry: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number>;
  /** Takes an entry from the queue; kept among the rejected ones if it was refused. */
  settle(n: number, rejected?: Rejected): Promise<void>;
  rejected(): Promise<readonly Rejected[]>;
  discard(n: number): Promise<void>;
  /** Deletes everything. */
  wipe(): Promise<void>;
  close(): void;
}
