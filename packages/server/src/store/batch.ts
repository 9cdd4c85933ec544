import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { apply } from '@tessera-crm/model/rules/apply.js';
import type { SettledConflict } from '@tessera-crm/model/rules/conflicts.js';
import { touchedBy } from '@tessera-crm/model/rules/workspace.js';
import type { Applied } from '@tessera-crm/model/store.js';
import { sql } from 'kysely';
import type { Connection, Database } from '../database/database.ts';
import { recordChanges, type Authorship } from '../sql/changes.ts';
import { house } from '../sql/compiler.ts';
import { takeNumbers } from '../sql/numbers.ts';
import { BatchState } from './batch-state.ts';
import { actorOf, type StoreContext } from './context.ts';
import { count, takeTurn, type Count, type Counted } from './counting.ts';
import { checkWithin } from './limits.ts';
import { numberBlocks } from './number-blocks.ts';
import { Numbers } from './numbers.ts';
import { preload } from './preload.ts';
import { raisedBy } from './raised.ts';
import type { Run } from './read-page.ts';
import { findReply, keep, type Repeatable } from './replies.ts';
import { affectedBy, recomputed } from './rollups.ts';
import { keepSealed, type Sealed } from './secrets.ts';
import { isTaken, takenError } from './taken.ts';

export interface Batch {
  readonly changes: readonly Change[];
  readonly atomic: boolean;
  /** Whether a change is refused when its record is at another version than its base, instead of being merged. */
  readonly exact: boolean;
  readonly request: Repeatable | null;
  /** Where `changes` name secrets: what has to be kept with them. */
  readonly sealed?: Sealed | undefined;
  /** Of a mutation: its place in the count of its client. Conflicts are settled then where there is a way. */
  readonly count?: Count | undefined;
}

/** How a batch ended. */
export interface Committed {
  readonly applied: readonly Applied[];
  /** The tenant's number under which it went; null when nothing changed. */
  readonly seq: number | null;
  /** Of a mutation: what came of it, now or before. */
  readonly counted?: Counted;
}

/** How often sums may depend on sums. */
const maxRollupLevels = 5;

export const authorship = ({ tenant, identity, source, requestId, clock }: StoreContext, at: string): Authorship => ({
  tenant,
  clock,
  at,
  actor: actorOf(identity),
  source,
  requestId,
});

/** Carries out a batch in one transaction. */
export const runBatch = async (batch: Batch, context: StoreContext, database: Database): Promise<Committed> => {
  // what is looked at in between is written by then, and has to be taken back if it may not stay
  const isLookedAt = context.limits !== undefined && !batch.atomic;
  try {
    return await runTransaction(batch, context, database, isLookedAt);
  } catch (error) {
    // another request with the same key may have been faster, and its writes stand in our way
    const reply =
      batch.request && (await findReply(batch.request, (statement) => database.run(context.tenant, statement)));
    if (reply) return { applied: reply, seq: null };
    // written together, values that move from record to record may seem to meet: one by one they do not
    if (isTaken(error) && batch.changes.length > 1) return runTransaction(batch, context, database, true);
    throw takenError(error, context.registry);
  }
};

/** @param careful - Whether each change is written before the next one is looked at. */
// oxlint-disable-next-line max-params
const runTransaction = async (
  batch: Batch,
  context: StoreContext,
  database: Database,
  careful: boolean,
): Promise<Committed> => {
  const numbers = new Numbers();
  const blocks = numberBlocks(database);
  await numbers.prepare(batch.changes, context.registry, (series, count) => blocks.take(context.tenant, series, count));
  return database.transaction(context.tenant, (connection) =>
    new Work({ batch, context, connection, numbers, careful }).run(),
  );
};

interface WorkOptions {
  readonly batch: Batch;
  readonly context: StoreContext;
  readonly connection: Connection;
  readonly numbers: Numbers;
  readonly careful: boolean;
}

/** One attempt at a batch. */
class Work {
  readonly #options: WorkOptions;
  readonly #run: Run;
  readonly #now: string;
  readonly #state: BatchState;
  readonly #settled: SettledConflict[] = [];

