import type { Change } from '../change.ts';
import { CrmError } from '../errors.ts';
import { uuid7 } from '../id.ts';
import { recordOfIdentity } from '../identity.ts';
import { carryOutAll } from '../memory/carry-out.ts';
import { checkAggregate, groupRecords } from '../memory/group.ts';
import { MemoryState } from '../memory/memory-state.ts';
import { isAlive } from '../is-alive.ts';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import { matches, type Neighbours } from '../query/matches.ts';
import { planQuery } from '../query/plan.ts';
import { queryContextOf, type QueryContext } from '../query/query-context.ts';
import type { Aggregate, Group, Page, Query } from '../query/query.ts';
import { runPlan } from '../query/run.ts';
import { seededRandom, type Random } from '../random.ts';
import type { Registry } from '../registry.ts';
import type { Identity } from '../rule.ts';
import { apply } from '../rules/apply.ts';
import type { SettledConflict } from '../rules/conflicts.ts';
import { settle } from '../rules/settle.ts';
import type { Write } from '../rules/workspace.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import type { Applied, ApplyOptions, Observer, Store } from '../store.ts';
import { MemoryCommits } from './memory-commits.ts';
import { withPast } from './memory-past.ts';
import { MemorySync } from './memory-sync.ts';

export interface MemoryStoreOptions {
  readonly registry: Registry;
  readonly settings?: Partial<Settings>;
  readonly identity?: Identity;
  /** The clock; a fixed instant unless given. */
  readonly now?: () => string;
  readonly seed?: number;
}

const fixedNow = '2026-06-15T10:00:00.000Z';

interface Watcher {
  look(): void;
}

/** A batch under way. */
interface Work {
  /** Of a mutation: whose it is. Conflicts are settled then where there is a way. */
  readonly client: string | undefined;
  readonly writes: Write[];
  readonly settled: SettledConflict[];
}

