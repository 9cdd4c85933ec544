import type { Change } from '@tessera-crm/model/change.js';
import { beginning, type Held, type Reply, type Standing } from '@tessera-crm/model/protocol/sync/client.js';
import type { Waiting } from '@tessera-crm/model/protocol/sync/outgoing.js';
import { keyOfNote, moduleOf, type Note } from './server.ts';

/** A record as it is kept: what it says, and how it is known. */
export interface Kept {
  readonly held: Held;
  readonly note: Note | null;
}

export interface Cache {
  standing: Standing;
  /** One more at each transaction. */
  turn: number;
  readonly kept: Map<string, Kept>;
}

export const newCache = (): Cache => ({ standing: beginning, turn: 0, kept: new Map() });

/** What survives the end of a tab. Each method is one transaction: all of it happens, or nothing. */
export class Disk {
  /** Everything that can be had again. Another object is another generation. */
  cache = newCache();
  outbox = {
    client: 'c0',
    next: 1,
    heard: 0,
    queue: [] as Waiting[],
    refused: [] as number[],
    dependent: [] as number[],
  };
  readonly #name: string;
  #clients = 0;

  constructor(name: string) {
    this.#name = name;
    this.renameClient();
  }

  /**
   * @param at - What whoever writes knows of; anything may begin a cache in which nothing was kept yet.
   * @returns False when somebody else wrote since.
   */
  commit(
    at: { readonly cache: Cache; readonly turn: number },
    standing: Standing,
    rows: ReadonlyMap<string, Kept>,
  ): boolean {
    const { cache } = this;
    if (cache.turn > 0 && (cache !== at.cache || cache.turn !== at.turn)) return false;
    for (const [key, row] of rows) cache.kept.set(key, row);
    cache.standing = standing;
    cache.turn++;
    return true;
  }

  /** What is known to be gone is not remembered for long. */
  tidy(): void {
    for (const [key, { note }] of this.cache.kept) if (!note) this.cache.kept.delete(key);
  }

  add(changes: readonly Change[]): number {
    const mid = this.outbox.next++;
    this.outbox.queue.push({ mid, changes });
    return mid;
  }

  /** The outbox was lost, or its count is wrong: whatever waits is counted anew under a new name. */
  renameClient(): void {
    this.outbox.client = `${this.#name}.${this.#clients++}`;
    this.outbox.heard = 0;
    const waiting = this.outbox.queue.filter(({ touched }) => !touched);
    this.outbox.queue = waiting.map((one, place) => ({ ...one, mid: place + 1 }));
    this.outbox.next = waiting.length + 1;
  }
}

/** A reply of the model's server, as the client takes it. */
export const replyOf = (
  { asOf, aclSeq }: { readonly asOf: number; readonly aclSeq: number },
  rows: readonly Note[],
  gone: readonly string[] = [],
): Reply => ({
  asOf,
  aclSeq,
  rows: rows.map((record) => ({ module: moduleOf(record.id), record })),
  gone: gone.map(keyOfNote),
});
