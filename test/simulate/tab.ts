import type { Change } from '@tessera-crm/model/change.js';
import {
  SyncClient,
  type Batch,
  type Known,
  type Proof,
  type Reply,
  type Standing,
  type Step,
} from '@tessera-crm/model/protocol/sync/client.js';
import type { Outcome } from '@tessera-crm/model/protocol/sync/messages.js';
import { SyncOutgoing } from '@tessera-crm/model/protocol/sync/outgoing.js';
import type { Rules } from '@tessera-crm/model/protocol/sync/rules.js';
import type { Waiting } from '@tessera-crm/model/protocol/sync/outgoing.js';
import { replyOf, type Disk } from './device.ts';
import { idOf, Memory } from './memory.ts';
import type { Network } from './network.ts';
import { named, overlay } from './overlay.ts';
import { keyOfNote, modules, type Note, type Server, type Stamp } from './server.ts';

export interface TabOptions {
  readonly user: string;
  readonly disk: Disk;
  readonly server: Server;
  readonly network: Network;
  readonly rules: Rules;
  /** Hears what must never be. */
  readonly complain: (text: string) => void;
}

const pageSize = 5;

/**
 * One tab: a memory of its own that is written to the disk now and then, and what it asks the server. Killing it is
 * forgetting it.
 */
export class Tab {
  readonly #options: TabOptions;
  readonly #sync: SyncClient;
  readonly #outgoing: SyncOutgoing;
  readonly #memory: Memory;
  /** The outbox as it was when it was last looked at. */
  #queue: readonly Waiting[] = [];
  /** Grows when everything begins anew: answers from before count for nothing. */
  #life = 0;

  constructor(options: TabOptions) {
    this.#options = options;
    this.#sync = new SyncClient(options.rules);
    this.#outgoing = new SyncOutgoing(options.rules);
    this.#memory = new Memory({ ...options, sync: this.#sync });
    this.#queue = options.disk.outbox.queue;
  }

  /** What is in sight, with what waits laid on top. */
  shown(): ReadonlyMap<string, Note> {
    const shown = new Map(this.base().map((note) => [note.id, note]));
    for (const { changes } of this.#queue) for (const change of changes) overlay(shown, change, this.#options.user);
    return shown;
  }

  /** What it holds as the server gave it, in sight. */
  base(): readonly Note[] {
    return [...this.#memory.kept.values()].flatMap(({ held, note }) =>
      note && this.#sync.isInSight(held, this.standing) ? [note] : [],
    );
  }

  get standing(): Standing {
    return this.#memory.standing;
  }

  load(): void {
    this.#memory.load();
  }

  keep(): void {
    this.#memory.keep();
  }

  /** Learns what other tabs kept, and what became of the outbox. */
  catchUp(): void {
    this.#memory.catchUp();
    this.#queue = this.#options.disk.outbox.queue;
  }

  askPage(module: string = modules[0], skipped = 0): void {
    this.#ask(
      (server, stamp, user) => replyOf(stamp, server.page(user, module, { skipped, limit: pageSize })),
      (reply) => this.#take(reply),
    );
  }

