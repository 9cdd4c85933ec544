import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { Dexie, type Collection, type Table } from 'dexie';
import {
  recordsIn,
  segmentsOf,
  sizeOf,
  writtenOf,
  type RecordRow,
  type SegmentRow,
  type Written,
} from './generation-rows.ts';
import type { IndexedDb } from './outbox-database.ts';
import type { Sealed, Sealing } from './sealing.ts';
import type { KeptPage, Stored, StoredPage } from './storage.ts';

interface PageRow {
  readonly key: string;
  /** The greater, the later it was last asked for. */
  readonly used: number;
  /** A `KeptPage` as JSON. */
  readonly text: Sealed;
}

export interface GenerationOptions {
  readonly name: string;
  readonly number: number;
  readonly indexedDb: IndexedDb;
  readonly sealing: Sealing;
}

/** What there is of a module. */
interface Content {
  readonly segments: readonly SegmentRow[];
  readonly rows: readonly RecordRow[];
}

/** Milliseconds in which tabs that are awake let a database go. */
const patience = 2_000;

/** Rows of a module that may lie beside its segments before everything is written anew, at least and by share. */
const mostLoose = { count: 1000, share: 0.2 };

/**
 * A database of what can be had again. It is never emptied: another generation takes its place, and deleting the whole
 * is the only thing that frees room in Chromium. Version 1 for ever.
 */
export class Generation {
  readonly number: number;
  readonly #sealing: Sealing;
  readonly #database: Dexie;
  readonly #segments: Table<SegmentRow, number>;
  readonly #records: Table<RecordRow, string>;
  readonly #pages: Table<PageRow, string>;
  readonly #facts: Table<{ readonly key: string; readonly value: number }, string>;

