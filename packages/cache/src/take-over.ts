import { plainJson } from '@tessera-crm/model/plain-json.js';
import { keyOf, type Standing } from '@tessera-crm/model/protocol/sync/client.js';
import { breathing } from './breathe.ts';
import type { Entry } from './entry.ts';
import type { Generation } from './generation.ts';
import { namedBy } from './names.ts';
import { isPin, shownOn, type Kept, type KeptPage, type Position } from './storage.ts';

export interface TakeOverOptions {
  readonly from: Generation;
  /** An empty one. */
  readonly to: Generation;
  /** What is to be sent: the records that it is about are taken before all others. */
  readonly waiting: readonly Entry[];
  /** Bytes at most. */
  readonly room: number;
}

/**
 * Takes over from an earlier generation what was used last, and where it stands.
 *
 * @returns False when somebody wrote to either meanwhile: then one does not continue the other.
 */
export const takeOver = async ({ from, to, waiting, room }: TakeOverOptions): Promise<boolean> => {
  const first = waiting.flatMap(keysIn);
  const before = await from.position();
  const pages = await from.usedPages();
  const modules = new Set([
    ...before.follows,
    ...first.map((key) => namedBy(key).module),
    ...pages.flatMap((page) => [...shownOn(page).keys()]),
  ]);
  const luggage = new Luggage(await recordsOf(from, modules), room);
  luggage.pack(first);
  // a pin holds as long as all is there of what it looks at
  const follows = luggage.packIfItFits(luggage.keysIn(before.follows)) ? before.follows : [];
  const breathe = breathing();
  const taken: KeptPage[] = [];
  for (const page of pages) {
    await breathe();
    if (isPin(page) && follows.length === 0) continue;
    const keys = [...shownOn(page)].flatMap(([module, ids]) => ids.map((id) => keyOf(module, id)));
    if (luggage.packIfItFits(keys)) taken.push(page);
  }
  const { rows } = luggage;
  const now = await from.position();
  if (now.turn !== before.turn) return false;
  // used last, written last
  const commit = {
    at: { generation: to.number, turn: 0 },
    standing: of(before, rows, follows),
    follows,
    rows,
    pages: taken.toReversed(),
  };
  return (await to.commit(commit)) !== null;
};

/** The records that an entry is about. */
const keysIn = ({ patches, touched = [] }: Entry): readonly string[] => [
  ...patches.map(({ module, id }) => keyOf(module, id)),
  ...touched.map(([key]) => key),
];

/** What is left behind is not known any more, so nothing of it is due. */
const of = ({ standing }: Position, rows: readonly Kept[], follows: readonly string[]): Standing => {
  const taken = new Set(rows.map(({ module, id }) => keyOf(module, id)));
  const isDue = (key: string): boolean => taken.has(key) || follows.includes(namedBy(key).module);
  return { ...standing, due: new Map([...standing.due].filter(([key]) => isDue(key))) };
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

  /** All records of some modules. */
  keysIn(modules: readonly string[]): readonly string[] {
    return [...this.#records.keys()].filter((key) => modules.includes(namedBy(key).module));
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
