import type { AnyRecord } from '@tessera-crm/model/module.js';
import { keyOf, type Batch } from '@tessera-crm/model/protocol/sync/client.js';
import type { Mutation, Outcome } from '@tessera-crm/model/protocol/sync/messages.js';

/** A record of the model: who owns it decides who sees it. */
export interface Note extends AnyRecord {
  readonly owner: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly count: number;
  readonly isDeleted: boolean;
}

/** There are two modules, so that one may be heard of and not the other. */
export const modules = ['notes', 'memos'] as const;

export const moduleOf = (id: string): (typeof modules)[number] => modules[Number(id.slice(1)) % 4 === 3 ? 1 : 0];

export const keyOfNote = (id: string): string => keyOf(moduleOf(id), id);

interface Logged {
  readonly seq: number;
  readonly id: string;
  readonly version: number;
  readonly op: Batch['changes'][number]['op'];
  readonly ownerBefore: string | null;
}

interface Asked {
  readonly from: number;
  readonly limit: number;
  readonly of: readonly string[];
}

interface KnownClient {
  last: number;
  readonly outcomes: Map<number, Outcome>;
}

/** What every reply carries. */
export interface Stamp {
  readonly asOf: number;
  readonly aclSeq: number;
  readonly last: number;
}

/** Whose notes a person sees, whether with all their texts, and since when. */
interface Rights {
  readonly owners: ReadonlySet<string>;
  readonly isWhole: boolean;
  readonly seq: number;
  readonly fieldsSeq: number;
}

/** What a server may do wrong, to show that it is noticed. */
export interface ServerFaults {
  readonly forgetsCounts?: boolean;
  readonly ignoresHorizon?: boolean;
}

/** The server of the model: the least that keeps the server's side of SPEC.md. */
export class Server {
  readonly notes = new Map<string, Note>();
  /** `client#mid` in the order in which they were carried out or refused. */
  readonly executed: string[] = [];
  readonly #faults: ServerFaults;
  readonly #log: Logged[] = [];
  readonly #clients = new Map<string, KnownClient>();
  /** Everything is everybody's unless restricted. */
  readonly #rights = new Map<string, Rights>();
  #seq = 0;
  #horizon = 0;