  constructor(options: WorkOptions) {
    const { context, connection, numbers } = options;
    this.#options = options;
    this.#run = (statement) => connection.run(statement);
    this.#now = context.now();
    this.#state = new BatchState({
      context,
      now: this.#now,
      run: this.#run,
      numbers,
      take: (series, amount) => this.#takeNumbers(series, amount),
      client: options.batch.count?.client,
    });
  }

  async run(): Promise<Committed> {
    const { batch, context } = this.#options;
    const counted = batch.count && (await takeTurn(batch.count, this.#now, this.#run));
    if (counted) return { applied: [], seq: null, counted };
    const reply = batch.request && (await findReply(batch.request, this.#run));
    if (reply) return { applied: reply, seq: null };
    if (batch.sealed) await keepSealed(batch.sealed, context.tenant, this.#run);
    await preload({ changes: batch.changes, state: this.#state, context, run: this.#run }, true);
    const applied: Applied[] = [];
    for (const change of batch.changes) applied.push(await this.#one(change));
    await this.#state.flush();
    await this.#roll();
    if (batch.count) return this.#count(batch.count);
    const current = await Promise.all(applied.map((one) => this.#current(one)));
    const [, seq] = await Promise.all([
      batch.request && keep(batch.request, { applied: current, at: this.#now }, this.#run),
      this.#finish(),
    ]);
    return { applied: current, seq };
  }

  async #count(of: Count): Promise<Committed> {
    const touched = touchedBy(this.#state.writes);
    const counted = { ok: true, mid: of.mid, touched, conflicts: this.#settled } as const;
    const [, seq] = await Promise.all([count(of, counted, { at: this.#now, run: this.#run }), this.#finish()]);
    return { applied: [], seq, counted };
  }

  /** Within the transaction: given back when it fails. */
  async #takeNumbers(series: string, count: number): Promise<readonly number[]> {
    const { rows } = await this.#run(takeNumbers({ tenant: this.#options.context.tenant, series, count }));
    const last = rows[0]![0] as number;
    return Array.from({ length: count }, (_, index) => last - count + 1 + index);
  }

  async #one(change: Change): Promise<Applied> {
    const { batch, careful } = this.#options;
    const back = batch.atomic ? undefined : this.#state.checkpoint();
    if (careful && !batch.atomic) await this.#run(sql`savepoint change`.compile(house));
    try {
      const result = await this.#carryOut(change);
      if (careful) await this.#state.flush();
      return { ok: true, module: change.module, id: change.id, record: null, ...(change.op === 'act' && { result }) };
    } catch (raw) {
      const error = careful ? takenError(raw, this.#options.context.registry) : raw;
      if (batch.atomic || !isCrmError(error) || error.code === 'unavailable' || error.code === 'internal') throw error;
      back?.();
      if (careful) await this.#run(sql`rollback to savepoint change`.compile(house));
      return { ok: false, module: change.module, id: change.id, error };
    }
  }

  async #carryOut(change: Change): Promise<Readonly<Record<string, unknown>>> {
    const { context } = this.#options;
    const { registry, identity, settings, source } = context;
    const within = context.limits && { limits: context.limits, context, run: this.#run, state: this.#state };
    if (within) await checkWithin(change, within, 'before');
    if (this.#options.batch.exact) await this.#checkBase(change);
    const { writes, result, settled } = await apply(change, this.#state, {
      registry,
      identity,
      settings,
      source,
      now: this.#now,
      newId: () => context.newId(),
      ...(this.#options.batch.count && { settle: context.settle }),
    });
    this.#state.put(writes);
    this.#settled.push(...settled);
    if (within) await checkWithin(change, within, 'after');
    return result;
  }

  /** The record is locked already, so that nothing comes between this look and the change. */
  async #checkBase(change: Change): Promise<void> {
    if (!('base' in change) || change.base === undefined) return;
    const version = (await this.#state.getAny(change.module, change.id))?.version;
    if (version !== undefined && version !== change.base)
      throw new CrmError('version-conflict', `The record is at version ${version}, not ${change.base}.`, { version });
  }

  /** Sums of other records over what was written, and sums over those. */
  async #roll(): Promise<void> {
    const { context } = this.#options;
    let done = 0;
    for (let level = 0; level < maxRollupLevels; level++) {
      const affected = affectedBy(this.#state.writes.slice(done), context.registry);
      if (affected.size === 0) return;
      done = this.#state.writes.length;
      const lock = (module: string, ids: readonly string[]): Promise<ReadonlyMap<string, AnyRecord>> =>
        this.#state.lock(module, ids);
      this.#state.put(await recomputed(affected, { context, now: this.#now, run: this.#run, lock }));
      await this.#state.flush();
    }
  }

  async #current(applied: Applied): Promise<Applied> {
    return applied.ok ? { ...applied, record: await this.#state.get(applied.module, applied.id) } : applied;
  }

  /** The last statement: from here until the commit, other writers of the tenant wait. */
  async #finish(): Promise<number | null> {
    const { writes } = this.#state;
    if (writes.length === 0) return null;
    const by = authorship(this.#options.context, this.#now);
    const { rows } = await this.#run(recordChanges(writes, by, raisedBy(writes)));
    return rows[0]![0] as number;
  }
}
