import { plainJson } from '@tessera-crm/model/plain-json.js';
import { beginning, keyOf } from '@tessera-crm/model/protocol/sync/client.js';
import { atHandOf } from './at-hand.ts';
import { atMost } from './at-most.ts';
import { breathing } from './breathe.ts';
import {
  generationDatabase,
  mostLoose,
  type FactRow,
  type GenerationDatabase,
  type ModuleContent,
  type PageRow,
} from './generation-database.ts';
import {
  keptInSegment,
  keptOf,
  ModuleReading,
  rowKeyOf,
  writtenOf,
  type RecordRow,
  type SegmentRow,
} from './generation-rows.ts';
import type { IndexedDb } from './database.ts';
import { positionFrom, positionText } from './position-text.ts';
import type { Sealing } from './sealing.ts';
import {
  type Commit,
  type Kept,
  type KeptPage,
  type Others,
  type Position,
  type StoredPage,
  type Turn,
} from './storage.ts';

export interface GenerationOptions {
  /** Of the generations of an epoch. */
  readonly name: string;
  readonly number: number;
  readonly indexedDb: IndexedDb;
  readonly sealing: Sealing;
}

/** The facts that make a position, as they are stored. */
type Facts = readonly (FactRow | undefined)[];

const positionFacts = ['turn', 'standing'] as const;

interface ChangedSince {
  readonly facts: Facts;
  readonly rows: readonly RecordRow[];
  readonly segments: readonly SegmentRow[];
}

/** Milliseconds in which tabs that are awake let a database go. */
const farewell = 2_000;

/** So many of a module have to be kept before it is looked at. */
const leastLooked = 1000;

/**
 * A database of what can be had again. It is never emptied: another generation takes its place, and deleting the whole
 * is the only thing that frees room in Chromium.
 */
export class Generation {
  readonly number: number;
  readonly #sealing: Sealing;
  readonly #database: GenerationDatabase;