  /** R8: what is due, and what mutations changed that is not here. */
  askNews(): void {
    const keys = new Set([...this.standing.due.keys(), ...this.#missing()]);
    if (keys.size === 0) return;
    const known = [...keys].map((key) => {
      const { held, note } = this.#memory.kept.get(key) ?? {};
      // what has to be proven has to be told anew
      return [idOf(key), note && held && this.#sync.isInSight(held, this.standing) ? note.version : 0] as const;
    });
    this.#ask(
      (server, stamp, user) => {
        const { rows, gone } = server.news(user, known);
        return replyOf(stamp, rows, gone);
      },
      (reply) => this.#take(reply),
    );
  }

  askFeed(limit: number): void {
    const { cursor } = this.standing;
    if (cursor === null) return this.askPage();
    const of = [...this.#memory.known().modules];
    this.#ask(
      (server, { aclSeq }, user) => ({ batch: server.feed(user, { from: cursor, limit, of }), aclSeq }),
      ({ batch, aclSeq }) => this.#hear(batch, aclSeq),
    );
  }

  /** R4 */
  askProof(): void {
    const { standing } = this;
    const asked = [...this.#memory.kept].filter(([, { held, note }]) => note && !this.#sync.isInSight(held, standing));
    if (asked.length === 0) {
      if (standing.proven < standing.aclSeq && this.#memory.isLoaded)
        this.#memory.do((known) => this.#allProven(known));
      return;
    }
    const keys = asked.map(([key]) => key);
    this.#ask(
      (server, { asOf, aclSeq }, user): Proof => ({
        asOf,
        aclSeq,
        fieldsSeq: server.fieldsSeq(user),
        asked: new Map(keys.map((key) => [key, server.notes.get(idOf(key))?.version ?? 0])),
        gone: server.verify(user, keys.map(idOf)).map(keyOfNote),
      }),
      (proof) => this.#prove(proof),
    );
  }

  push(): void {
    const { disk, network, server, user } = this.#options;
    const { client, heard } = disk.outbox;
    const mutations = this.#outgoing.toPush(disk.outbox.queue);
    if (mutations.length === 0) return;
    network.send(() => {
      const { asOf, aclSeq } = server.stamp(user, client);
      const { outcomes, last } = server.push(user, client, { heard, mutations });
      const touched = outcomes.flatMap((one) => (one.ok ? (one.touched ?? []) : [])).map(({ id }) => [id, 0] as const);
      const { rows, gone } = server.news(user, touched);
      const reply = {
        client,
        outcomes,
        last,
        heard,
        reply: replyOf({ asOf, aclSeq }, rows, gone),
      };
      network.send(() => this.#pushed(reply));
    });
  }

  mutate(changes: readonly Change[]): number {
    return this.#options.disk.add(changes);
  }

  #ask<T>(answer: (server: Server, stamp: Stamp, user: string) => T, take: (reply: T) => void): void {
    const { network, server, user, disk } = this.#options;
    const { client } = disk.outbox;
    const life = this.#life;
    network.send(() => {
      const stamp = server.stamp(user, client);
      // others commit between the look at the counter and the look at the rows
      network.send(() => {
        const reply = answer(server, stamp, user);
        network.send(() => life === this.#life && take(reply));
      });
    });
  }

  #take(reply: Reply): void {
    this.#memory.do((known) => this.#sync.replied(known, reply));
    this.#settle();
  }

  #hear(batch: Batch | null, aclSeq: number): void {
    if (!batch) return this.#begin();
    this.#memory.recent.add(batch);
    this.#memory.do((known) => this.#sync.heard(known, batch));
    this.#memory.do((known) => this.#sync.rightsChanged(known, aclSeq));
    this.#settle();
  }

  #prove(proof: Proof): void {
    this.#memory.do((known) => {
      const step = this.#sync.proven(known, proof);
      for (const key of step.proven) this.#memory.prove(key, proof.aclSeq);
      return step;
    });
  }

  #allProven(known: Known): Step {
    const isProven = [...this.#memory.kept.values()].every(
      ({ held, note }) => !note || this.#sync.isInSight(held, known.standing),
    );
    return isProven ? this.#sync.allProven(known) : this.#sync.rightsChanged(known, 0);
  }

  /** R9: another generation, unless another tab began it already. */
  #begin(): void {
    this.#life++;
    this.#memory.begin();
  }

  #pushed({ client, outcomes, last, heard, reply }: Pushed): void {
    const { disk } = this.#options;
    if (client !== disk.outbox.client) return;
    const { carriedOut, refused, dependent, isCountLost } = this.#outgoing.answered(
      disk.outbox.queue,
      { outcomes, last },
      { heard, given: disk.outbox.next - 1 },
    );
    if (isCountLost) return disk.renameClient();
    this.#memory.do((known) => this.#sync.replied(known, reply));
    this.keep();
    const { queue } = disk.outbox;
    disk.outbox.refused.push(...queue.flatMap(({ mid }) => (refused.has(mid) ? [mid] : [])));
    disk.outbox.dependent.push(
      ...queue.flatMap(({ mid, changes }) => (dependent.has(mid) && changes.length > 0 ? [mid] : [])),
    );
    disk.outbox.queue = queue.flatMap((one) => {
      if (refused.has(one.mid)) return [];
      if (dependent.has(one.mid)) return [{ ...one, changes: [] }];
      return carriedOut.has(one.mid) ? [{ ...one, touched: carriedOut.get(one.mid) ?? named(one.changes) }] : [one];
    });
    this.#settle();
  }

  /** R11: here means kept. */
  #settle(): void {
    const { disk } = this.#options;
    const isThrough = (one: Waiting): boolean => this.#outgoing.isHere(one, (key) => this.#memory.held(key));
    if (disk.outbox.queue.some(isThrough)) this.keep();
    this.catchUp();
    const { queue } = disk.outbox;
    for (const { mid, touched = [] } of queue.filter(isThrough))
      if (touched.some((one) => this.#isMissing(one))) this.#options.complain(`${mid} left before its effect was here`);
    disk.outbox.queue = queue.filter((one) => !isThrough(one));
    this.#queue = disk.outbox.queue;
    const open = disk.outbox.queue.map(({ mid }) => mid);
    disk.outbox.heard = Math.max(disk.outbox.heard, Math.min(disk.outbox.next - 1, ...open.map((mid) => mid - 1)));
  }

  #missing(): readonly string[] {
    const touched = this.#options.disk.outbox.queue.flatMap((one) => one.touched ?? []);
    return touched.filter((one) => this.#isMissing(one)).map(([key]) => key);
  }

  #isMissing([key, version]: readonly [string, number]): boolean {
    const held = this.#memory.held(key);
    return !held || (!held.isGone && held.version < version);
  }
}

interface Pushed {
  readonly client: string;
  readonly outcomes: readonly Outcome[];
  readonly last: number;
  readonly heard: number;
  readonly reply: Reply;
}
