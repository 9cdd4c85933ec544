import type { Change } from '../change.ts';
import { CrmError } from '../errors.ts';
import { isRefusal } from '../is-refusal.ts';
import type { AnyRecord } from '../module.ts';
import type { ChangeEvent } from '../protocol/events.ts';
import { toProblem } from '../protocol/problem.ts';
import { bulkByPages } from '../protocol/sync/bulk-by-pages.ts';
import { checkNumbers } from '../protocol/sync/check-numbers.ts';
import { readMutation } from '../protocol/sync/read-mutation.ts';
import type { Mutation, Outcome, Push, Pushed, SyncNews, SyncPage, Verified } from '../protocol/sync/messages.ts';
import type { Page, Query } from '../query/query.ts';
import type { Registry } from '../registry.ts';
import type { SettledConflict } from '../rules/conflicts.ts';
import { touchedBy, type Write } from '../rules/workspace.ts';
import type { CallOptions } from '../store.ts';
import type {
  BulkOptions,
  FeedEvent,
  FeedNews,
  FollowOptions,
  KnownVersions,
  NewsOptions,
  SyncDoor,
} from '../sync-door.ts';
import { changesOf } from '../protocol/sync/changes-of.ts';
import { MemoryClients, type Counted } from './memory-clients.ts';
import { operationOf, type MemoryCommits, type Past, type Sees } from './memory-commits.ts';

export interface MemorySyncOptions {
  readonly registry: Registry;
  readonly commits: MemoryCommits;
  readonly now: () => string;
  /** Does something while no batch is under way. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly list: (module: string, query: Query) => Promise<Page<AnyRecord>>;
  /** Carries out the changes of a client's mutation, all or none, and settles conflicts. */
  readonly mutate: (
    client: string,
    changes: readonly Change[],
  ) => Promise<{ readonly writes: readonly Write[]; readonly settled: readonly SettledConflict[] }>;
}

/** Milliseconds that `news` waits where nothing happened. */
const patience = 25_000;

/** How a cache stays in step with a memory store: the server's side of the protocol, see `protocol/sync/SPEC.md`. */
export class MemorySync implements SyncDoor {
  readonly #options: MemorySyncOptions;
  readonly #commits: MemoryCommits;
  readonly #clients = new MemoryClients();

  constructor(options: MemorySyncOptions) {
    this.#options = options;
    this.#commits = options.commits;
  }

  /** The newest number. */
  get seq(): number {
    return this.#commits.seq;
  }

  /** The number under which the caller's rights last changed. */
  get aclSeq(): number {
    return this.#commits.aclSeq;
  }

  /**
   * Which records are for the caller's eyes from now on, under a greater `aclSeq`; null for all of them.
   *
   * @param fields - Whether that counts as a change of the rights to fields too, as it does on the server.
   */
  setSight(sees: Sees | null, { fields = true }: { readonly fields?: boolean } = {}): void {
    this.#commits.setSight(sees, this.#options.now(), fields);
  }

  /** From now on nobody can go on from before this moment (R9). */
  forget(): void {
    this.#commits.forget();
  }

  /** Nobody remembers how far clients were counted, as after a restored backup (R13). */
  forgetClients(): void {
    this.#clients.clear();
  }

  /** The versions of a record, the latest first. */
  pastOf(module: string, id: string): readonly Past[] {
    return this.#commits
      .of(module, id)
      .map(({ at, by, write }) => ({ version: write.after.version, op: operationOf(write), at, by }));
  }

