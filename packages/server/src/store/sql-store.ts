import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { checkAggregate } from '@tessera-crm/model/memory/group.js';
import { isRefusal } from '@tessera-crm/model/is-refusal.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group, Page, Query } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { settle as settleByPolicy, type Settle } from '@tessera-crm/model/rules/settle.js';
import { defaultSettings, type Settings } from '@tessera-crm/model/settings.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { toObjects, type Database } from '../database/database.ts';
import { groupingOf } from '../sql/aggregate.ts';
import { historyOf } from '../sql/changes.ts';
import { recordOf } from '../sql/select.ts';
import { newId as freshId } from '../new-id.ts';
import { runBatch, type Committed } from './batch.ts';
import { actorOf, sceneOf, type Limits, type StoreContext } from './context.ts';
import { refuse, type Count, type Counted, type Turn } from './counting.ts';
import { ChangeFeed } from './feed.ts';
import { isPlain, readPage, readPageText } from './read-page.ts';
import { repeatable } from './replies.ts';
import { isSecret, seal, withoutSecrets, type Sealed } from './secrets.ts';
import { requestOf } from './past.ts';
import { runSingle } from './single.ts';
import { isTaken, takenError } from './taken.ts';
import { versionOf, type HistoryRow, type Version } from './version.ts';
import { watching } from './watching.ts';

export interface SqlStoreOptions {
  readonly database: Database;
  readonly registry: Registry;
  /** UUID. */
  readonly tenant: string;
  readonly identity: Identity;
  readonly settings?: Partial<Settings>;
  /** Tells of commits; one per process. Without it, the store looks for itself. */
  readonly feed?: ChangeFeed;
  /** By which door changes come; `api` unless told. */
  readonly source?: string;
  /** Whose idempotency keys these are; the identity unless told. */
  readonly principal?: string;
  readonly requestId?: string;
  /** What the identity may see and do at most; everything unless told. */
  readonly limits?: Limits;
  /** RFC 3339 in UTC, with milliseconds. */
  readonly now?: () => string;
  readonly newId?: () => string;
  /** What becomes of fields that others changed as well, in mutations; by the policies of the fields unless told. */
  readonly settle?: Settle;
}

export interface ExactOptions extends ApplyOptions {
  /** True: a change whose record is at another version than its base is refused. False: they are merged. */
  readonly exact?: boolean;
}

interface How {
  readonly atomic: boolean;
  readonly exact: boolean;
}

/** The records of one tenant in a database, as one identity sees and changes them. */
export class SqlStore {
  readonly #database: Database;
  readonly #context: StoreContext;
  readonly #feed: ChangeFeed;
  readonly #principal: string;

