import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Sealed, Sealing } from './sealing.ts';
import type { Stored } from './storage.ts';

/** One record: newer than what segments say of it, or in none. */
export interface RecordRow {
  /** `module|id`, both by the names that stand for them. No other index: fields come and go without changing the database. */
  readonly key: string;
  readonly version: number;
  /** Whatever segments say of it. */
  readonly isGone: boolean;
  /** JSON; of a record that is gone, only its id. */
  readonly text: Sealed;
}

/** Many records of a module in one value that is never changed: written and read many times faster than rows. */
export interface SegmentRow {
  readonly n?: number;
  readonly module: string;
  readonly count: number;
  /** A JSON list. */
  readonly text: Sealed;
}

/** What of one module is written together. */
export interface Written {
  /** The name that stands for the module. */
  readonly module: string;
  readonly rows: readonly RecordRow[];
  readonly segments: readonly SegmentRow[];
  /** The versions of the records in the segments, by the keys that rows would have. */
  readonly inSegments: ReadonlyMap<string, number>;
}

/** Records from which on those that come together go into segments, and how many one holds. */
const manyRecords = 250;
const perSegment = 500;

/** Makes rows and segments of a module's records, before a transaction begins: none waits for what is no database. */
export const writtenOf = async (module: string, records: readonly Stored[], sealing: Sealing): Promise<Written> => {
  const name = await sealing.name(module);
  const keyOf = async (id: string): Promise<string> => `${name}|${await sealing.name(id)}`;
  const alive = records.flatMap(({ record }) => record ?? []);
  const isMany = alive.length >= manyRecords;
  const rows = [...new Map(records.map((one) => [one.id, one.record]))].filter(([, record]) => !isMany || !record);
  return {
    module: name,
    rows: await Promise.all(
      rows.map(async ([id, record]): Promise<RecordRow> => {
        const key = await keyOf(id);
        const text = await sealing.seal(plainJson(record ?? { id }), key);
        return { key, version: record?.version ?? 0, isGone: !record, text };
      }),
    ),
    segments: isMany ? await segmentsOf(name, alive, sealing) : [],
    inSegments: new Map(
      isMany ? await Promise.all(alive.map(async ({ id, version }) => [await keyOf(id), version] as const)) : [],
    ),
  };
};

/** @param module - The name that stands for it. */
export const segmentsOf = (
  module: string,
  records: readonly AnyRecord[],
  sealing: Sealing,
): Promise<readonly SegmentRow[]> => {
  const count = Math.ceil(records.length / perSegment);
  return Promise.all(
    Array.from({ length: count }, async (_, place): Promise<SegmentRow> => {
      const some = records.slice(place * perSegment, (place + 1) * perSegment);
      return { module, count: some.length, text: await sealing.seal(plainJson(some), module) };
    }),
  );
};

/** The records of a module: of each its highest version, and none that is gone. */
export const recordsIn = async (
  segments: readonly SegmentRow[],
  rows: readonly RecordRow[],
  sealing: Sealing,
): Promise<ReadonlyMap<string, AnyRecord>> => {
  const found = new Map<string, AnyRecord>();
  for (const { module, text } of segments)
    for (const record of JSON.parse(await sealing.open(text, module)) as readonly AnyRecord[])
      if (record.version >= (found.get(record.id)?.version ?? 0)) found.set(record.id, record);
  for (const { key, isGone, text } of rows) {
    const record = JSON.parse(await sealing.open(text, key)) as AnyRecord;
    if (isGone) found.delete(record.id);
    else if (record.version >= (found.get(record.id)?.version ?? 0)) found.set(record.id, record);
  }
  return found;
};

export const sizeOf = (rows: readonly { readonly text: Sealed }[]): number =>
  rows.reduce((sum, { text }) => sum + text.length, 0);
