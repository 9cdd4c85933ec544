import type { Change } from '@tessera-crm/model/change.js';
import type { Outgoing, OutgoingState, Refused, WaitingChanges } from '@tessera-crm/model/outgoing.js';
import type { OutgoingFile } from '@tessera-crm/model/outgoing-file.js';
import type { Assembled } from './assemble.ts';
import type { CacheStatus } from './cache-status.ts';
import type { LocalRecords } from './local-records.ts';
import type { Circumstances } from './prediction.ts';

export interface CacheOutgoingOptions {
  readonly circumstances: () => Circumstances;
  readonly status: () => CacheStatus;
  readonly parts: () => Pick<Assembled, 'outbox' | 'server' | 'feed'> & { readonly records: LocalRecords };
  readonly flush: () => Promise<boolean>;
  readonly apply: (changes: readonly Change[]) => Promise<unknown>;
  readonly discard: (refused: Pick<Refused, 'n'>) => Promise<void>;
}

/** What of a cache's outbox concerns the person: what waits, and what the server refused. */
export class CacheOutgoing implements Outgoing {
  readonly #options: CacheOutgoingOptions;
  readonly #listeners = new Set<() => void>();

  constructor(options: CacheOutgoingOptions) {
    this.#options = options;
  }

  get state(): OutgoingState {
    const { online, storage, trouble } = this.#options.status();
    return { online, storage, trouble };
  }

  waiting(): readonly WaitingChanges[] {
    return this.#options.parts().outbox.waiting.map(({ n, at, changes }) => ({ n, at, changes }));
  }

  isWaiting(module: string, id: string): boolean {
    return this.#options.parts().outbox.concerns(module, id);
  }

  refused(module?: string, id?: string): readonly Refused[] {
    const { rejected } = this.#options.status();
    if (module === undefined) return rejected;
    const concerns = (change: Change): boolean => change.module === module && (id === undefined || change.id === id);
    return rejected.filter(({ changes }) => changes.some(concerns));
  }

  /** Also where nothing waits, somebody wants to know whether the server is there. */
  retry(): Promise<boolean> {
    this.#options.parts().feed.restart();
    return this.#options.flush();
  }

  async again(refused: Refused, instead?: readonly Change[]): Promise<void> {
    const { apply, discard } = this.#options;
    const { OutgoingRecords } = await import('./outgoing-records.ts');
    const records = new OutgoingRecords(this.#options);
    const changes = instead
      ? await Promise.all(instead.map((change) => records.asSeen(change)))
      : await Promise.all(refused.changes.map((change) => records.onTop(change)));
    await apply(changes);
    await discard(refused);
  }

  discard(refused: Pick<Refused, 'n'>): Promise<void> {
    return this.#options.discard(refused);
  }

  async export(): Promise<OutgoingFile> {
    const [waiting, refused] = [this.waiting(), this.refused()];
    const { OutgoingRecords } = await import('./outgoing-records.ts');
    return new OutgoingRecords(this.#options).file(waiting, refused);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