  constructor({
    database,
    registry,
    tenant,
    identity,
    settings,
    feed,
    source,
    principal,
    requestId,
    limits,
    now,
    newId,
    settle,
  }: SqlStoreOptions) {
    this.#database = database;
    this.#feed = feed ?? new ChangeFeed(database);
    this.#principal = principal ?? actorOf(identity) ?? 'system';
    this.#context = {
      tenant,
      registry,
      identity,
      settings: { ...defaultSettings, ...settings },
      source: source ?? 'api',
      requestId: requestId ?? null,
      limits,
      clock: database.clock,
      settle: settle ?? settleByPolicy,
      now: now ?? (() => new Date().toISOString()),
      newId: newId ?? (() => freshId(Date.now())),
    };
  }

  async get(module: string, id: string, { signal }: CallOptions = {}): Promise<AnyRecord> {
    refuseAborted(signal);
    const { statement, selection } = recordOf(this.#context.registry.get(module), id, sceneOf(this.#context));
    const { rows } = await this.#run(statement);
    if (!rows[0]) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return selection.toRecord(rows[0]);
  }

  async list(
    module: string,
    query: Query = {},
    { signal }: CallOptions = {},
  ): Promise<Page<AnyRecord, IncludedRecords>> {
    refuseAborted(signal);
    return this.#readPage(this.#plan(module, query));
  }

  /** What `list` gives, as JSON. */
  async listText(module: string, query: Query = {}): Promise<string> {
    const plan = this.#plan(module, query);
    const scene = sceneOf(this.#context);
    return isPlain(plan) ? readPageText(plan, scene, this.#run) : JSON.stringify(await this.#readPage(plan));
  }

  /** A page and its count are of one moment: whoever follows what happens since goes on counting from there. */
  async #readPage(plan: Plan): Promise<Page<AnyRecord, IncludedRecords>> {
    const scene = sceneOf(this.#context);
    if (!plan.count) return readPage(plan, scene, this.#run);
    return this.#database.reading(scene.tenant, ({ run }) => readPage(plan, scene, run));
  }

  #plan(module: string, query: Query): Plan {
    return planQuery(this.#context.registry.get(module), query, queryContextOf(this.#context, this.#context.now()));
  }

  async aggregate(key: string, aggregate: Aggregate, { signal }: CallOptions = {}): Promise<readonly Group[]> {
    refuseAborted(signal);
    const module = this.#context.registry.get(key);
    checkAggregate(module, aggregate);
    const { where, search } = aggregate;
    const asked = { ...(where && { where }), ...(search !== undefined && { search }) };
    const { filter } = planQuery(module, asked, queryContextOf(this.#context, this.#context.now()));
    const scene = { ...sceneOf(this.#context), timeZone: this.#context.settings.timeZone };
    const grouping = groupingOf(module, { filter, aggregate }, scene);
    const { rows } = await this.#run(grouping.statement);
    return rows.map((row) => grouping.toGroup(row));
  }

  async apply(
    changes: readonly Change[],
    { atomic = true, exact = false, idempotencyKey, signal }: ExactOptions = {},
  ): Promise<readonly Applied[]> {
    refuseAborted(signal);
    const { applied, seq } = await this.#commit(changes, { atomic, exact }, idempotencyKey);
    if (seq !== null) this.#feed.committed(this.#context.tenant, seq);
    return applied;
  }

  /** Carries out the next mutation of a client and counts it: once, whatever comes of it. */
  async push({ refusal, changes, ...turn }: Turn): Promise<Counted> {
    const of: Count = { ...turn, tenant: this.#context.tenant, principal: this.#principal };
    if (refusal) return this.#refuse(of, refusal);
    try {
      const sealed = await seal(changes, this.#context);
      const batch = { changes: sealed.changes, sealed, atomic: true, exact: false, request: null, count: of };
      const context = { ...this.#context, requestId: requestOf(of.client, of.mid) };
      const { counted, seq } = await runBatch(batch, context, this.#database);
      if (seq !== null) this.#feed.committed(of.tenant, seq);
      return counted!;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.#refuse(of, error);
    }
  }

  async #refuse(of: Count, error: CrmError): Promise<Counted> {
    return refuse(of, error, { at: this.#context.now(), database: this.#database });
  }

  /** Whether somebody knows a secret; `name` is what the record has of it. */
  knowsSecret(name: string | null, given: string): Promise<boolean> {
    return isSecret(name, given, { tenant: this.#context.tenant, run: this.#run });
  }

  /** The versions of a record, the newest first. @throws {CrmError} `not-found` */
  async history(module: string, id: string): Promise<readonly Version[]> {
    await this.get(module, id);
    const rows = await this.#run(historyOf(this.#context.tenant, module, id));
    return toObjects<HistoryRow>(rows).map(versionOf);
  }

  watch(module: string, id: string, observer: Observer<AnyRecord | null>): () => void {
    const read = async (): Promise<AnyRecord | null> => {
      try {
        return await this.get(module, id);
      } catch (error) {
        if (isCrmError(error, 'not-found')) return null;
        throw error;
      }
    };
    return watching({ tenant: this.#context.tenant, read, observer }, this.#feed);
  }

  watchList(module: string, query: Query, observer: Observer<Page<AnyRecord, IncludedRecords>>): () => void {
    return watching({ tenant: this.#context.tenant, read: () => this.list(module, query), observer }, this.#feed);
  }

  readonly #run = (statement: Parameters<Database['run']>[1]) => this.#database.run(this.#context.tenant, statement);

  async #commit(given: readonly Change[], how: How, key: string | undefined): Promise<Committed> {
    const sealed = await seal(given, this.#context);
    const { changes } = sealed;
    const [change, ...more] = changes;
    if (!change) return { applied: [], seq: null };
    if (sealed.fresh.length > 0 || sealed.named.length > 0) return this.#batch(given, how, key, sealed);
    const isShort =
      more.length === 0 &&
      key === undefined &&
      !how.exact &&
      !this.#context.limits &&
      (change.op === 'create' || change.op === 'update');
    if (!isShort) return this.#batch(changes, how, key);
    try {
      return (await runSingle(change, this.#context, this.#database)) ?? (await this.#batch(changes, how, key));
    } catch (error) {
      const refusal = isTaken(error) ? takenError(error, this.#context.registry) : error;
      if (how.atomic || !isRefusal(refusal)) throw refusal;
      return { applied: [{ ok: false, module: change.module, id: change.id, error: refusal }], seq: null };
    }
  }

  // oxlint-disable-next-line max-params
  #batch(given: readonly Change[], how: How, key: string | undefined, sealed?: Sealed): Promise<Committed> {
    const { tenant, registry } = this.#context;
    const request =
      key === undefined
        ? null
        : repeatable({ tenant, principal: this.#principal, key }, withoutSecrets(given, registry), how.atomic);
    return runBatch({ changes: sealed?.changes ?? given, ...how, request, sealed }, this.#context, this.#database);
  }
}

const refuseAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new CrmError('aborted', 'The caller gave up.', {}, signal.reason);
};

/** The store behind the door that elements know, where the types of the modules are known. */
export const sqlStore = (options: SqlStoreOptions): Store => new SqlStore(options) as unknown as Store;
