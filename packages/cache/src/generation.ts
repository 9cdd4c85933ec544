import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { Dexie, type Table } from 'dexie';
import { recordKey } from './entry.ts';
import type { IndexedDb } from './outbox-database.ts';
import type { KeptPage, Stored, StoredPage } from './storage.ts';

/** One record: newer than what segments say of it, or in none. */
interface RecordRow {
  /** `module|id`: no other index, so that modules and fields come and go without changing the database. */
  readonly key: string;
  readonly version: number;
  /** JSON; null of a record that is gone, whatever segments say. */
  readonly text: string | null;
}

/** Many records of a module in one value that is never changed: written and read many times faster than rows. */
interface SegmentRow {
  readonly n?: number;
  readonly module: string;
  readonly count: number;
  /** A JSON list. */
  readonly text: string;
}

interface PageRow extends StoredPage {
  readonly key: string;
  readonly module: string;
  /** The greater, the later it was last asked for. */
  readonly used: number;
}

/** Records from which on those that come together go into segments, and how many one holds. */
const manyRecords = 250;
const perSegment = 500;

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
  readonly #database: Dexie;
  readonly #segments: Table<SegmentRow, number>;
  readonly #records: Table<RecordRow, string>;
  readonly #pages: Table<PageRow, string>;
  readonly #facts: Table<{ readonly key: string; readonly value: number }, string>;

  constructor(name: string, number: number, indexedDb: IndexedDb) {
    this.number = number;
    const database = new Dexie(Generation.nameOf(name, number), {
      ...indexedDb,
      chromeTransactionDurability: 'relaxed',
    });
    database.version(1).stores({ segments: '++n, module', records: 'key', pages: 'key', facts: 'key' });
    this.#database = database;
    this.#segments = database.table('segments');
    this.#records = database.table('records');
    this.#pages = database.table('pages');
    this.#facts = database.table('facts');
  }

  static nameOf(name: string, number: number): string {
    return `${name}/cache-${number}`;
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  /** Segment by segment, each in a task of its own, so that the page stays alive meanwhile. */
  async records(module: string): Promise<readonly AnyRecord[]> {
    const { found } = await this.#database.transaction('r', this.#segments, this.#records, () => this.#all(module));
    return [...found.values()];
  }

  async page(key: string): Promise<StoredPage | undefined> {
    return this.#pages.get(key);
  }

  async keep(records: readonly Stored[], kept?: KeptPage): Promise<void> {
    await this.#write(async () => {
      const loose = await this.#keepMany(records);
      await this.#keepEach(loose);
      if (!kept) return;
      const { page, key, module } = kept;
      await this.#pages.put({ ...page, key, module, used: await this.#nextUse() });
    });
  }

  /** Bytes of JSON, about: what all this takes on the disk is more. */
  async bytes(): Promise<number> {
    return this.#fact('bytes');
  }

  /** Writes a module's records anew, if too many of them lie beside the segments or are there twice. */
  async compact(module: string): Promise<void> {
    await this.#write(async () => {
      const { found, segments } = await this.#all(module);
      const loose = await this.#records.where('key').startsWith(recordKey(module, '')).count();
      const dead = segments.reduce((sum, { count }) => sum + count, loose) - found.size;
      if (Math.max(loose, dead) < Math.max(mostLoose.count, found.size * mostLoose.share)) return;
      const rows = await this.#records.where('key').startsWith(recordKey(module, '')).toArray();
      await this.#segments.bulkDelete(segments.map(({ n }) => n!));
      await this.#records.bulkDelete(rows.map(({ key }) => key));
      await this.#count(-sizeOf(segments) - sizeOf(rows));
      await this.#addSegments(module, [...found.values()]);
    });
  }

  /**
   * Takes over from an earlier generation what was used last, records with these keys before all others.
   *
   * @param room - Bytes at most.
   */
  async takeOver(from: Generation, keys: ReadonlySet<string>, room: number): Promise<void> {
    const pages = (await from.#pages.toArray()).toSorted((a, b) => b.used - a.used);
    const names = [...keys].map((key) => key.split('|') as [module: string, id: string]);
    const all = new Map<string, ReadonlyMap<string, AnyRecord>>();
    for (const module of new Set([...names.map(([one]) => one), ...pages.map((page) => page.module)]))
      all.set(module, new Map((await from.records(module)).map((one) => [one.id, one])));
    const taken = new Map<string, Map<string, AnyRecord>>();
    let left = room;
    const take = (module: string, id: string): void => {
      const record = all.get(module)?.get(id);
      const others = taken.get(module) ?? new Map<string, AnyRecord>();
      if (!record || others.has(id)) return;
      taken.set(module, others.set(id, record));
      left -= plainJson(record).length;
    };
    for (const [module, id] of names) take(module, id);
    const kept: PageRow[] = [];
    for (const page of pages) {
      if (left <= 0) break;
      kept.push(page);
      for (const id of page.ids) take(page.module, id);
    }
    await this.#write(async () => {
      for (const [module, records] of taken) await this.#addSegments(module, [...records.values()]);
      await this.#pages.bulkPut(kept);
      await this.#facts.put({ key: 'uses', value: kept[0]?.used ?? 0 });
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

  async #all(module: string): Promise<{ found: Map<string, AnyRecord>; segments: readonly SegmentRow[] }> {
    const found = new Map<string, AnyRecord>();
    const segments: SegmentRow[] = [];
    for (const n of await this.#segments.where('module').equals(module).primaryKeys()) {
      const segment = (await this.#segments.get(n))!;
      segments.push(segment);
      for (const record of JSON.parse(segment.text) as readonly AnyRecord[])
        if (record.version >= (found.get(record.id)?.version ?? 0)) found.set(record.id, record);
    }
    for (const { key, version, text } of await this.#records.where('key').startsWith(recordKey(module, '')).toArray()) {
      const id = key.slice(module.length + 1);
      if (text === null) found.delete(id);
      else if (version >= (found.get(id)?.version ?? 0)) found.set(id, JSON.parse(text) as AnyRecord);
    }
    return { found, segments };
  }

  /** @returns Those that are too few of their module for a segment. */
  async #keepMany(records: readonly Stored[]): Promise<readonly Stored[]> {
    if (records.length < manyRecords) return records;
    const loose: Stored[] = [];
    for (const module of new Set(records.map((one) => one.module))) {
      const some = records.filter((one) => one.module === module);
      const alive = some.flatMap(({ record }) => record ?? []);
      const isMany = alive.length >= manyRecords;
      loose.push(...some.filter(({ record }) => !isMany || !record));
      if (isMany) await this.#addSegments(module, alive);
      if (isMany) await this.#dropOlder(module, alive);
    }
    return loose;
  }

  /** Rows that a segment has overtaken, those of records that were gone among them. */
  async #dropOlder(module: string, records: readonly AnyRecord[]): Promise<void> {
    const rows = await this.#records.where('key').startsWith(recordKey(module, '')).toArray();
    const versions = new Map(records.map(({ id, version }) => [recordKey(module, id), version]));
    const older = rows.filter(({ key, version }) => version <= (versions.get(key) ?? -1));
    await this.#records.bulkDelete(older.map(({ key }) => key));
    await this.#count(-sizeOf(older));
  }

  async #addSegments(module: string, records: readonly AnyRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += perSegment) {
      const some = records.slice(start, start + perSegment);
      const segment = { module, count: some.length, text: plainJson(some) };
      await this.#segments.add(segment);
      await this.#count(sizeOf([segment]));
    }
  }

  /** Another tab may have kept a higher version meanwhile. */
  async #keepEach(records: readonly Stored[]): Promise<void> {
    const last = new Map(records.map((one) => [recordKey(one.module, one.id), one.record]));
    if (last.size === 0) return;
    const before = (await this.#records.bulkGet([...last.keys()])).flatMap((row) => row ?? []);
    const versions = new Map(before.map(({ key, version }) => [key, version]));
    const rows = [...last].flatMap(([key, record]): readonly RecordRow[] => {
      if (!record) return [{ key, version: 0, text: null }];
      return record.version >= (versions.get(key) ?? 0)
        ? [{ key, version: record.version, text: plainJson(record) }]
        : [];
    });
    const overwritten = new Set(rows.map(({ key }) => key));
    await this.#records.bulkPut(rows);
    await this.#count(sizeOf(rows) - sizeOf(before.filter(({ key }) => overwritten.has(key))));
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

const sizeOf = (rows: readonly { readonly text: string | null }[]): number =>
  rows.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
