import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Refused, WaitingChanges } from '@tessera-crm/model/outgoing.js';
import { outgoingFile, type OutgoingFile } from '@tessera-crm/model/outgoing-file.js';
import type { CacheOutgoingOptions } from './cache-outgoing.ts';

/** The records that waiting and refused changes are about. */
export class OutgoingRecords {
  readonly #options: Pick<CacheOutgoingOptions, 'parts' | 'circumstances'>;

  constructor(options: Pick<CacheOutgoingOptions, 'parts' | 'circumstances'>) {
    this.#options = options;
  }

  async file(waiting: readonly WaitingChanges[], refused: readonly Refused[]): Promise<OutgoingFile> {
    const all = [...waiting, ...refused].flatMap(({ changes }) => changes);
    const titles = new Map(await Promise.all(all.map(async (one) => [one, await this.#titleOf(one)] as const)));
    const savedAt = this.#options.circumstances().now();
    return outgoingFile({ waiting, refused, savedAt, titleOf: (change) => titles.get(change) });
  }

  /** Based on what the person sees now; what somebody changes from here on is a conflict again. */
  async onTop(change: Change): Promise<Change> {
    if (!('base' in change)) return change;
    const { base: _base, ...rest } = change;
    const record = await this.#fresh(change);
    return record ? { ...rest, base: record.version } : rest;
  }

  /** Based on nothing that came after the person looked; but what was looked at has to be known here, too. */
  async asSeen(change: Change): Promise<Change> {
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