  query(module: string, query: Query, { signal }: CallOptions = {}): Promise<SyncPage> {
    return this.#answer(signal, async () => {
      const { fields: _fields, ...whole } = query;
      return { ...this.#stamp(), ...(await this.#options.list(module, whole)) } as SyncPage;
    });
  }

  bulk(module: string, query: Pick<Query, 'where'>, options?: BulkOptions): AsyncIterable<SyncPage> {
    return bulkByPages(this, module, query, options);
  }

  records(module: string, known: KnownVersions, { signal }: CallOptions = {}): Promise<SyncNews> {
    return this.#answer(signal, async () => {
      const seen = this.#seen(module, known);
      const records = known.flatMap(([id, version]) => {
        const record = seen.get(id);
        return record && record.version > version ? [record] : [];
      });
      return { ...this.#stamp(), records, gone: known.flatMap(([id]) => (seen.has(id) ? [] : [id])) };
    });
  }

  verify(module: string, known: KnownVersions, { signal }: CallOptions = {}): Promise<Verified> {
    return this.#answer(signal, async () => {
      const seen = this.#seen(module, known);
      const changed = known.flatMap(([id, version]): [string, number][] => {
        const now = seen.get(id)?.version ?? 0;
        return now > version ? [[id, now]] : [];
      });
      const gone = known.flatMap(([id]) => (seen.has(id) ? [] : [id]));
      return { ...this.#stamp(), fieldsSeq: this.#commits.fieldsSeq, gone, changed };
    });
  }

  async push(push: Push): Promise<Pushed> {
    const { client, mutations } = push;
    checkNumbers(mutations);
    const outcomes: Counted[] = [];
    let isGap = false;
    for (const mutation of mutations) {
      try {
        const counted = await this.#options.inTurn(() => this.#carryOut(push, mutation));
        if (counted === 'gap') {
          isGap = outcomes.length === 0;
          break;
        }
        outcomes.push(counted);
      } catch (error) {
        if (outcomes.length === 0) throw error;
        break;
      }
    }
    return this.#answer(undefined, async () => ({
      ...this.#stamp(client),
      outcomes: outcomes.map((outcome, index) => this.#toldOf(outcome, mutations[index]!)),
      ...(isGap && { gap: true as const }),
    }));
  }

  async news(cursor: number, { signal, modules }: NewsOptions = {}): Promise<FeedNews> {
    let events = this.#commits.after(cursor);
    if (events?.length === 0 && (await this.#commits.next(signal, patience))) events = this.#commits.after(cursor);
    if (signal?.aborted) throw aborted(signal);
    const { seq, aclSeq } = this;
    if (!events) return { events: [], cursor: seq, aclSeq, reset: true };
    const told = events.map((event) => changesOf(event, modules)).filter(isTold);
    return { events: told, cursor: events.at(-1)?.seq ?? cursor, aclSeq };
  }

  async *follow({ cursor, modules, signal }: FollowOptions): AsyncGenerator<FeedEvent> {
    for (let from = cursor; !signal.aborted; from = undefined) {
      // before it says that it is open: what is committed from there on is not missed
      const at = from ?? this.seq;
      yield { type: 'open', cursor: from };
      yield { type: 'at', seq: at };
      yield* this.#eventsAfter(at, { modules, signal });
    }
  }

  /** R16: rights come before what they let one see. Ends with the signal, or with a reset. */
  async *#eventsAfter(from: number, { modules, signal }: FollowOptions): AsyncGenerator<FeedEvent> {
    let at = from;
    for (let told = -1; !signal.aborted;) {
      const events = this.#commits.after(at);
      if (!events) return yield { type: 'reset' };
      if (this.aclSeq > told) yield { type: 'rights', aclSeq: (told = this.aclSeq) };
      for (const event of events) {
        at = event.seq;
        const told = changesOf(event, modules);
        yield isTold(told) ? { type: 'change', ...told } : { type: 'at', seq: at };
      }
      if (this.seq === at) await this.#commits.next(signal);
    }
  }

  async #carryOut({ client, heard }: Push, mutation: Mutation): Promise<Counted | 'gap'> {
    const { mid, changes, refusal } = readMutation(mutation);
    const earlier = this.#clients.turnOf(client, mid);
    if (earlier) return earlier;
    try {
      if (refusal) throw refusal;
      const { writes, settled } = await this.#options.mutate(client, changes);
      return this.#clients.count(client, { ok: true, mid, touched: touchedBy(writes), conflicts: settled }, heard);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.#clients.count(client, { ok: false, mid, error }, heard);
    }
  }

  #toldOf(outcome: Counted, { changes }: Mutation): Outcome {
    const { mid } = outcome;
    if (!outcome.ok) return { ok: false, mid, error: toProblem(outcome.error) };
    const named = new Set(changes.map(({ module, id }) => `${module}/${id}`));
    const touched = outcome.touched
      ?.map((one) => ({ ...one, record: this.#commits.inSight(one.module, one.id) ?? null }))
      // others' records that came to be written as well are not named where they are out of sight
      .filter(({ module, id, record }) => record ?? (named.has(`${module}/${id}`) || this.#isDeleted(module, id)));
    const conflicts = outcome.conflicts && outcome.conflicts.length > 0 && { conflicts: [...outcome.conflicts] };
    return { ok: true, mid, ...(touched && { touched }), ...conflicts };
  }

  /** For those who would see it if it were not. */
  #isDeleted(module: string, id: string): boolean {
    const [last] = this.#commits.of(module, id);
    return last !== undefined && !this.#commits.isHidden(module, last.write.after);
  }

  /** Everything that is read here is read after it. */
  #stamp(client?: string): { readonly asOf: number; readonly aclSeq: number; readonly last: number } {
    return { asOf: this.seq, aclSeq: this.aclSeq, last: client === undefined ? 0 : this.#clients.last(client) };
  }

  #seen(module: string, known: KnownVersions): ReadonlyMap<string, AnyRecord> {
    this.#options.registry.get(module);
    return new Map(
      known.flatMap(([id]) => {
        const record = this.#commits.inSight(module, id);
        return record ? [[id, record]] : [];
      }),
    );
  }

  async #answer<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const answer = await this.#options.inTurn(work);
    if (signal?.aborted) throw aborted(signal);
    return answer;
  }
}

const isTold = ({ changes }: ChangeEvent): boolean => changes.length > 0;

const aborted = ({ reason }: AbortSignal): CrmError => new CrmError('aborted', 'The caller gave up.', {}, reason);
