import { plainJson } from '@tessera-crm/model/plain-json.js';
import { keyOf, type Standing } from '@tessera-crm/model/protocol/sync/client.js';
import { breathing } from './breathe.ts';
import type { Generation } from './generation.ts';
import { namedBy } from './names.ts';
import { shownOn, type Kept, type KeptPage, type Position } from './storage.ts';

export interface TakeOverOptions {
  readonly from: Generation;
  /** An empty one. */
  readonly to: Generation;
  /** Keys of records that are taken before all others. */
  readonly first: readonly string[];
  /** Bytes at most. */
  readonly room: number;
}

/**
 * Takes over from an earlier generation what was used last, and where it stands.
 *
 * @returns False when somebody wrote to either meanwhile: then one does not continue the other.
 */
export const takeOver = async ({ from, to, first, room }: TakeOverOptions): Promise<boolean> => {
  const before = await from.position();
  const pages = await from.usedPages();
  const modules = new Set([
    ...first.map((key) => namedBy(key).module),
    ...pages.flatMap((page) => [...shownOn(page).keys()]),
  ]);
  const luggage = new Luggage(await recordsOf(from, modules), room);
  luggage.pack(first);
  const breathe = breathing();
  const taken: KeptPage[] = [];
  for (const page of pages) {
    await breathe();
    const keys = [...shownOn(page)].flatMap(([module, ids]) => ids.map((id) => keyOf(module, id)));
    if (luggage.packIfItFits(keys)) taken.push(page);
  }
  const { rows } = luggage;
  const now = await from.position();
  if (now.turn !== before.turn) return false;
  // used last, written last
  const commit = {
    at: { generation: to.number, turn: 0 },
    standing: of(before, rows),
    rows,
    pages: taken.toReversed(),
  };
  return (await to.commit(commit)) !== null;
};

/** What is left behind is not known any more, so nothing of it is due. */
const of = ({ standing }: Position, rows: readonly Kept[]): Standing => {
  const taken = new Set(rows.map(({ module, id }) => keyOf(module, id)));
  return { ...standing, due: new Map([...standing.due].filter(([key]) => taken.has(key))) };
};

const recordsOf = async (from: Generation, modules: Iterable<string>): Promise<ReadonlyMap<string, Kept>> => {
  const records = new Map<string, Kept>();
  for (const module of modules)
    for (const kept of await from.records(module)) records.set(keyOf(module, kept.id), kept);
  return records;
};

/** Records that are taken along, each once. */
class Luggage {
  readonly #records: ReadonlyMap<string, Kept>;
  readonly #taken = new Map<string, Kept>();
  #room: number;

  constructor(records: ReadonlyMap<string, Kept>, room: number) {
    this.#records = records;
    this.#room = room;
  }

  get rows(): readonly Kept[] {
    return [...this.#taken.values()];
  }

  pack(keys: readonly string[]): void {
    for (const [key, kept] of this.#missing(new Set(keys))) {
      this.#taken.set(key, kept);
      this.#room -= sizeOf(kept);
    }
  }

  packIfItFits(keys: readonly string[]): boolean {
    const size = this.#missing(new Set(keys)).reduce((sum, [, kept]) => sum + sizeOf(kept), 0);
    if (size > this.#room || this.#room <= 0) return false;
    this.pack(keys);
    return true;
  }

  #missing(keys: ReadonlySet<string>): readonly (readonly [string, Kept])[] {
    return [...keys].flatMap((key) => {
      const kept = this.#records.get(key);
      return kept && !this.#taken.has(key) ? [[key, kept] as const] : [];
    });
  }
}

const sizeOf = ({ record }: Kept): number => plainJson(record).length;
