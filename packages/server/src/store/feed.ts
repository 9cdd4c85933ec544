import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { toObjects, type Database } from '../database/database.ts';
import { headOf, newsAfter, nextAfter } from '../sql/changes.ts';
import { peopleVersion, raisedAfter, raiseTo, stampOf, type Asking } from '../sql/rights.ts';
import { SharedAnswers } from './shared-answers.ts';

type Listener = (seq: number) => void;

/** What every reply of the sync protocol carries. */
export interface Stamp {
  /** Everything up to this number is in what is read from now on. */
  readonly asOf: number;
  /** The number under which the caller's rights last changed. */
  readonly aclSeq: number;
  /** The last mutation of the caller's client that was counted; 0 without one. */
  readonly last: number;
}

/**
 * Milliseconds between two looks for what other processes committed, while anybody listens: one short statement for
 * all tenants. Into the embedded database nobody else writes.
 */
const intervals = { postgres: 100, pglite: 250 } as const;

interface Clock {
  readonly head: number;
  /** Changes up to here may be missing. */
  readonly horizon: number;
}

interface ChangeOf {
  readonly seq: number;
  readonly module: string;
  readonly record_id: string;
  readonly version: number;
  readonly op: ChangeEvent['changes'][number]['op'];
}

type NewsRow = Clock & (ChangeOf | { readonly seq: null });

const isChange = (row: NewsRow): row is Clock & ChangeOf => row.seq !== null;

/**
 * The changes of tenants in the order of their commits. One per process: it looks for all its listeners at once, and
 * hears at once of what its own process commits.
 */
export class ChangeFeed {
  readonly #database: Database;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #seen = new Map<string, number>();
  readonly #reads = new SharedAnswers<readonly ChangeEvent[] | null>();
  readonly #raised = new SharedAnswers<ReadonlyMap<string, number>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Tells that something was committed, by its number; what it was, `since` says. @returns How to stop. */
  subscribe(tenant: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(tenant) ?? new Set();
    // the same function may listen twice
    const own: Listener = (seq) => listener(seq);
    this.#listeners.set(tenant, listeners.add(own));
    this.#schedule();
    return () => {
      listeners.delete(own);
      if (listeners.size > 0 || this.#listeners.get(tenant) !== listeners) return;
      this.#listeners.delete(tenant);
      this.#seen.delete(tenant);
    };
  }

  /** A commit of this process. */
  committed(tenant: string, seq: number): void {
    this.#reads.forget(tenant);
    this.#raised.forget(tenant);
    if (!this.#listeners.has(tenant) || (this.#seen.get(tenant) ?? -1) >= seq) return;
    // one that cannot be read yet is found again when it can
    if (this.#database.clock.isPrompt) this.#seen.set(tenant, seq);
    for (const listener of this.#listeners.get(tenant) ?? []) this.#tell(tenant, listener, seq);
  }

  /** A listener that fails is told nothing more; the others are not its victims. */
  #tell(tenant: string, listener: Listener, seq: number): void {
    try {
      listener(seq);
    } catch {
      this.#listeners.get(tenant)?.delete(listener);
    }
  }

  /**
   * The events after a cursor, the oldest first.
   *
   * @param limit - Events at most.
   * @returns Null when the changes after the cursor are not kept any more, or when it lies in the future.
   */
  since(tenant: string, cursor: number, limit: number): Promise<readonly ChangeEvent[] | null> {
    // a commit wakes all who listen, and most of them stand at the same place
    return this.#reads.get(tenant, `${cursor} ${limit}`, async () => this.#since(tenant, cursor, limit));
  }

  async #since(tenant: string, cursor: number, limit: number): Promise<readonly ChangeEvent[] | null> {
    const rows = toObjects<NewsRow>(
      await this.#database.run(tenant, newsAfter(tenant, { seq: cursor, numbers: limit, clock: this.#database.clock })),
    );
    const { head, horizon } = rows[0]!;
    if (cursor > head || cursor < horizon) return null;
    const bySeq = Map.groupBy(rows.filter(isChange), ({ seq }) => seq);
    // numbers were left out here, when this clock took over from another one
    if (bySeq.size === 0 && this.#database.clock.isPrompt && head > cursor + limit)
      return this.#beyondHole(tenant, cursor, limit);
    return [...bySeq].map(([seq, changes]) => ({
      seq,
      changes: changes.map(({ module, record_id: id, version, op }) => ({ module, id, version, op })),
    }));
  }

  async #beyondHole(tenant: string, cursor: number, limit: number): Promise<readonly ChangeEvent[] | null> {
    const { rows } = await this.#database.run(tenant, nextAfter(tenant, cursor));
    const next = rows[0]?.[0] as number | undefined;
    return next === undefined || next <= cursor + limit ? [] : this.#since(tenant, next - 1, limit);
  }

  /** Whose rights changed after a number, and under which. */
  raisedAfter(tenant: string, seq: number): Promise<ReadonlyMap<string, number>> {
    return this.#raised.get(tenant, String(seq), async () => {
      const rows = toObjects<{ readonly principal: string; readonly seq: number }>(
        await this.#database.run(tenant, raisedAfter(tenant, seq)),
      );
      return new Map(rows.map((row) => [row.principal, row.seq]));
    });
  }

  /**
   * The number under which anything about people last changed: asked anew by everybody, as an answer that is under way may
   * be older than the number of rights under which something is told.
   */
  async peopleVersion(tenant: string): Promise<number> {
    const { rows } = await this.#database.run(tenant, peopleVersion(tenant));
    return rows[0]![0] as number;
  }

  /** From a number on, somebody's rights count as changed. */
  async raise(tenant: string, principal: string, seq: number): Promise<void> {
    await this.#database.run(tenant, raiseTo(tenant, principal, seq));
  }

  async stamp(tenant: string, asking: Asking): Promise<Stamp> {
    const [row] = (await this.#database.run(tenant, stampOf(tenant, asking, this.#database.clock)))
      .rows as readonly (readonly number[])[];
    const [asOf, aclSeq, last] = row!;
    return { asOf: asOf!, aclSeq: aclSeq!, last: last! };
  }

  /** The newest number of a tenant. */
  async head(tenant: string): Promise<number> {
    const { rows } = await this.#database.run(tenant, headOf(tenant, this.#database.clock));
    return rows[0]![0] as number;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#look(), intervals[this.#database.engine]);
    // nobody's process is kept alive by looking
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const tenants = [...this.#listeners.keys()];
    try {
      const { rows } =
        tenants.length > 0 ? await this.#database.admin(this.#database.clock.heads(tenants)) : { rows: [] };
      // the first time, too: something may have come between a listener's own look and its listening
      for (const [tenant, seq] of rows as readonly (readonly [string, number])[]) {
        this.committed(tenant, seq);
        if (this.#listeners.has(tenant)) this.#seen.set(tenant, seq);
      }
    } catch {
      // the database is away: the next look may find it again, and nothing is missed
    }
    this.#timer = undefined;
    if (this.#listeners.size > 0) this.#schedule();
  }
}
