import type { Change } from '@tessera-crm/model/change.js';
import {
  beginning,
  keyOf,
  type Held,
  type Reply,
  type Standing,
  type Step,
} from '@tessera-crm/model/protocol/sync/client.js';
import type { Waiting } from '@tessera-crm/model/protocol/sync/outgoing.js';
import type { Note } from './server.ts';

/** A record as it is kept: what it says, and how it is known. */
export interface Kept {
  readonly held: Held;
  readonly note: Note | null;
}

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

  /** @returns False when somebody else wrote since `turn`: what was worked out may not hold any more. */
  commit(turn: number, cache: Cache, step: Step): boolean {
    if (cache !== this.cache || turn !== cache.turn) return false;
    applyStep(cache.kept, step);
    cache.standing = step.standing;
    cache.turn++;
    return true;
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

export interface Cache {
  standing: Standing;
  /** One more at each transaction. */
  turn: number;
  readonly kept: Map<string, Kept>;
}

export const newCache = (standing: Standing = beginning): Cache => ({ standing, turn: 0, kept: new Map() });

export const applyStep = (kept: Map<string, Kept>, { put, drop }: Step): void => {
  for (const { key, held, record } of put) kept.set(key, { held, note: record as Note });
  for (const { key, held } of drop) kept.set(key, { held, note: null });
};

/** A reply of the model's server, as the client takes it. */
export const replyOf = (
  { asOf, aclSeq }: { readonly asOf: number; readonly aclSeq: number },
  rows: readonly Note[],
  gone: readonly string[] = [],
): Reply => ({
  asOf,
  aclSeq,
  rows: rows.map((record) => ({ module: 'notes', record })),
  gone: gone.map((id) => keyOf('notes', id)),
});
