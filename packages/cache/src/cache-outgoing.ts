import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Outgoing, Refused } from '@tessera-crm/model/outgoing.js';

export interface CacheOutgoingOptions {
  readonly isWaiting: (module: string, id: string) => boolean;
  readonly rejected: () => readonly Refused[];
  /** The record as it is now, asked for once more where that is possible. */
  readonly fresh: (module: string, id: string) => Promise<AnyRecord | undefined>;
  readonly apply: (changes: readonly Change[]) => Promise<unknown>;
  readonly discard: (refused: Pick<Refused, 'n'>) => Promise<void>;
}

/** What of a cache's outbox concerns the person: which records wait, and what the server refused. */
export class CacheOutgoing implements Outgoing {
  readonly #options: CacheOutgoingOptions;
  readonly #listeners = new Set<() => void>();

  constructor(options: CacheOutgoingOptions) {
    this.#options = options;
  }

  isWaiting(module: string, id: string): boolean {
    return this.#options.isWaiting(module, id);
  }

  refused(module: string, id?: string): readonly Refused[] {
    const concerns = (change: Change): boolean => change.module === module && (id === undefined || change.id === id);
    return this.#options.rejected().filter(({ changes }) => changes.some(concerns));
  }

  async again(refused: Refused): Promise<void> {
    const { apply, discard } = this.#options;
    await apply(await Promise.all(refused.changes.map((change) => this.#onTop(change))));
    await discard(refused);
  }

  discard(refused: Pick<Refused, 'n'>): Promise<void> {
    return this.#options.discard(refused);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Based on what the person sees now; what somebody changes from here on is a conflict again. */
  async #onTop(change: Change): Promise<Change> {
    if (!('base' in change)) return change;
    const { base: _base, ...rest } = change;
    const record = await this.#options.fresh(change.module, change.id);
    return record ? { ...rest, base: record.version } : rest;
  }
}
