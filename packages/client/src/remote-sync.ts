import type { Outcome, Push, Pushed, SyncNews, SyncPage, Verified } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { CallOptions } from '@tessera-crm/model/store.js';
import type {
  BulkOptions,
  FeedEvent,
  FeedNews,
  FollowOptions,
  KnownVersions,
  NewsOptions,
  SyncDoor,
} from '@tessera-crm/model/sync-door.js';
import { readBulk } from './bulk.ts';
import { listIn, misshapen, readPage } from './envelopes.ts';
import { feedAddress, readFeed } from './feed.ts';
import type { RemoteStore } from './remote-store.ts';
import { stamped, withNumbers } from './stamped.ts';

/** Milliseconds for a question that the server may keep for 25 s where there is nothing to tell. */
const pollTimeout = 45_000;

/** How a cache stays in step with a server, over HTTP. */
export class RemoteSync implements SyncDoor {
  readonly #store: RemoteStore;

  constructor(store: RemoteStore) {
    this.#store = store;
  }

  async query(module: string, query: Query, options?: CallOptions): Promise<SyncPage> {
    const answer = await this.#ask('query', { module, query }, options);
    readPage(answer);
    return stamped(answer) as SyncPage;
  }

  bulk(module: string, { where }: Pick<Query, 'where'>, { after, signal }: BulkOptions = {}): AsyncIterable<SyncPage> {
    return readBulk(this.#store.transport, { module, ...(where && { where }), ...(after && { after }) }, signal);
  }

  async records(module: string, known: KnownVersions, options?: CallOptions): Promise<SyncNews> {
    const answer = await this.#ask('records', { module, known }, options);
    readPage(answer);
    listIn(answer, 'gone');
    return stamped(answer) as SyncNews;
  }

  async verify(module: string, known: KnownVersions, options?: CallOptions): Promise<Verified> {
    const answer = await this.#ask('verify', { module, known }, options);
    for (const list of ['gone', 'changed']) listIn(answer, list);
    return stamped(answer, 'fieldsSeq') as Verified;
  }

  /** Repeated by itself after a lost answer: the server carries each mutation out once. */
  async push(push: Push): Promise<Pushed> {
    try {
      const answer = await this.#ask('push', push);
      if (!listIn(answer, 'outcomes').every(isOutcome)) throw misshapen('outcomes');
      return stamped(answer, 'last') as Pushed;
    } finally {
      // after a failure, too: nobody knows how far it came
      this.#store.touched(push.mutations.flatMap(({ changes }) => changes));
    }
  }

  async news(cursor: number, { signal, modules }: NewsOptions = {}): Promise<FeedNews> {
    const address = feedAddress(cursor, modules);
    const answer = await this.#store.transport.ask(address, { signal, timeout: pollTimeout });
    if (!listIn(answer, 'events').every(isEvent)) throw misshapen('events');
    return withNumbers(answer, ['cursor', 'aclSeq']) as FeedNews;
  }

  follow(options: FollowOptions): AsyncIterable<FeedEvent> {
    return readFeed(this.#store.transport, options);
  }

  #ask(what: string, body: object, { signal }: CallOptions = {}): Promise<unknown> {
    return this.#store.transport.ask(`sync/${what}`, { body, signal });
  }
}

const isOutcome = (one: unknown): boolean => {
  const { ok, mid, touched, error } = (one ?? {}) as Partial<Record<keyof (Outcome & { ok: true }) | 'error', unknown>>;
  if (typeof mid !== 'number') return false;
  return ok === true ? touched === undefined || Array.isArray(touched) : typeof error === 'object' && error !== null;
};

const isEvent = (one: unknown): boolean => {
  const { seq, changes } = (one ?? {}) as { readonly seq?: unknown; readonly changes?: unknown };
  return typeof seq === 'number' && Array.isArray(changes);
};