  constructor(faults: ServerFaults) {
    this.#faults = faults;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Read before the rest of a reply: what is committed meanwhile may be in it too. */
  stamp(user: string, client: string): Stamp {
    return { asOf: this.#seq, aclSeq: this.aclSeq(user), last: this.#clients.get(client)?.last ?? 0 };
  }

  aclSeq(user: string): number {
    return this.#rights.get(user)?.seq ?? 0;
  }

  maySee(user: string, owner: string): boolean {
    return this.#rights.get(user)?.owners.has(owner) ?? true;
  }

  fieldsSeq(user: string): number {
    return this.#rights.get(user)?.fieldsSeq ?? 0;
  }

  /** A note as somebody may see it. */
  asSeenBy(user: string, note: Note): Note {
    const isWhole = this.#rights.get(user)?.isWhole ?? true;
    return isWhole || note.texts['b'] === undefined ? note : { ...note, texts: { ...note.texts, b: 'hidden' } };
  }

  isInSight(user: string, note: Note | undefined): note is Note {
    return note !== undefined && !note.isDeleted && this.maySee(user, note.owner);
  }

  page(user: string, module: string, { skipped = 0, limit }: { readonly skipped?: number; readonly limit: number }) {
    return [...this.notes.values()]
      .filter((note) => moduleOf(note.id) === module && this.isInSight(user, note))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(skipped, skipped + limit)
      .map((note) => this.asSeenBy(user, note));
  }

  news(
    user: string,
    known: readonly (readonly [string, number])[],
  ): { rows: readonly Note[]; gone: readonly string[] } {
    const found = known.map(([id, version]) => ({ id, version, note: this.notes.get(id) }));
    return {
      rows: found.flatMap(({ note, version }) =>
        this.isInSight(user, note) && note.version > version ? [this.asSeenBy(user, note)] : [],
      ),
      gone: found.flatMap(({ id, note }) => (this.isInSight(user, note) ? [] : [id])),
    };
  }

  /** Null when nobody remembers that far back. @param of - The modules to tell of. */
  feed(user: string, { from, limit, of }: Asked): Batch | null {
    if (from > this.#seq || (from < this.#horizon && !this.#faults.ignoresHorizon)) return null;
    const to = Math.min(this.#seq, from + limit);
    const changes = this.#log
      .filter(({ seq, id }) => seq > from && seq <= to && of.includes(moduleOf(id)))
      .flatMap(({ id, version, op, ownerBefore }) => {
        if (this.isInSight(user, this.notes.get(id))) return [{ module: moduleOf(id), id, version, op }];
        const wasInSight = ownerBefore !== null && this.maySee(user, ownerBefore);
        return wasInSight ? [{ module: moduleOf(id), id, version, op: op === 'delete' ? op : ('leave' as const) }] : [];
      });
    return { from, to, changes, of };
  }

  push(user: string, client: string, { heard, mutations }: { heard: number; mutations: readonly Mutation[] }) {
    const known = this.#clients.get(client) ?? { last: 0, outcomes: new Map() };
    this.#clients.set(client, known);
    for (const mid of known.outcomes.keys()) if (mid <= heard) known.outcomes.delete(mid);
    const outcomes: Outcome[] = [];
    for (const mutation of mutations) {
      const { mid } = mutation;
      if (mid > known.last + 1 && !this.#faults.forgetsCounts) break;
      if (mid > known.last || this.#faults.forgetsCounts) {
        known.outcomes.set(mid, this.#carryOut(user, mutation));
        known.last = mid;
        this.executed.push(`${client}#${mid}`);
      }
      outcomes.push(known.outcomes.get(mid) ?? { ok: true, mid });
    }
    return { outcomes, last: known.last };
  }

  verify(user: string, ids: readonly string[]): readonly string[] {
    return ids.filter((id) => !this.isInSight(user, this.notes.get(id)));
  }

  restrict(user: string, owners: readonly string[], isWhole: boolean): void {
    const before = this.#rights.get(user);
    const seq = ++this.#seq;
    const fieldsSeq = isWhole === (before?.isWhole ?? true) ? (before?.fieldsSeq ?? 0) : seq;
    this.#rights.set(user, { owners: new Set(owners), isWhole, seq, fieldsSeq });
  }

  /** Forgets what happened so far, and deleted notes with it. */
  forget(): void {
    this.#horizon = this.#seq;
    this.#log.length = 0;
    for (const [id, note] of this.notes) if (note.isDeleted) this.notes.delete(id);
  }

  /** A note changes hands, by somebody who works elsewhere. */
  handOver(id: string, owner: string): void {
    const note = this.notes.get(id);
    if (note && !note.isDeleted) this.#write({ ...note, owner }, 'update');
  }

  edit(id: string, text: string): void {
    const note = this.notes.get(id);
    if (note && !note.isDeleted) this.#write({ ...note, texts: { ...note.texts, b: text } }, 'update');
  }

  restore(id: string): void {
    const note = this.notes.get(id);
    if (note?.isDeleted) this.#write({ ...note, isDeleted: false }, 'restore');
  }

  #carryOut(user: string, { mid, changes }: Mutation): Outcome {
    const touched: { module: string; id: string; version: number; record: null }[] = [];
    for (const change of changes) {
      const note = this.notes.get(change.id);
      const written = change.op === 'create' ? this.#made(user, change, note) : this.#changed(user, change, note);
      if (!written) return { ok: false, mid, error: { type: '', title: '', status: 404, code: 'not-found' } };
      this.#write(written, change.op === 'create' ? 'create' : change.op === 'delete' ? 'delete' : 'update');
      touched.push({
        module: moduleOf(written.id),
        id: written.id,
        version: this.notes.get(written.id)!.version,
        record: null,
      });
    }
    return { ok: true, mid, touched };
  }

  #made(user: string, change: Mutation['changes'][number], note: Note | undefined): Note | null {
    if (note || change.op !== 'create') return null;
    const { parent, text } = change.values as { readonly parent?: string; readonly text: string };
    if (parent !== undefined && !this.isInSight(user, this.notes.get(parent))) return null;
    if (text === 'refused') return null;
    return { id: change.id, version: 0, owner: user, texts: { a: text }, count: 0, isDeleted: false };
  }

  #changed(user: string, change: Mutation['changes'][number], note: Note | undefined): Note | null {
    if (!this.isInSight(user, note)) return null;
    if (change.op === 'delete') return { ...note, isDeleted: true };
    if (change.op === 'act') return { ...note, count: note.count + 1 };
    if (change.op !== 'update') return null;
    const { owner = note.owner, ...texts } = change.values as Readonly<Record<string, string>>;
    return { ...note, owner, texts: { ...note.texts, ...texts } };
  }

  #write(note: Note, op: Logged['op']): void {
    const before = this.notes.get(note.id);
    const version = note.version + 1;
    this.notes.set(note.id, { ...note, version });
    this.#log.push({ seq: ++this.#seq, id: note.id, version, op, ownerBefore: before?.owner ?? null });
  }
}