  constructor({ name, number, indexedDb, sealing }: GenerationOptions) {
    this.number = number;
    this.#sealing = sealing;
    const database = new Dexie(`${name}/cache-${number}`, { ...indexedDb, chromeTransactionDurability: 'relaxed' });
    database.version(1).stores({ segments: '++n, module', records: 'key', pages: 'key', facts: 'key' });
    this.#database = database;
    this.#segments = database.table('segments');
    this.#records = database.table('records');
    this.#pages = database.table('pages');
    this.#facts = database.table('facts');
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async records(module: string): Promise<readonly AnyRecord[]> {
    const { segments, rows } = await this.#read(await this.#sealing.name(module));
    return [...(await recordsIn(segments, rows, this.#sealing)).values()];
  }

  async page(key: string): Promise<StoredPage | undefined> {
    const row = await this.#pages.get(await this.#sealing.name(key));
    return row && (await this.#opened(row)).page;
  }

  async keep(records: readonly Stored[], page?: KeptPage): Promise<void> {
    const modules = new Set(records.map((one) => one.module));
    const written = await Promise.all(
      Array.from(modules, (module) =>
        writtenOf(
          module,
          records.filter((one) => one.module === module),
          this.#sealing,
        ),
      ),
    );
    const row = page && (await this.#sealed(page));
    await this.#write(async () => {
      for (const one of written) await this.#put(one);
      if (row) await this.#pages.put({ ...row, used: await this.#nextUse() });
    });
  }

  /** Bytes of JSON, about: what all this takes on the disk is more. */
  async bytes(): Promise<number> {
    return this.#fact('bytes');
  }

  /** Writes a module's records anew, if too many of them lie beside the segments or are there twice. */
  async compact(module: string): Promise<void> {
    const name = await this.#sealing.name(module);
    const { segments, rows } = await this.#read(name);
    const found = await recordsIn(segments, rows, this.#sealing);
    const dead = segments.reduce((sum, { count }) => sum + count, rows.length) - found.size;
    if (Math.max(rows.length, dead) < Math.max(mostLoose.count, found.size * mostLoose.share)) return;
    const anew = await segmentsOf(name, [...found.values()], this.#sealing);
    await this.#write(async () => {
      const now = await this.#read(name);
      // another tab was here: there will be another time
      if (markOf(now) !== markOf({ segments, rows })) return;
      await this.#segments.bulkDelete(segments.map(({ n }) => n!));
      await this.#records.bulkDelete(rows.map(({ key }) => key));
      await this.#segments.bulkAdd(anew);
      await this.#count(sizeOf(anew) - sizeOf(segments) - sizeOf(rows));
    });
  }

  /**
   * Takes over from an earlier generation what was used last, some records before all others.
   *
   * @param first - Names of records, by module and id.
   * @param room - Bytes at most.
   */
  async takeOver(from: Generation, first: readonly (readonly [string, string])[], room: number): Promise<void> {
    const rows = (await from.#pages.toArray()).toSorted((a, b) => b.used - a.used);
    const pages = await Promise.all(rows.map(async (row) => ({ row, kept: await from.#opened(row) })));
    const all = new Map<string, ReadonlyMap<string, AnyRecord>>();
    for (const module of new Set([...first.map(([one]) => one), ...pages.map(({ kept }) => kept.module)]))
      all.set(module, new Map((await from.records(module)).map((one) => [one.id, one])));
    const taken = new Map<AnyRecord, Stored>();
    let left = room;
    const take = (module: string, id: string): void => {
      const record = all.get(module)?.get(id);
      if (!record || taken.has(record)) return;
      taken.set(record, { module, id, record });
      left -= plainJson(record).length;
    };
    for (const [module, id] of first) take(module, id);
    const used: PageRow[] = [];
    for (const { row, kept } of pages) {
      if (left <= 0) break;
      used.push(row);
      for (const id of kept.page.ids) take(kept.module, id);
    }
    await this.keep([...taken.values()]);
    await this.#write(async () => {
      await this.#pages.bulkPut(used);
      await this.#facts.put({ key: 'uses', value: used[0]?.used ?? 0 });
    });
  }

  /** Told when another tab deletes it. */
  onDeleted(listener: () => void): void {
    this.#database.on('versionchange', () => {
      this.#database.close();
      listener();
    });
  }

  /** Frees its room. A frozen tab may hold it: then that happens when the tab ends, and nobody waits for it here. */
  async delete(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([this.#database.delete(), late]).finally(() => clearTimeout(timer));
  }

  close(): void {
    this.#database.close();
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.transaction('rw', this.#segments, this.#records, this.#pages, this.#facts, work);
  }

  /** @param module - The name that stands for it. */
  #read(module: string): Promise<Content> {
    return this.#database.transaction('r', this.#segments, this.#records, async () => ({
      segments: await this.#segments.where('module').equals(module).toArray(),
      rows: await this.#rowsOf(module).toArray(),
    }));
  }

  #rowsOf(module: string): Collection<RecordRow, string> {
    return this.#records.where('key').startsWith(`${module}|`);
  }

  async #put({ module, rows, segments, inSegments }: Written): Promise<void> {
    if (segments.length > 0) {
      await this.#segments.bulkAdd(segments);
      await this.#count(sizeOf(segments));
      // rows that a segment has overtaken, those of records that were gone among them
      const before = await this.#rowsOf(module).toArray();
      const older = before.filter(({ key, version }) => version <= (inSegments.get(key) ?? -1));
      await this.#records.bulkDelete(older.map(({ key }) => key));
      await this.#count(-sizeOf(older));
    }
    await this.#putRows(rows);
  }

  /** Another tab may have kept a higher version meanwhile. */
  async #putRows(rows: readonly RecordRow[]): Promise<void> {
    if (rows.length === 0) return;
    const before = (await this.#records.bulkGet(rows.map(({ key }) => key))).flatMap((row) => row ?? []);
    const known = new Map(before.map((row) => [row.key, row]));
    const news = rows.filter(({ key, version, isGone }) => isGone || version >= (known.get(key)?.version ?? 0));
    await this.#records.bulkPut(news);
    await this.#count(sizeOf(news) - sizeOf(news.flatMap(({ key }) => known.get(key) ?? [])));
  }

  async #sealed(page: KeptPage): Promise<Omit<PageRow, 'used'>> {
    const key = await this.#sealing.name(page.key);
    return { key, text: await this.#sealing.seal(plainJson(page), key) };
  }

  async #opened({ key, text }: PageRow): Promise<KeptPage> {
    return JSON.parse(await this.#sealing.open(text, key)) as KeptPage;
  }

  async #fact(key: string): Promise<number> {
    return (await this.#facts.get(key))?.value ?? 0;
  }

  async #count(bytes: number): Promise<void> {
    if (bytes !== 0) await this.#facts.put({ key: 'bytes', value: (await this.#fact('bytes')) + bytes });
  }

  async #nextUse(): Promise<number> {
    const value = (await this.#fact('uses')) + 1;
    await this.#facts.put({ key: 'uses', value });
    return value;
  }
}

/** The same as long as nobody wrote. */
const markOf = ({ segments, rows }: Content): string =>
  [...segments.map(({ n }) => n), ...rows.map(({ key, version }) => `${key} ${version}`)].join('\n');
