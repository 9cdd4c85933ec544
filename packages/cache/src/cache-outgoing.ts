import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
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
    const changes = instead
      ? await Promise.all(instead.map((change) => this.#asSeen(change)))
      : await Promise.all(refused.changes.map((change) => this.#onTop(change)));
    await apply(changes);
    await discard(refused);
  }

  discard(refused: Pick<Refused, 'n'>): Promise<void> {
    return this.#options.discard(refused);
  }

  async export(): Promise<OutgoingFile> {
    const [waiting, refused] = [this.waiting(), this.refused()];
    const all = [...waiting, ...refused].flatMap(({ changes }) => changes);
    const titles = new Map(await Promise.all(all.map(async (one) => [one, await this.#titleOf(one)] as const)));
    const { outgoingFile } = await import('@tessera-crm/model/outgoing-file.js');
    const savedAt = this.#options.circumstances().now();
    return outgoingFile({ waiting, refused, savedAt, titleOf: (change) => titles.get(change) });
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
    const record = await this.#fresh(change);
    return record ? { ...rest, base: record.version } : rest;
  }

  /** Based on nothing that came after the person looked; but what was looked at has to be known here, too. */
  async #asSeen(change: Change): Promise<Change> {
    if ('base' in change) await this.#fresh(change);
    return change;
  }

  /** The record as it is now, asked for once more where that is possible. */
  async #fresh({ module, id }: Change): Promise<AnyRecord | undefined> {
    const { records, server } = this.#options.parts();
    await records.load(module);
    if (!records.isOnlyHere(module, id)) await server.find(module, id);
    return records.shown.getAny(module, id);
  }

  /** Also of what is being made, and of what could not be; undefined where the record is not at hand. */
  async #titleOf(change: Change): Promise<string | undefined> {
    const { records } = this.#options.parts();
    await records.load(change.module);
    const shown = records.shown.getAny(change.module, change.id);
    const values: Readonly<Record<string, unknown>> = { ...shown, ...('values' in change && change.values) };
    const module = this.#options.circumstances().registry.find(change.module);
    const parts = (module?.title ?? []).flatMap((name) => {
      const field = module?.fields[name];
      const value = values[name] ?? null;
      return field && value !== null ? [field.kind.toText(value, field.options)] : [];
    });
    return parts.length > 0 ? parts.join(' · ') : undefined;
  }
}
