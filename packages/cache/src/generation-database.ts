import { Database, type IndexedDb, type Transaction } from './database.ts';
import { sizeOf, type ModuleReading, type RecordRow, type SegmentRow, type Written } from './generation-rows.ts';
import type { Sealed } from './sealing.ts';
import type { Table } from './table.ts';

export interface PageRow {
  readonly key: string;
  /** The greater, the later it was last asked for. */
  readonly used: number;
  /** A `KeptPage` as JSON. */
  readonly text: Sealed;
}

/** What one commit wrote. */
export interface LogRow {
  readonly turn: number;
  /** The turn before. */
  readonly after: number;
  /** Of rows, by the names that stand for module and id. */
  readonly keys: readonly string[];
  readonly segments: readonly number[];
}

/** The turn, absent before the first commit; `bytes` and `uses`; and where it stands, sealed. */
export interface FactRow {
  readonly key: 'turn' | 'bytes' | 'uses' | 'standing';
  readonly value: number | Sealed;
}

/** What there is of a module, by the name that stands for it. */
export interface Content {
  readonly turn: number;
  /** Keys of segments, in their order. */
  readonly segments: readonly number[];
  readonly rows: readonly RecordRow[];
}

export interface ModuleContent {
  readonly content: Content;
  /** The same, put together. */
  readonly reading: ModuleReading;
}

/** Rows of a module that may lie beside its segments before everything is written anew. */
export const mostLoose = (inSegments: number): number => Math.max(1000, inSegments / 5);

/** Rows that are read at once: the page breathes after them. */
const rowsAtOnce = 500;

/** Commits that are remembered, for tabs that did not hear of them. */
const mostLogged = 50;

const stores = {
  segments: { keyPath: 'n', autoIncrement: true, indexes: { '[module+count]': ['module', 'count'] } },
  records: { keyPath: 'key' },
  pages: { keyPath: 'key' },
  log: { keyPath: 'turn' },
  facts: { keyPath: 'key' },
} as const;

type Store = keyof typeof stores;

/** The tables of a generation within one transaction, and what reads and writes them. */
export class GenerationTables {
  readonly #transaction: Transaction<Store>;
  readonly #range: typeof IDBKeyRange;

  constructor(transaction: Transaction<Store>, range: typeof IDBKeyRange) {
    this.#transaction = transaction;
    this.#range = range;
  }

  get segments(): Table<SegmentRow, number> {
    return this.#transaction.table('segments');
  }

  get records(): Table<RecordRow, string> {
    return this.#transaction.table('records');
  }

  get pages(): Table<PageRow, string> {
    return this.#transaction.table('pages');
  }

  get log(): Table<LogRow, number> {
    return this.#transaction.table('log');
  }

  get facts(): Table<FactRow, FactRow['key']> {
    return this.#transaction.table('facts');
  }

  /** 0 where nothing was said yet. */
  async figure(key: 'turn' | 'bytes' | 'uses'): Promise<number> {
    const fact = await this.facts.get(key);
    return typeof fact?.value === 'number' ? fact.value : 0;
  }

  async countBytes(bytes: number): Promise<void> {
    if (bytes !== 0) await this.facts.put({ key: 'bytes', value: (await this.figure('bytes')) + bytes });
  }

  /** What was logged after a turn. */
  logAfter(turn: number): Promise<readonly LogRow[]> {
    return this.log.all(this.#range.lowerBound(turn, true));
  }

  async segmentKeys(module: string): Promise<readonly number[]> {
    const keys = await this.segments.keysBy('[module+count]', this.#segmentsOf(module));
    return keys.toSorted((a, b) => a - b);
  }

  /** How many records of a module lie in segments, and how many beside them. */
  async counts(module: string): Promise<{ readonly inSegments: number; readonly loose: number }> {
    // the keys of this index hold the count: no segment is read
    const keys = await this.segments.entriesBy('[module+count]', this.#segmentsOf(module));
    const inSegments = (keys as readonly [string, number][]).reduce((sum, [, count]) => sum + count, 0);
    return { inSegments, loose: await this.records.count(this.#rowsAfter(module)) };
  }

  /** @returns The keys of the segments. */
  async putRecords({ rows, segments }: Written): Promise<readonly number[]> {
    const keys: number[] = [];
    // one by one: to copy many of them at once holds the page up
    for (const segment of segments) keys.push(await this.segments.add(segment));
    const before = await this.records.getMany(rows.map(({ key }) => key));
    await this.records.putMany(rows);
    await this.countBytes(sizeOf(segments) + sizeOf(rows) - sizeOf(before.flatMap((row) => row ?? [])));
    return keys;
  }

  /** The last of them counts as used last. */
  async putPages(pages: readonly Omit<PageRow, 'used'>[]): Promise<void> {
    if (pages.length === 0) return;
    const uses = await this.figure('uses');
    await this.pages.putMany(pages.map((page, place) => ({ ...page, used: uses + place + 1 })));
    await this.facts.put({ key: 'uses', value: uses + pages.length });
  }

  async putLog(line: LogRow): Promise<void> {
    await this.log.add(line);
    await this.log.delete(this.#range.upperBound(line.turn - mostLogged));
  }

  /** Those of the keys of which there is a row. */
  async rowsAmong(keys: readonly string[]): Promise<readonly string[]> {
    const rows = await this.records.getMany(keys);
    return keys.filter((_, place) => rows[place]);
  }

  /** @param module - The name that stands for it. */
  rowKeys(module: string): Promise<readonly string[]> {
    return this.records.keys(this.#rowsAfter(module));
  }

  async rowsOf(module: string): Promise<readonly RecordRow[]> {
    const rows: RecordRow[] = [];
    for (;;) {
      const some = await this.records.all(this.#rowsAfter(module, rows.at(-1)?.key), rowsAtOnce);
      rows.push(...some);
      if (some.length < rowsAtOnce) return rows;
    }
  }

  async contentOf(module: string): Promise<Content> {
    const turn = await this.figure('turn');
    return { turn, segments: await this.segmentKeys(module), rows: await this.rowsOf(module) };
  }

  #segmentsOf(module: string): IDBKeyRange {
    // a list is greater than every number
    return this.#range.bound([module], [module, []]);
  }

  #rowsAfter(module: string, key = `${module}|`): IDBKeyRange {
    return this.#range.bound(key, `${module}|\uffff`, true, true);
  }
}

/** A generation as a database. */
export type GenerationDatabase = Database<Store, GenerationTables>;

export const generationDatabase = (name: string, indexedDb: IndexedDb): GenerationDatabase => {
  const tables = (...all: ConstructorParameters<typeof GenerationTables>): GenerationTables =>
    new GenerationTables(...all);
  return new Database({ name, stores, tables, indexedDb, durability: 'relaxed' });
};
