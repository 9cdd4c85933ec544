import type { Change } from '@tessera-crm/model/change.js';
import type { ErrorCode } from '@tessera-crm/model/error-codes.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';
import { bulkByPages } from '@tessera-crm/model/protocol/sync/bulk-by-pages.js';
import type { Mutation, Outcome, Push, Pushed, SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { CallOptions, Store } from '@tessera-crm/model/store.js';
import type {
  BulkOptions,
  FeedEvent,
  FeedNews,
  FollowOptions,
  KnownVersions,
  SyncDoor,
} from '@tessera-crm/model/sync-door.js';

/** Milliseconds that a question for news lasts. */
const patience = 25_000;

/** Refusals that no repetition changes. */
const finalCodes: readonly ErrorCode[] = [
  'validation',
  'forbidden',
  'not-found',
  'conflict',
  'version-conflict',
  'too-large',
  'rule',
];

type Asked = readonly (readonly [id: string, version: number, record: AnyRecord | null])[];

/**
 * The door over a store that has none, such as a host's own backend. Nobody tells of others' changes there: they are
 * seen when something is asked again. Numbers are made up here: each question has a greater one than those before it, so
 * that of two answers the one that was asked for later is the newer.
 *
 * @param start - The number to begin with, greater than all that were given before; asked for with the first question.
 */
export const doorOver = (store: Store, start: () => number): SyncDoor => new DoorOver(store, start);

class DoorOver implements SyncDoor {
  readonly #store: Store;
  readonly #start: () => number;
  #seq: number | undefined;

  constructor(store: Store, start: () => number) {
    this.#store = store;
    this.#start = start;
  }

  async query(module: string, query: Query, options?: CallOptions): Promise<SyncPage> {
    const stamp = this.#stamp();
    const { fields: _fields, ...whole } = query;
    return { ...stamp, ...(await this.#store.list(module, whole as object, options)) } as SyncPage;
  }

  bulk(module: string, query: Pick<Query, 'where'>, options?: BulkOptions): AsyncIterable<SyncPage> {
    return bulkByPages(this, module, query, options);
  }

  /** Also those of the version that is known: a backend may change fields without counting it. */
  async records(module: string, known: KnownVersions, options?: CallOptions) {
    const stamp = this.#stamp();
    const asked = await this.#get(module, known, options);
    const records = asked.flatMap(([, version, record]) => (record && record.version >= version ? [record] : []));
    return { ...stamp, records, gone: goneIn(asked) };
  }

  async verify(module: string, known: KnownVersions, options?: CallOptions) {
    const stamp = this.#stamp();
    const asked = await this.#get(module, known, options);
    const changed = asked.flatMap(([id, version, record]): [string, number][] =>
      record && record.version > version ? [[id, record.version]] : [],
    );
    return { ...stamp, fieldsSeq: 0, gone: goneIn(asked), changed };
  }

  /** Stops at the first mutation that fails for a while: the client sends the rest again. */
  async push({ client, mutations }: Push): Promise<Pushed> {
    const outcomes: Outcome[] = [];
    for (const mutation of mutations) {
      try {
        outcomes.push(await this.#carryOut(client, mutation));
      } catch (error) {
        if (outcomes.length === 0) throw error;
        break;
      }
    }
    return { ...this.#stamp(), last: outcomes.at(-1)?.mid ?? 0, outcomes };
  }

  async news(cursor: number, { signal }: CallOptions = {}): Promise<FeedNews> {
    await over(signal, patience);
    return { events: [], cursor, aclSeq: 0 };
  }

  async *follow({ cursor, signal }: FollowOptions): AsyncGenerator<FeedEvent> {
    yield { type: 'open', cursor };
    await over(signal);
  }

  /** Taken before what it is about is read. */
  #stamp(): { readonly asOf: number; readonly aclSeq: number; readonly last: number } {
    const asOf = this.#seq ?? this.#start();
    this.#seq = asOf + 1;
    return { asOf, aclSeq: 0, last: 0 };
  }

  async #get(module: string, known: KnownVersions, options?: CallOptions): Promise<Asked> {
    const get = async (id: string): Promise<AnyRecord | null> => {
      try {
        return await this.#store.get(module, id as never, options);
      } catch (error) {
        if (isCrmError(error, 'not-found')) return null;
        throw error;
      }
    };
    return Promise.all(known.map(async ([id, version]) => [id, version, await get(id)] as const));
  }

  async #carryOut(client: string, { mid, changes }: Mutation): Promise<Outcome> {
    if (changes.length === 0) return { ok: true, mid };
    try {
      const idempotencyKey = `${client}-${mid}`;
      const applied = await this.#store.apply(changes as readonly Change[], { atomic: true, idempotencyKey });
      const touched = applied.map(({ module, id = '', ...one }) => {
        if (!one.ok) throw one.error;
        return { module, id, version: one.record?.version ?? 0, record: one.record };
      });
      return { ok: true, mid, touched };
    } catch (error) {
      if (!isCrmError(error) || !finalCodes.includes(error.code)) throw error;
      return { ok: false, mid, error: toProblem(error) };
    }
  }
}

const goneIn = (asked: Asked): string[] => asked.flatMap(([id, , record]) => (record ? [] : [id]));

/** Waits for the signal, or for so many milliseconds. */
const over = (signal: AbortSignal | undefined, milliseconds?: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = milliseconds === undefined ? undefined : setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
