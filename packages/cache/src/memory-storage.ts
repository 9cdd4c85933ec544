import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Entry, Rejected } from './entry.ts';
import type { KeptPage, Storage, Stored, StoredPage } from './storage.ts';

/** Where the browser keeps nothing: the same behaviour until the page closes. */
export class MemoryStorage implements Storage {
  readonly kind = 'memory';
  readonly #outbox = new Map<number, Entry>();
  readonly #rejected = new Map<number, Rejected>();
  readonly #pages = new Map<string, StoredPage>();
  #last = 0;

  /** @param entries - What could not be kept elsewhere any more. */
  constructor(entries: readonly Entry[] = []) {
    for (const entry of entries) void this.enqueue(entry);
  }

  /** None beyond those that the cache holds in memory anyway. */
  async records(): Promise<readonly AnyRecord[]> {
    return [];
  }

  async page(key: string): Promise<StoredPage | undefined> {
    return this.#pages.get(key);
  }

  async keep(_records: readonly Stored[], page?: KeptPage): Promise<void> {
    if (page) this.#pages.set(page.key, page.page);
  }

  async outbox(): Promise<readonly Entry[]> {
    return [...this.#outbox.values()];
  }

  async enqueue(entry: Omit<Entry, 'n'> & { readonly n?: number }): Promise<number> {
    const n = entry.n ?? this.#last + 1;
    this.#last = Math.max(this.#last, n);
    this.#outbox.set(n, { ...entry, n });
    return n;
  }

  async settle(n: number, rejected?: Rejected): Promise<void> {
    this.#outbox.delete(n);
    if (rejected) this.#rejected.set(n, rejected);
  }

  async rejected(): Promise<readonly Rejected[]> {
    return [...this.#rejected.values()];
  }

  async discard(n: number): Promise<void> {
    this.#rejected.delete(n);
  }

  async wipe(): Promise<void> {
    for (const kept of [this.#outbox, this.#rejected, this.#pages]) kept.clear();
  }

  close(): void {}
}