/** A store of nothing but memory: for tests, stories and demonstrations. It keeps every rule of the others. */
export class MemoryStore {
  readonly records: RecordMap;
  readonly sync: MemorySync;
  readonly #commits: MemoryCommits;
  readonly #state: MemoryState;
  readonly #settings: Settings;
  readonly #identity: Identity;
  readonly #now: () => string;
  readonly #random: Random;
  readonly #watchers = new Set<Watcher>();
  readonly #done = new Map<string, readonly Applied[]>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ registry, settings, identity, now, seed }: MemoryStoreOptions) {
    this.records = new RecordMap(registry);
    this.#settings = { ...defaultSettings, ...settings };
    this.#identity = identity ?? { type: 'system' };
    this.#now = now ?? (() => fixedNow);
    this.#random = seededRandom(seed ?? 1);
    this.#state = new MemoryState(this.records, () => this.#queryContext(), { numbers: true });
    this.#commits = new MemoryCommits(this.records);
    this.#commits.subscribe(() => {
      for (const watcher of this.#watchers) watcher.look();
    });
    this.sync = new MemorySync({
      registry,
      commits: this.#commits,
      now: this.#now,
      inTurn: (work) => this.#inTurn(work),
      list: (module, query) => this.list(module, query),
      mutate: async (client, changes) => (await this.#commit(changes, true, client)).work,
    });
  }

  /** Puts records in as they are, past all rules. */
  fill(module: string, records: Iterable<AnyRecord>): this {
    for (const record of records) this.records.put(module, record);
    return this;
  }

  async get(module: string, id: string): Promise<AnyRecord> {
    const record = this.#commits.inSight(module, id);
    if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return record;
  }

  async list(module: string, query: Query = {}): Promise<Page<AnyRecord>> {
    const plan = planQuery(this.records.registry.get(module), query, this.#queryContext());
    return runPlan(plan, this.#all(module), this.#neighbours);
  }

  async aggregate(module: string, aggregate: Aggregate): Promise<readonly Group[]> {
    const definition = this.records.registry.get(module);
    checkAggregate(definition, aggregate);
    const { where, search } = aggregate;
    const { filter } = planQuery(
      definition,
      { ...(where && { where }), ...(search && { search }) },
      this.#queryContext(),
    );
    const matching = [...this.#all(module)].filter(
      (record) => isAlive(record) && matches(definition, record, filter, this.#neighbours),
    );
    return groupRecords(definition, matching, aggregate, this.#settings.timeZone);
  }

  /** One batch after the other: what a batch reads is what it builds on. */
  apply(changes: readonly Change[], options: ApplyOptions = {}): Promise<readonly Applied[]> {
    return this.#inTurn(() => this.#applyOnce(changes, options));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #applyOnce(
    changes: readonly Change[],
    { atomic = true, idempotencyKey }: ApplyOptions,
  ): Promise<readonly Applied[]> {
    const done = idempotencyKey === undefined ? undefined : this.#done.get(idempotencyKey);
    if (done) return done;
    const { results } = await this.#commit(changes, atomic);
    if (idempotencyKey !== undefined) this.#done.set(idempotencyKey, results);
    return results;
  }

  async #commit(
    changes: readonly Change[],
    atomic: boolean,
    client?: string,
  ): Promise<{ readonly results: readonly Applied[]; readonly work: Work }> {
    const work: Work = { client, writes: [], settled: [] };
    const results = await carryOutAll(changes, atomic, (change, undo) => this.#carryOut(change, work, undo));
    const who = recordOfIdentity(this.#identity);
    const { writes } = work;
    this.#commits.add({ at: this.#now(), by: who && `${who.module}:${who.id}`, client, writes });
    return { results, work };
  }

  watch(module: string, id: string, observer: Observer<AnyRecord | null>): () => void {
    let last: AnyRecord | null | undefined;
    return this.#observe(() => {
      const record = this.#commits.inSight(module, id) ?? null;
      if (record !== last) observer.next((last = record));
    });
  }

  watchList(module: string, query: Query, observer: Observer<Page<AnyRecord>>): () => void {
    return this.#observe(() => {
      this.list(module, query).then(
        (page) => observer.next(page),
        (error: CrmError) => observer.error?.(error),
      );
    });
  }

  #observe(look: () => void): () => void {
    const watcher = { look };
    this.#watchers.add(watcher);
    queueMicrotask(() => this.#watchers.has(watcher) && look());
    return () => void this.#watchers.delete(watcher);
  }

  async #carryOut(change: Change, { client, writes, settled }: Work, undo: (() => void)[]): Promise<Applied> {
    const { module, id } = change;
    const there = this.records.getAny(module, id);
    if (there && change.op !== 'create' && this.#commits.isHidden(module, there))
      throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    const outcome = await apply(change, withPast(this.#state, { commits: this.#commits, written: writes, client }), {
      registry: this.records.registry,
      now: this.#now(),
      identity: this.#identity,
      settings: this.#settings,
      source: 'api',
      newId: () => this.#newId(),
      ...(client !== undefined && { settle }),
    });
    for (const write of outcome.writes) {
      const before = this.records.getAny(write.module, write.id);
      undo.push(() => (before ? this.records.put(write.module, before) : this.records.remove(write.module, write.id)));
      this.records.put(write.module, write.after);
    }
    writes.push(...outcome.writes);
    settled.push(...outcome.settled);
    const record = this.#commits.inSight(module, id) ?? null;
    return { ok: true, module, id, record, ...(change.op === 'act' && { result: outcome.result }) };
  }

  /** All records that may be seen, deleted ones included. */
  *#all(module: string): Iterable<AnyRecord> {
    for (const record of this.records.all(module)) if (!this.#commits.isHidden(module, record)) yield record;
  }

  /** The records around others, as far as they may be seen. */
  get #neighbours(): Neighbours {
    const { records } = this;
    const commits = this.#commits;
    return {
      registry: records.registry,
      get: (module, id) => commits.inSight(module, id),
      linking: (module, by, id) => [...records.linking(module, by, id)].filter((one) => !commits.isHidden(module, one)),
    };
  }

  #newId(): string {
    return uuid7(
      Date.parse(this.#now()),
      Uint8Array.from({ length: 10 }, () => this.#random.integer(0, 255)),
    );
  }

  #queryContext(): QueryContext {
    const asker = { registry: this.records.registry, identity: this.#identity, settings: this.#settings };
    return queryContextOf(asker, this.#now());
  }
}

/** The memory store behind the door that elements know. */
export const memoryStore = (
  options: MemoryStoreOptions,
): Store & { readonly memory: MemoryStore; readonly sync: MemorySync } => {
  const memory = new MemoryStore(options);
  return Object.assign(memory as unknown as Store & { readonly sync: MemorySync }, { memory });
};
