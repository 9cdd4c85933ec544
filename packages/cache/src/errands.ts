import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { keyOf } from '@tessera-crm/model/protocol/sync/client.js';
import { maxNamed } from '@tessera-crm/model/protocol/sync/limits.js';
import type { KnownVersions, SyncDoor } from '@tessera-crm/model/sync-door.js';
import { backOff } from './asking.ts';
import type { Truth } from './truth.ts';
import { underPresentRights } from './under-present-rights.ts';

export interface ErrandsOptions {
  readonly door: SyncDoor;
  readonly truth: Truth;
  /** Waits for an answer, and notes whether the server was reached. */
  readonly reach: <T>(answer: Promise<T>) => Promise<T>;
  /** Keys of what the server changed by order of this device and has not told yet. */
  readonly missing: () => readonly string[];
  /** Whether another tab leads, which fetches what is due as well, and tells what it kept. */
  readonly isLed: () => boolean;
}

/** Milliseconds in which several reasons become one errand, and in which another tab may run it. */
const collecting = { leading: 10, led: 150 };

/** What is to be asked of single records: what the feed told of, what has to be proven, what somebody wants to see. */
export class Errands {
  readonly #options: ErrandsOptions;
  /** By module, what is asked for at the end of this tick. */
  readonly #wanted = new Map<string, { readonly ids: Set<string>; readonly answer: Promise<void> }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: ErrandsOptions) {
    this.#options = options;
  }

  /** Looks in a moment whether there is anything to ask. */
  look(): void {
    if (this.#isClosed || this.#running || this.#timer !== undefined) return;
    const patience = this.#options.isLed() ? collecting.led : collecting.leading;
    this.#timer = setTimeout(() => void this.now(), this.#failures > 0 ? backOff(this.#failures) : patience);
  }

  /** Asks what there is to ask. Never rejects: what failed is asked later. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** The server may be reachable again. */
  retry(): void {
    this.#failures = 0;
    void this.now();
  }

  /** Asks for a record; those that are wanted within one tick travel together. */
  async ask(module: string, id: string): Promise<void> {
    let wanted = this.#wanted.get(module);
    if (!wanted || wanted.ids.size >= maxNamed) {
      const ids = new Set<string>();
      const answer = new Promise((endOfTick) => setTimeout(endOfTick)).then(() => {
        this.#wanted.delete(module);
        return this.#askFor(module, [...ids]);
      });
      this.#wanted.set(module, (wanted = { ids, answer }));
    }
    wanted.ids.add(id);
    return wanted.answer;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    try {
      // the last one's answers may give reasons for others
      for (let asked = true; asked && !this.#isClosed;) asked = await this.#once();
      this.#failures = 0;
    } catch {
      this.#failures++;
      this.#running = undefined;
      this.look();
    }
  }

  /** @returns Whether there was anything. */
  async #once(): Promise<boolean> {
    const { truth, missing } = this.#options;
    const before = new Map(truth.standing.due);
    const missed = missing();
    const named = [truth.due(), truth.versions(missed)];
    const unproven = truth.unproven();
    for (const [module, known] of named.flatMap((one) => [...one])) await this.#fetch(module, known);
    for (const [module, known] of unproven) await this.#prove(module, known);
    const isAsked = unproven.size > 0 || named.some(({ size }) => size > 0);
    const rest = [...truth.due()].flatMap(([module, known]) => known.map(([id]) => keyOf(module, id)));
    const still = missing();
    const isStuck =
      rest.some((key) => before.get(key) === truth.standing.due.get(key)) || still.some((key) => missed.includes(key));
    if (isStuck) throw new CrmError('unavailable', 'The server does not tell yet what it announced.');
    return isAsked;
  }

  async #askFor(module: string, ids: readonly string[]): Promise<void> {
    const known = this.#options.truth.versions(ids.map((id) => keyOf(module, id))).get(module) ?? [];
    await this.#fetch(module, known);
  }

  async #fetch(module: string, known: KnownVersions): Promise<void> {
    const { door, truth, reach } = this.#options;
    await inParts(known, async (some) => {
      const { asOf, aclSeq, records, gone } = await reach(door.records(module, some));
      const rows = records.map((record) => ({ module, record: record as AnyRecord }));
      return truth.take({ asOf, aclSeq, rows, gone: gone.map((id) => keyOf(module, id)) });
    });
  }

  async #prove(module: string, known: KnownVersions): Promise<void> {
    const { door, truth, reach } = this.#options;
    await inParts(known, async (some) => {
      const { asOf, aclSeq, fieldsSeq, gone, changed } = await reach(door.verify(module, some));
      const asked = new Map([...some, ...changed].map(([id, version]) => [keyOf(module, id), version] as const));
      return truth.prove({ asOf, aclSeq, fieldsSeq, asked, gone: gone.map((id) => keyOf(module, id)) });
    });
  }
}

/** @param work - Answers whether the reply counted. */
const inParts = async (known: KnownVersions, work: (some: KnownVersions) => Promise<boolean>): Promise<void> => {
  for (let start = 0; start < known.length; start += maxNamed) {
    const some = known.slice(start, start + maxNamed);
    await underPresentRights(async () => (await work(some)) || null);
  }
};
