import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Held } from '@tessera-crm/model/protocol/sync/client.js';
import { breathing } from './breathe.ts';
import type { Sealed, Sealing } from './sealing.ts';
import type { Kept } from './storage.ts';

/** One record: newer than what segments say of it, or in none. */
export interface RecordRow {
  /** `module|id`, both by the names that stand for them. No other index: fields come and go without changing the database. */
  readonly key: string;
  readonly version: number;
  readonly asOf: number;
  readonly aclSeq: number;
  /** Whatever segments say of it. */
  readonly isGone: boolean;
  /** JSON; of a record that is gone, only its id. */
  readonly text: Sealed;
}

/** How many records that follow each other were told by replies of the same numbers. */
export type Told = readonly [count: number, asOf: number, aclSeq: number];

/** Many records of a module in one value that is never changed: written and read many times faster than rows. */
export interface SegmentRow {
  /** Of two that hold the same record, the greater one counts. */
  readonly n?: number;
  readonly module: string;
  readonly count: number;
  readonly told: readonly Told[];
  /** A JSON list. */
  readonly text: Sealed;
}

/** What of one module is written together. */
export interface Written {
  /** The name that stands for the module. */
  readonly module: string;
  readonly rows: readonly RecordRow[];
  readonly segments: readonly SegmentRow[];
  /** The keys that rows of the records in the segments would have. */
  readonly overtaken: ReadonlySet<string>;
}

/** Records from which on those that come together go into segments, and how many one holds. */
const manyRecords = 250;
const perSegment = 500;

const isAlive = ({ record }: Kept): boolean => record !== null;

/** Makes rows and segments, before a transaction begins: none waits for what is no database. */
export const writtenOf = async (kept: readonly Kept[], sealing: Sealing): Promise<readonly Written[]> => {
  const written: Written[] = [];
  for (const [module, ofModule] of Map.groupBy(kept, (one) => one.module))
    written.push(await writtenOfModule(await sealing.name(module), ofModule, sealing));
  return written;
};

const writtenOfModule = async (module: string, kept: readonly Kept[], sealing: Sealing): Promise<Written> => {
  const breathe = breathing();
  const keyOf = async ({ id }: Kept): Promise<string> => `${module}|${await sealing.name(id)}`;
  const alive = kept.filter(isAlive);
  const inSegments = alive.length >= manyRecords ? alive : [];
  const rows: RecordRow[] = [];
  for (const one of inSegments.length > 0 ? kept.filter((each) => !isAlive(each)) : kept) {
    await breathe();
    const { version, asOf, aclSeq } = one.held;
    const key = await keyOf(one);
    const text = await sealing.seal(plainJson(one.record ?? { id: one.id }), key);
    rows.push({ key, version, asOf, aclSeq, isGone: !isAlive(one), text });
  }
  const segments = await segmentsOf(module, inSegments, sealing);
  return { module, rows, segments, overtaken: new Set(await Promise.all(inSegments.map(keyOf))) };
};

/** @param module - The name that stands for it. */
export const segmentsOf = async (
  module: string,
  kept: readonly Kept[],
  sealing: Sealing,
): Promise<readonly SegmentRow[]> => {
  const breathe = breathing();
  const segments: SegmentRow[] = [];
  for (let start = 0; start < kept.length; start += perSegment) {
    await breathe();
    const some = kept.slice(start, start + perSegment);
    const text = await sealing.seal(plainJson(some.map(({ record }) => record)), module);
    segments.push({ module, count: some.length, told: toldOf(some), text });
  }
  return segments;
};

const toldOf = (kept: readonly Kept[]): readonly Told[] => {
  const told: [count: number, asOf: number, aclSeq: number][] = [];
  for (const { held } of kept) {
    const last = told.at(-1);
    if (last?.[1] === held.asOf && last[2] === held.aclSeq) last[0]++;
    else told.push([1, held.asOf, held.aclSeq]);
  }
  return told;
};

/** One row as it was kept. @param module - Its name itself. */
export const keptOf = async (module: string, row: RecordRow, sealing: Sealing): Promise<Kept> => {
  const { key, version, asOf, aclSeq, isGone, text } = row;
  const record = JSON.parse(await sealing.open(text, key)) as AnyRecord;
  const held = { version, asOf, aclSeq, ...(isGone && { isGone }) };
  return { module, id: record.id, held, record: isGone ? null : record };
};

/** Puts a module together: its segments in their order first, then the rows beside them. What comes later counts. */
export class ModuleReading {
  readonly #module: string;
  readonly #sealing: Sealing;
  readonly #records = new Map<string, Kept>();
  readonly #helds = new Map<string, Map<number, Held>>();
  /** How many rows and records in segments were read, and what they measure. */
  count = 0;
  bytes = 0;

  constructor(module: string, sealing: Sealing) {
    this.#module = module;
    this.#sealing = sealing;
  }

  /** What is not gone. */
  get kept(): readonly Kept[] {
    return [...this.#records.values()];
  }

  async addSegment({ module, count, told, text }: SegmentRow): Promise<void> {
    this.count += count;
    this.bytes += text.length;
    const records = JSON.parse(await this.#sealing.open(text, module)) as readonly AnyRecord[];
    let place = 0;
    for (const [length, asOf, aclSeq] of told)
      for (const end = place + length; place < end; place++) {
        const record = records[place]!;
        this.#put(record, { version: record.version, asOf, aclSeq });
      }
  }

  async addRow(row: RecordRow): Promise<void> {
    this.count++;
    this.bytes += row.text.length;
    const { id, record, held } = await keptOf(this.#module, row, this.#sealing);
    if (record) this.#put(record, held);
    else this.#records.delete(id);
  }

  #put(record: AnyRecord, held: Held): void {
    this.#records.set(record.id, { module: this.#module, id: record.id, held: this.#shared(held), record });
  }

  /** Most records have few versions and came in few replies: what is known of them takes no room. */
  #shared(held: Held): Held {
    const key = `${held.asOf} ${held.aclSeq}`;
    let helds = this.#helds.get(key);
    if (!helds) this.#helds.set(key, (helds = new Map<number, Held>()));
    const same = helds.get(held.version);
    if (!same) helds.set(held.version, held);
    return same ?? held;
  }
}

export const sizeOf = (rows: readonly { readonly text: Sealed }[]): number =>
  rows.reduce((sum, { text }) => sum + text.length, 0);
