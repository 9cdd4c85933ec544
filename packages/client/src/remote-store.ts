import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Aggregate, Group, PageOf, PathOf, Query, QueryOf } from '@tessera-crm/model/query/query.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Applied, ApplyOptions, CallOptions, Observer, Store } from '@tessera-crm/model/store.js';
import { backOff } from './back-off.ts';
import type * as BeyondReading from './beyond-reading.ts';
import { batchedReads, type ReadRecord } from './batched-reads.ts';
import { readGroups, readPage } from './envelopes.ts';
import type { Following } from './following.ts';
import type { TokenReason } from './token-source.ts';
import { Transport, type ConnectionOptions } from './transport.ts';
import { untilAborted } from '@tessera-crm/model/until-aborted.js';
import type { Watched } from './watch.ts';

/**
 * Records on a server, behind the door that elements know. Nothing is kept: each question is asked, except that equal
 * ones at the same time are asked once. Watchers share one stream of events, loaded when the first of them comes.
 */
export class RemoteStore implements Store {
  readonly transport: Transport;
  /** How a cache stays in step with the server; its code is fetched with the first question. */
  readonly sync: SyncDoor = lazyDoor(
    (name) =>
      (...asked) =>
        load().then((code) => code.ask(this, name, asked)),
  );
  #underWay = new Map<string, Promise<unknown>>();
  readonly #read: ReadRecord;
  #following: Promise<Following> | undefined;

  constructor(options: ConnectionOptions) {
    this.transport = new Transport(options);
    this.#read = batchedReads(this.transport);
  }

  async get<K extends string>(module: K, id: IdOf<K>, { signal }: CallOptions = {}): Promise<RecordOf<K>> {
    return untilAborted(this.#read(module, id), signal) as Promise<RecordOf<K>>;
  }

  async list<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query?: QueryOf<K, I>,
    { signal }: CallOptions = {},
  ): Promise<PageOf<K, I>> {
    return this.#query(`${module}/query`, query ?? {}, signal).then(readPage) as Promise<PageOf<K, I>>;
  }

  async aggregate<K extends string>(
    module: K,
    aggregate: Aggregate,
    { signal }: CallOptions = {},
  ): Promise<readonly Group[]> {
    return this.#query(`${module}/aggregate`, aggregate, signal).then(readGroups);
  }

  async apply(changes: readonly Change[], options: ApplyOptions = {}): Promise<readonly Applied[]> {
    return (await load()).applyRemotely(this, changes, options);
  }

  watch<K extends string>(module: K, id: IdOf<K>, observer: Observer<RecordOf<K> | null>): () => void {
    const ask = (): Promise<RecordOf<K> | null> =>
      this.get(module, id).catch((error: unknown) => {
        if (isCrmError(error, 'not-found')) return null;
        throw error;
      });
    return this.#follow((following, watched) => following.watchRecord({ module, id }, watched), ask, observer);
  }

  watchList<K extends string, const I extends PathOf<K> = never>(
    module: K,
    query: QueryOf<K, I>,
    observer: Observer<PageOf<K, I>>,
  ): () => void {
    const ask = (): Promise<PageOf<K, I>> => this.list(module, query);
    return this.#follow((following, watched) => following.watchList(module, query as Query, watched), ask, observer);
  }

  /** Asks for another token, because the rights or the person changed; watchers are told what that changes. */
  renewToken(reason: TokenReason): void {
    this.transport.tokens.renew(reason);
    this.#tell((following) => following.restart());
  }

  /** Records were changed by this store: watchers show it at once. */
  touched(records: readonly Pick<Change, 'module' | 'id'>[]): void {
    this.#tell((following) => following.touched(records));
  }

  /** Stops the stream and all watchers; questions can still be asked. */
  close(): void {
    this.#tell((following) => following.close());
  }

  /** Questions from now on are asked anew: something changed. */
  forget(): void {
    this.#underWay = new Map();
  }

  #tell(act: (following: Following) => void): void {
    this.forget();
    this.#following?.then(act).catch(ignored);
  }

  /** Who may give up asks alone; everybody else shares the answer. */
  async #query(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
    if (signal) return this.transport.ask(path, { body, signal });
    const all = this.#underWay;
    const name = path + plainJson(body);
    const asked = all.get(name) ?? this.transport.ask(path, { body }).finally(() => all.delete(name));
    all.set(name, asked);
    return asked;
  }

  /** The first answer is told as soon as it is here; the code that follows changes is fetched after it. */
  #follow<T>(
    start: (following: Following, watched: Watched<T>) => () => void,
    ask: () => Promise<T>,
    observer: Observer<T>,
  ): () => void {
    const first = ask();
    let isTold = false;
    let isStopped = false;
    let stop: (() => void) | undefined;
    const settled = first.then((value) => {
      if (isStopped || stop) return;
      isTold = true;
      observer.next(value);
    }, ignored);
    this.#following ??= settled.then(load).then((code) => code.follow(this));
    this.#following.then(
      (following) => {
        if (!isStopped) stop = start(following, { ask, first, isTold, observer });
      },
      (error: CrmError) => {
        this.#following = undefined;
        if (isStopped) return;
        observer.error?.(error);
        setTimeout(() => isStopped || (stop = this.#follow(start, ask, observer)), backOff(4));
      },
    );
    return () => {
      isStopped = true;
      stop?.();
    };
  }
}

const ignored = (): void => {};

/** The code for everything else than reading. */
const load = (): Promise<typeof BeyondReading> =>
  import('./beyond-reading.ts').catch((cause: unknown) => {
    throw new CrmError('load-failed', 'A part of the client', {}, cause);
  });

type Asking = <N extends keyof SyncDoor>(
  name: N,
) => (...asked: Parameters<SyncDoor[N]>) => Promise<Awaited<ReturnType<SyncDoor[N]>>>;

const lazyDoor = (ask: Asking): SyncDoor => ({
  query: ask('query'),
  records: ask('records'),
  verify: ask('verify'),
  push: ask('push'),
  news: ask('news'),
  async *bulk(...asked) {
    yield* await ask('bulk')(...asked);
  },
  async *follow(...asked) {
    yield* await ask('follow')(...asked);
  },
});