  constructor({ name, number, indexedDb, sealing }: GenerationOptions) {
    this.number = number;
    this.#sealing = sealing;
    this.#database = generationDatabase(`${name}-${number}`, indexedDb);
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async position(): Promise<Position> {
    return this.#positionOf(await this.#facts());
  }

  /** What was kept since, as it is now; null when the log does not tell. */
  async since(at: Turn): Promise<Others | null> {
    const found = at.generation === this.number ? await this.#changedSince(at.turn) : null;
    if (!found) return null;
    const position = await this.#positionOf(found.facts);
    const modules = new Map<string, string>();
    for (const module of position.modules) modules.set(await this.#sealing.name(module), module);
    const rows = new Map<string, Kept>();
    const put = (one: Kept): void => void rows.set(keyOf(one.module, one.id), one);
    const breathe = breathing();
    for (const segment of found.segments) {
      await breathe();
      (await keptInSegment(modules.get(segment.module)!, segment, this.#sealing)).forEach(put);
    }
    for (const row of found.rows) put(await keptOf(modules.get(row.key.split('|', 1)[0]!)!, row, this.#sealing));
    return { position, rows: [...rows.values()] };
  }

  /** Keeps something if its turn has come: that of whoever knows all that is here, and of anybody where nothing is. */
  async commit({ at, standing, pages, mayBegin = () => true, ...more }: Commit): Promise<Position | null> {
    const known = await this.position();
    const isAtTurn = at.generation === this.number && at.turn === known.turn;
    if (known.turn !== 0 && !isAtTurn) return null;
    const turn = known.turn === 0 ? firstTurn() : known.turn + 1;
    const atHand = atHandOf(pages.toReversed());
    const rows = [...more.rows, ...(await this.#notAtHand(more, atHand))];
    const modules = [...new Set([...known.modules, ...rows.map(({ module }) => module)])];
    const follows = [...new Set([...known.follows, ...more.follows])];
    const text = await this.#sealing.seal(positionText({ standing, modules, follows }), 'standing');
    const database = this.#database;
    const written = await writtenOf(rows, {
      sealing: this.#sealing,
      rowsOf: (module) => database.read(['records'], (tables) => tables.rowKeys(module)),
      atHand,
    });
    const keys = written.flatMap((one) => one.rows.map(({ key }) => key));
    const pageRows = await Promise.all(pages.map((page) => this.#sealedPage(page)));
    const isKept = await database.write(async (tables) => {
      if ((await tables.figure('turn')) !== known.turn || (known.turn === 0 && !mayBegin())) return false;
      const segments: number[] = [];
      for (const one of written) segments.push(...(await tables.putRecords(one)));
      await tables.putPages(pageRows);
      await tables.facts.put({ key: 'turn', value: turn });
      await tables.facts.put({ key: 'standing', value: text });
      await tables.putLog({ turn, after: known.turn, keys, segments });
      return true;
    });
    return isKept ? { generation: this.number, turn, standing, modules, follows } : null;
  }

  async records(module: string): Promise<readonly Kept[]> {
    return (await this.#read(module)).reading.kept;
  }

  /** Those of them that are at hand without reading the whole module, the ones known to be gone too. */
  async some(module: string, ids: readonly string[]): Promise<readonly Kept[]> {
    const name = await this.#sealing.name(module);
    const keys = await Promise.all(ids.map((id) => rowKeyOf(name, id, this.#sealing)));
    const rows = await this.#database.read(['records'], ({ records }) => records.getMany(keys));
    return Promise.all(rows.flatMap((row) => (row ? [keptOf(module, row, this.#sealing)] : [])));
  }

  async page(key: string): Promise<StoredPage | undefined> {
    const name = await this.#sealing.name(key);
    const row = await this.#database.read(['pages'], ({ pages }) => pages.get(name));
    return row && (await this.#openedPage(row)).page;
  }

  /** Those that were last asked for come first. */
  async usedPages(): Promise<readonly KeptPage[]> {
    const rows = await this.#database.read(['pages'], ({ pages }) => pages.all());
    return Promise.all(rows.toSorted((a, b) => b.used - a.used).map((row) => this.#openedPage(row)));
  }

  /** Bytes of JSON, about: what all this takes on the disk is more. */
  bytes(): Promise<number> {
    return this.#database.read(['facts'], (tables) => tables.figure('bytes'));
  }

  /**
   * Whether so much of a module lies beside its segments, or may be there twice, that it should be written anew.
   *
   * @param since - How many of its records were kept since that was last looked at.
   */
  async mayBeLoose(module: string, since: number): Promise<boolean> {
    const name = await this.#sealing.name(module);
    const counts = await this.#database.read(['segments', 'records'], (tables) => tables.counts(name));
    const { inSegments, loose } = counts;
    const isLoose = loose >= mostLoose(inSegments);
    return isLoose || since >= Math.max(leastLooked, (inSegments + loose) / 2);
  }

  /** Writes a module's records anew, if too many of them lie beside the segments or are there twice. */
  async compact(module: string): Promise<void> {
    const { compact } = await import('./compaction.ts');
    const [sealing, database] = [this.#sealing, this.#database];
    const atHand = atHandOf(await this.usedPages());
    await compact(await this.#read(module), { name: await sealing.name(module), sealing, database, atHand });
  }

  /** Told when another tab deletes it. */
  onDeleted(listener: () => void): void {
    this.#database.onDeleted(() => {
      this.#database.close();
      listener();
    });
  }

  /** Frees its room. A frozen tab may hold it: then that happens when the tab ends, and nobody waits for it here. */
  async delete(): Promise<void> {
    await atMost(farewell, this.#database.delete());
  }

  close(): void {
    this.#database.close();
  }

  /** Segment by segment, so that the page breathes. They never change: it is as if all were read at once. */
  async #read(module: string): Promise<ModuleContent> {
    const breathe = breathing();
    const name = await this.#sealing.name(module);
    for (;;) {
      const content = await this.#database.read(['segments', 'records', 'facts'], (tables) => tables.contentOf(name));
      const reading = new ModuleReading(module, this.#sealing);
      if (!(await this.#readSegments(content.segments, reading, breathe))) continue;
      for (const row of content.rows) {
        await breathe();
        await reading.addRow(row);
      }
      return { content, reading };
    }
  }

  /** @returns False when one is not there any more: the module was written anew meanwhile. */
  async #readSegments(keys: readonly number[], into: ModuleReading, breathe: () => Promise<void>): Promise<boolean> {
    for (const key of keys) {
      await breathe();
      const segment = await this.#database.read(['segments'], ({ segments }) => segments.get(key));
      if (!segment) return false;
      await into.addSegment(segment);
    }
    return true;
  }

  /** What is to be at hand and lies in segments only. */
  async #notAtHand(
    { rows, onPages = [] }: Pick<Commit, 'rows' | 'onPages'>,
    atHand: ReadonlySet<string>,
  ): Promise<readonly Kept[]> {
    if (onPages.length === 0) return [];
    const written = new Set(rows.map(({ module, id }) => keyOf(module, id)));
    const wanted = new Map<string, Kept>();
    for (const one of onPages) {
      const key = keyOf(one.module, one.id);
      if (!atHand.has(key) || written.has(key) || one.record === null) continue;
      wanted.set(await rowKeyOf(await this.#sealing.name(one.module), one.id, this.#sealing), one);
    }
    const among = await this.#database.read(['records'], (tables) => tables.rowsAmong([...wanted.keys()]));
    for (const key of among) wanted.delete(key);
    return [...wanted.values()];
  }

  #changedSince(turn: number): Promise<ChangedSince | null> {
    return this.#database.read(['facts', 'log', 'records', 'segments'], async (tables) => {
      const { facts, records, segments } = tables;
      const lines = await tables.logAfter(turn);
      const now = await facts.getMany(positionFacts);
      const isTold = lines.length > 0 ? lines[0]!.after === turn : (now[0]?.value ?? 0) === turn;
      if (!isTold) return null;
      const rows = await records.getMany([...new Set(lines.flatMap(({ keys }) => keys))]);
      const blocks = await segments.getMany(lines.flatMap((line) => line.segments));
      const here = { facts: now, rows: rows.flatMap((row) => row ?? []), segments: blocks.flatMap((one) => one ?? []) };
      // what is not here any more was written anew, together with others
      return here.rows.length === rows.length && here.segments.length === blocks.length ? here : null;
    });
  }

  #facts(): Promise<Facts> {
    return this.#database.read(['facts'], ({ facts }) => facts.getMany(positionFacts));
  }

  async #positionOf([turn, stood]: Facts): Promise<Position> {
    const generation = this.number;
    if (typeof turn?.value !== 'number' || typeof stood?.value === 'undefined' || typeof stood.value === 'number')
      return { generation, turn: 0, standing: beginning, modules: [], follows: [] };
    const text = await this.#sealing.open(stood.value, 'standing');
    return { generation, turn: turn.value, ...positionFrom(text) };
  }

  async #sealedPage(page: KeptPage): Promise<Omit<PageRow, 'used'>> {
    const key = await this.#sealing.name(page.key);
    return { key, text: await this.#sealing.seal(plainJson(page), key) };
  }

  async #openedPage({ key, text }: PageRow): Promise<KeptPage> {
    return JSON.parse(await this.#sealing.open(text, key)) as KeptPage;
  }
}

/**
 * The first turn of a database is any number, so that tabs notice when it is not the one they knew: the browser cleared
 * it, and somebody began anew under the same name.
 */
const firstTurn = (): number => 1 + Math.floor(Math.random() * 2 ** 40);
