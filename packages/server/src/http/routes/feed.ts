import { CrmError } from '@tessera-crm/model/errors.js';
import { eventNames } from '@tessera-crm/model/protocol/events.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { Sight } from '../../auth/sight.ts';
import type { Backend } from '../../backend.ts';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';
import type { Metrics } from '../metrics.ts';
import { integerIn, parametersOf } from '../question.ts';
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
    const parameters = parametersOf(call.search, ['cursor']);
    const resumed = call.request.headers.get('last-event-id');
    if (resumed !== null && resumed !== '') parameters.set('cursor', resumed);
    const cursor = integerIn(parameters, 'cursor', { min: 0, max: Number.MAX_SAFE_INTEGER });
    const isPoll = (call.request.headers.get('accept') ?? '').includes('application/json');
    if (isPoll) return this.#poll(call, cursor);
    const { asOf, aclSeq } = await this.#stamp(call);
    return this.#stream(call, { from: cursor ?? asOf, aclSeq });
  };

  /** Tells all who listen to come back elsewhere. */
  stop(): void {
    for (const stream of this.#open.keys()) stream.end();
    for (const end of this.#polls) end();
  }

  async #stamp({ access }: KnownCall): Promise<Stamp> {
    return this.#options.feed.stamp(access.tenant.id, access);
  }

  #stream(call: KnownCall, { from, aclSeq }: Beginning): Reply {
    const { feed, metrics, maxStreams = { each: 30, all: 5_000 } } = this.#options;
    const { access } = call;
    const held = [...this.#open.values()].filter((principal) => principal === access.principal).length;
    if (held >= maxStreams.each || this.#open.size >= maxStreams.all)
      throw new CrmError('rate-limited', 'Too many streams are open.', { retryAfter: 10 });
    const life = Math.min(this.#times.life, (access.expiresAt ?? Infinity) - call.now().getTime());
    const sight = this.#sight(call);
    const stream = new EventStream({
      times: { ...this.#times, life },
      from,
      aclSeq,
      read: async (cursor) => this.#read(call, cursor, sight),
      subscribe: (wake) => feed.subscribe(access.tenant.id, wake),
      closed: () => {
        this.#open.delete(stream);
        metrics.streamClosed();
      },
    });
    this.#open.set(stream, access.principal);
    metrics.streamOpened();
    return {
      status: 200,
      body: stream.start(),
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    };
  }

  /** Whoever has no cursor yet gets one at once. */
  async #poll(call: KnownCall, cursor: number | undefined): Promise<Reply> {
    const news = cursor === undefined ? { events: [] } : await this.#firstNews(call, cursor);
    // after the events, so that it is not older than what they tell
    const { asOf, aclSeq } = await this.#stamp(call);
    if (news === null) return json({ events: [], cursor: asOf, aclSeq, [eventNames.reset]: true });
    const { events } = news;
    const told = events.filter(({ changes }) => changes.length > 0);
    return json({ events: told, cursor: events.at(-1)?.seq ?? cursor ?? asOf, aclSeq });
  }

  /** Empty when the caller went away, the server stops, or nothing was committed for long enough. */
  async #firstNews(call: KnownCall, from: number): Promise<News | null> {
    const watch = new Watch(this.#times.poll);
    const sight = this.#sight(call);
    const end = (): void => watch.end();
    // before the first look: what is committed during it is not missed
    const unsubscribe = this.#options.feed.subscribe(call.access.tenant.id, () => watch.wake());
    call.request.signal.addEventListener('abort', end);
    this.#polls.add(end);
    try {
      let news = await this.#read(call, from, sight);
      // a feed may wake for what is known already
      while (news?.events.length === 0 && (await watch.woken())) news = await this.#read(call, from, sight);
      return news;
    } finally {
      end();
      this.#polls.delete(end);
      call.request.signal.removeEventListener('abort', end);
      unsubscribe();
    }
  }

  /** Null for those who see everything. */
  #sight({ access: { tenant, identity }, policy, registry, now }: KnownCall): Sight | null {
    if (!policy) return null;
    const context = queryContextOf({ registry, identity, settings: tenant.settings }, now().toISOString());
    return new Sight({
      policy,
      context,
      images: async (events, module, fields) => this.#options.images.around(tenant.id, events, { module, fields }),
    });
  }

  async #read({ access }: KnownCall, cursor: number, sight: Sight | null): Promise<News | null> {
    const { feed } = this.#options;
    const { tenant, principal } = access;
    const events = await feed.since(tenant.id, cursor, batch);
    if (!events) return null;
    const last = events.at(-1)?.seq;
    if (last === undefined) return { events, aclSeq: undefined };
    // after the events, so that those which changed rights are among what was read
    const raised = (await feed.raisedAfter(tenant.id, cursor)).get(principal);
    if (!sight) return { events, aclSeq: raised };
    const seen = await sight.of(events);
    if (seen.isUnsure) await feed.raise(tenant.id, principal, last);
    return { events: seen.events, aclSeq: seen.isUnsure ? Math.max(last, raised ?? 0) : raised };
  }
}
