import { CrmError } from '@tessera-crm/model/errors.js';
import { eventNames, type ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { changesOf } from '@tessera-crm/model/protocol/sync/changes-of.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { isStaff } from '../../auth/policy.ts';
import { Sight } from '../../auth/sight.ts';
import type { Backend } from '../../backend.ts';
import { namesOf } from '../../sql/rights.ts';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';
import type { Metrics } from '../metrics.ts';
import { integerIn, listIn, parametersOf } from '../question.ts';
import { json, type Reply } from '../replies.ts';
import { EventStream, type News, type StreamTimes } from './event-stream.ts';
import { Watch } from './watch.ts';

export interface FeedRoutesOptions {
  readonly feed: Backend['feed'];
  readonly images: Backend['images'];
  readonly metrics: Metrics;
  readonly times?: Partial<StreamTimes>;
  /** Streams that one caller, and all together, may hold open. */
  readonly maxStreams?: { readonly each: number; readonly all: number };
}

/** Who reads: no more of the request than that is kept while a stream is open. */
interface Reader {
  /** Its id. */
  readonly tenant: string;
  readonly principal: string;
  /** Null for those who see everything. */
  sight: Sight | null;
  /** What is seen under the rights of now, where others than the caller decide on them. */
  readonly renew: (() => Promise<Sight | null>) | null;
  /** Of which to tell; of all of them where there are none. */
  readonly modules: readonly string[] | undefined;
}

interface Beginning {
  /** The cursor after which to begin. */
  readonly from: number;
  readonly aclSeq: number;
}

/** Events read at once. */
const batch = 200;

/** Milliseconds: how often an open stream says that it is alive, how long it lasts, how long a poll waits. */
const defaultTimes: StreamTimes = { keepAlive: 20_000, life: 300_000, poll: 25_000 };

/** `GET /v1/sync/feed`: what changed, in the order of commits, as a stream or by long polling. */
export class FeedRoutes {
  readonly #options: FeedRoutesOptions;
  readonly #times: StreamTimes;
  readonly #open = new Map<EventStream, string>();
  readonly #polls = new Set<() => void>();

  constructor(options: FeedRoutesOptions) {
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
  }

  readonly follow = async (call: KnownCall): Promise<Reply> => {
    const parameters = parametersOf(call.search, ['cursor', 'modules']);
    const resumed = call.request.headers.get('last-event-id');
    if (resumed !== null && resumed !== '') parameters.set('cursor', resumed);
    const cursor = integerIn(parameters, 'cursor', { min: 0, max: Number.MAX_SAFE_INTEGER });
    const modules = listIn(parameters, 'modules');
    const isPoll = (call.request.headers.get('accept') ?? '').includes('application/json');
    if (isPoll) return this.#poll(call, this.#reader(call, modules), cursor);
    const { asOf, aclSeq } = await this.#stamp(call);
    const reader = this.#reader(await call.asOfNow(), modules);
    return this.#stream(call, reader, { from: cursor ?? asOf, aclSeq });
  };

  /** Tells all who listen to come back elsewhere. */
  stop(): void {
    for (const stream of this.#open.keys()) stream.end();
    for (const end of this.#polls) end();
  }

  async #stamp({ access }: KnownCall): Promise<Stamp> {
    return this.#options.feed.stamp(access.tenant.id, access);
  }

  #stream(call: KnownCall, reader: Reader, { from, aclSeq }: Beginning): Reply {
    const { feed, metrics, maxStreams = { each: 30, all: 5_000 } } = this.#options;
    const held = [...this.#open.values()].filter((principal) => principal === reader.principal).length;
    if (held >= maxStreams.each || this.#open.size >= maxStreams.all)
      throw new CrmError('rate-limited', 'Too many streams are open.', { retryAfter: 10 });
    const life = Math.min(this.#times.life, (call.access.expiresAt ?? Infinity) - call.now().getTime());
    const stream = new EventStream({
      times: { ...this.#times, life },
      from,
      aclSeq,
      read: async (cursor) => this.#read(reader, cursor),
      subscribe: (wake) => feed.subscribe(reader.tenant, wake),
      closed: () => {
        this.#open.delete(stream);
        metrics.streamClosed();
      },
    });
    this.#open.set(stream, reader.principal);
    metrics.streamOpened();
    return {
      status: 200,
      body: stream.start(),
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    };
  }

  /** Whoever has no cursor yet gets one at once. */
  async #poll(call: KnownCall, reader: Reader, cursor: number | undefined): Promise<Reply> {
    const news = cursor === undefined ? { events: [] } : await this.#firstNews(call, reader, cursor);
    // after the events, so that it is not older than what they tell
    const { asOf, aclSeq } = await this.#stamp(call);
    if (news === null) return json({ events: [], cursor: asOf, aclSeq, [eventNames.reset]: true });
    const { events } = news;
    const told = events.filter(({ changes }) => changes.length > 0);
    return json({ events: told, cursor: events.at(-1)?.seq ?? cursor ?? asOf, aclSeq });
  }

  /** Empty when the caller went away, the server stops, or nothing was committed for long enough. */
  async #firstNews(call: KnownCall, reader: Reader, from: number): Promise<News | null> {
    const watch = new Watch(this.#times.poll);
    const end = (): void => watch.end();
    // before the first look: what is committed during it is not missed
    const unsubscribe = this.#options.feed.subscribe(call.access.tenant.id, () => watch.wake());
    call.request.signal.addEventListener('abort', end);
    this.#polls.add(end);
    try {
      let news = await this.#read(reader, from);
      // a feed may wake for what is known already
      while (news?.events.length === 0 && (await watch.woken())) news = await this.#read(reader, from);
      return news;
    } finally {
      end();
      this.#polls.delete(end);
      call.request.signal.removeEventListener('abort', end);
      unsubscribe();
    }
  }

  #reader(call: KnownCall, modules: Reader['modules']): Reader {
    const { tenant, identity, principal } = call.access;
    const renew = isStaff(identity) ? async () => this.#sightOf(await call.asOfNow()) : null;
    return { tenant: tenant.id, principal, modules, sight: this.#sightOf(call), renew };
  }

  #sightOf({ access: { tenant, identity }, policy, registry, now }: KnownCall): Sight | null {
    if (!policy) return null;
    const context = queryContextOf({ registry, identity, settings: tenant.settings }, now().toISOString());
    const { images } = this.#options;
    return new Sight({
      policy,
      context,
      images: async (events, module, fields) => images.around(tenant.id, events, { module, fields }),
    });
  }

  async #read(reader: Reader, cursor: number): Promise<News | null> {
    const { tenant, principal, modules } = reader;
    const { feed } = this.#options;
    const events = await feed.since(tenant, cursor, batch);
    if (!events) return null;
    const last = events.at(-1)?.seq;
    if (last === undefined) return { events, aclSeq: undefined };
    // after the events, so that those which changed rights are among what was read
    const changed = await feed.raisedAfter(tenant, cursor);
    const numbers = namesOf(principal).flatMap((name) => changed.get(name) ?? []);
    const raised = numbers.length > 0 ? Math.max(...numbers) : undefined;
    if (raised !== undefined && reader.renew) reader.sight = await reader.renew();
    const { sight } = reader;
    const told = (some: readonly ChangeEvent[]) => some.map((event) => changesOf(event, modules));
    if (!sight) return { events: told(events), aclSeq: raised };
    // of all modules: what happens in others may decide who sees what
    const seen = await sight.of(events);
    if (seen.isUnsure) await feed.raise(tenant, principal, last);
    return { events: told(seen.events), aclSeq: seen.isUnsure ? Math.max(last, raised ?? 0) : raised };
  }
}
