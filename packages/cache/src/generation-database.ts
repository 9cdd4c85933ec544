import { Dexie, type Collection, type Table } from 'dexie';
import { sizeOf, type ModuleReading, type RecordRow, type SegmentRow, type Written } from './generation-rows.ts';
import type { IndexedDb } from './outbox-database.ts';
import type { Sealed } from './sealing.ts';
import { takeTurn } from './take-turn.ts';

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

/** The tables of a generation, and what reads and writes them inside a transaction. Version 1 for ever. */
export class GenerationDatabase extends Dexie {
  readonly segments: Table<SegmentRow, number>;
  readonly records: Table<RecordRow, string>;
  readonly pages: Table<PageRow, string>;
  readonly log: Table<LogRow, number>;
  readonly facts: Table<FactRow, FactRow['key']>;

  constructor(name: string, indexedDb: IndexedDb) {
    super(name, { ...indexedDb, chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({
      segments: '++n, [module+count]',
      records: 'key',
      pages: 'key',
      log: 'turn',
      facts: 'key',
    });
    this.segments = this.table('segments');
    this.records = this.table('records');
    this.pages = this.table('pages');
    this.log = this.table('log');
    this.facts = this.table('facts');
  }

  write<T>(work: () => Promise<T>): Promise<T> {
    const tables = [this.segments, this.records, this.pages, this.log, this.facts];
    return this.transaction('rw', tables, async (transaction) => {
      await takeTurn(transaction, this.facts.get('turn'));
      return work();
    });
  }

  /** 0 where nothing was said yet. */
  async figure(key: 'turn' | 'bytes' | 'uses'): Promise<number> {
    const fact = await this.facts.get(key);
    return typeof fact?.value === 'number' ? fact.value : 0;
  }

  async countBytes(bytes: number): Promise<void> {
    if (bytes !== 0) await this.facts.put({ key: 'bytes', value: (await this.figure('bytes')) + bytes });
  }

  contentOf(module: string): Promise<Content> {
    return this.transaction('r', this.segments, this.records, this.facts, async () => ({
      turn: await this.figure('turn'),
      segments: await this.segmentKeys(module),
      rows: await this.#rowsOf(module),
    }));
  }

  async segmentKeys(module: string): Promise<readonly number[]> {
    return (await this.#segmentsOf(module).primaryKeys()).toSorted((a, b) => a - b);
  }

  /** How many records of a module lie in segments, and how many beside them. */
  async counts(module: string): Promise<{ readonly inSegments: number; readonly loose: number }> {
    // the keys of this index hold the count: no segment is read
    const keys = (await this.#segmentsOf(module).keys()) as unknown as readonly (readonly [string, number])[];
    const inSegments = keys.reduce((sum, [, count]) => sum + count, 0);
    return { inSegments, loose: await this.#rowsAfter(module).count() };
  }

  /** @returns The keys of the segments. */
  async putRecords({ rows, segments }: Written): Promise<readonly number[]> {
    const keys: number[] = [];
    // one by one: to copy many of them at once holds the page up
    for (const segment of segments) keys.push(await this.segments.add(segment));
    const before = await this.records.bulkGet(rows.map(({ key }) => key));
    await this.records.bulkPut(rows);
    await this.countBytes(sizeOf(segments) + sizeOf(rows) - sizeOf(before.flatMap((row) => row ?? [])));
    return keys;
  }

  /** The last of them counts as used last. */
  async putPages(pages: readonly Omit<PageRow, 'used'>[]): Promise<void> {
    if (pages.length === 0) return;
    const uses = await this.figure('uses');
    await this.pages.bulkPut(pages.map((page, place) => ({ ...page, used: uses + place + 1 })));
    await this.facts.put({ key: 'uses', value: uses + pages.length });
  }

  async putLog(line: LogRow): Promise<void> {
    await this.log.add(line);
    await this.log
      .where('turn')
      .belowOrEqual(line.turn - mostLogged)
      .delete();
  }

  #segmentsOf(module: string): Collection<SegmentRow, number> {
    return this.segments.where('[module+count]').between([module, Dexie.minKey], [module, Dexie.maxKey]);
  }

  /** Those of the keys of which there is a row. */
  rowsAmong(keys: readonly string[]): Promise<readonly string[]> {
    return this.records.where('key').anyOf(keys).primaryKeys();
  }

  /** @param module - The name that stands for it. */
  rowKeys(module: string): Promise<readonly string[]> {
    return this.#rowsAfter(module).primaryKeys();
  }

  async #rowsOf(module: string): Promise<readonly RecordRow[]> {
    const rows: RecordRow[] = [];
    for (;;) {
      const some = await this.#rowsAfter(module, rows.at(-1)?.key).limit(rowsAtOnce).toArray();
      rows.push(...some);
      if (some.length < rowsAtOnce) return rows;
    }
  }

  #rowsAfter(module: string, key = `${module}|`): Collection<RecordRow, string> {
    return this.records.where('key').between(key, `${module}|\uffff`, false, false);
  }
}
