import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { keyOf, type Held } from '@tessera-crm/model/protocol/sync/client.js';
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
}

export interface WritingOptions {
  readonly sealing: Sealing;
  /** The keys of the rows that a module has already. */
  readonly rowsOf: (module: string) => Promise<readonly string[]>;
  /** Records, by module and id, that have to be at hand without reading the whole module. */
  readonly atHand: ReadonlySet<string>;
}

/** Records from which on those that come together go into segments, and how many one holds. */
const manyRecords = 250;
const perSegment = 250;

const isAlive = ({ record }: Kept): boolean => record !== null;

/** Makes rows and segments, before a transaction begins: none waits for what is no database. */
export const writtenOf = async (kept: readonly Kept[], options: WritingOptions): Promise<readonly Written[]> => {
  const written: Written[] = [];
  for (const ofModule of Map.groupBy(kept, (one) => one.module).values())
    written.push(await writtenOfModule(ofModule, options));
  return written;
};

const writtenOfModule = async (kept: readonly Kept[], options: WritingOptions): Promise<Written> => {
  const { sealing, rowsOf, atHand } = options;
  const breathe = breathing();
  const module = await sealing.name(kept[0]!.module);
  const isMany = kept.filter(isAlive).length >= manyRecords;
  // what a segment says counts less than a row: where there is one, there has to be one
  const there = new Set(isMany ? await rowsOf(module) : []);
  const keyOfRow = (one: Kept): Promise<string> => rowKeyOf(module, one.id, sealing);
  const isAtHand = (one: Kept): boolean => atHand.size > 0 && atHand.has(keyOf(one.module, one.id));
  const isLoose = (one: Kept): boolean => !isMany || !isAlive(one) || isAtHand(one);
  const rows: RecordRow[] = [];
  const inSegments: Kept[] = [];
  for (const one of kept) {
    await breathe();
    const isRow = isLoose(one) || (there.size > 0 && there.has(await keyOfRow(one)));
    if (isRow) rows.push(await rowOf(await keyOfRow(one), one, sealing));
    else inSegments.push(one);
  }
  return { module, rows, segments: await segmentsOf(module, inSegments, { sealing, breathe }) };
};

/** @param module - The name that stands for it. */
export const rowKeyOf = async (module: string, id: string, sealing: Sealing): Promise<string> =>
  `${module}|${await sealing.name(id)}`;

const rowOf = async (key: string, { id, held, record }: Kept, sealing: Sealing): Promise<RecordRow> => {
  const { version, asOf, aclSeq } = held;
  const text = await sealing.seal(plainJson(record ?? { id }), key);
  return { key, version, asOf, aclSeq, isGone: record === null, text };
};

/** @param module - The name that stands for it. */
const segmentsOf = async (
  module: string,
  kept: readonly Kept[],
  { sealing, breathe }: { readonly sealing: Sealing; readonly breathe: () => Promise<void> },
): Promise<readonly SegmentRow[]> => {
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

/** What a segment holds. @param module - Its name itself. */
export const keptInSegment = async (
  module: string,
  segment: SegmentRow,
  sealing: Sealing,
): Promise<readonly Kept[]> => {
  const records = JSON.parse(await sealing.open(segment.text, segment.module)) as readonly AnyRecord[];
  const kept: Kept[] = [];
  for (const [length, asOf, aclSeq] of segment.told)
    for (const record of records.slice(kept.length, kept.length + length))
      kept.push({ module, id: record.id, held: { version: record.version, asOf, aclSeq }, record });
  return kept;
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

  async addSegment(segment: SegmentRow): Promise<void> {
    this.count += segment.count;
    this.bytes += segment.text.length;
    for (const one of await keptInSegment(this.#module, segment, this.#sealing)) this.#put(one);
  }

  async addRow(row: RecordRow): Promise<void> {
    this.count++;
    this.bytes += row.text.length;
    const one = await keptOf(this.#module, row, this.#sealing);
    if (one.record) this.#put(one);
    else this.#records.delete(one.id);
  }

  #put(one: Kept): void {
    this.#records.set(one.id, { ...one, held: this.#shared(one.held) });
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
