import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import { recordKey, type Patch } from './entry.ts';
import type { LocalRecords } from './local-records.ts';
import { serverVersion } from './local-version.ts';

/** A record as it is shown: as the server told it, with what waits on top. */
interface Laid {
  readonly shown: AnyRecord;
  readonly told: AnyRecord;
  readonly patches: readonly Patch[];
}

/**
 * On which of the server's versions fields rest as they are shown: where changes to them wait, on the one on which those
 * were made. What the server told of later versions lies below, where nobody has seen it.
 */
export class Rests {
  /** By record and shown version the fields that rest on an older version than the rest of the record. */
  readonly #byRecord = new Map<string, Map<number, ReadonlyMap<string, number>>>();

  note(module: string, { shown, told, patches }: Laid): void {
    if (patches.length === 0 && this.#byRecord.size === 0) return;
    const older = new Map<string, number>();
    for (const { values, base = told.version } of patches)
      for (const field of Object.keys(values))
        if (base < (older.get(field) ?? told.version) && !same(shown[field], told[field])) older.set(field, base);
    const record = recordKey(module, shown.id);
    const noted = this.#byRecord.get(record) ?? new Map<number, ReadonlyMap<string, number>>();
    if (older.size > 0) noted.set(shown.version, older);
    else noted.delete(shown.version);
    if (noted.size > 0) this.#byRecord.set(record, noted);
    else this.#byRecord.delete(record);
  }

  /** The latest version on which all of these fields rest. */
  of(record: string, version: number, fields: readonly string[]): number {
    const older = this.#byRecord.get(record)?.get(version);
    return Math.min(serverVersion(version), ...fields.flatMap((field) => older?.get(field) ?? []));
  }

  clear(): void {
    this.#byRecord.clear();
  }
}

/** R14: a change on top of what its author saw, as far as a server knows of that. */
export const onSeen = (change: Change, records: Pick<LocalRecords, 'seen'>): Change => {
  if (!('base' in change) || change.base === undefined) return change;
  const fields = 'values' in change ? Object.keys(change.values) : [];
  return { ...change, base: records.seen(change.module, change.id, { version: change.base, fields }) };
};
