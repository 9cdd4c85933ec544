import { CrmError } from '@tessera-crm/model/errors.js';
import { eventNames, type ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { visibleEvents } from '../../auth/visible-events.ts';
import type { Feed } from '../../backend.ts';
import type { KnownCall } from '../call.ts';
import type { Metrics } from '../metrics.ts';
import { integerIn, parametersOf } from '../question.ts';
import { json, type Reply } from '../replies.ts';
import { EventStream, type StreamTimes } from './event-stream.ts';
import { Watch } from './watch.ts';

export interface FeedRoutesOptions {
  readonly feed: Feed;
  readonly metrics: Metrics;
  readonly times?: Partial<StreamTimes>;
  /** Streams that one caller, and all together, may hold open. */
  readonly maxStreams?: { readonly each: number; readonly all: number };
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
    const from = cursor ?? (await this.#options.feed.head(call.access.tenant.id));
    const isPoll = (call.request.headers.get('accept') ?? '').includes('application/json');
    return isPoll ? this.#poll(call, from, cursor === undefined) : this.#stream(call, from);
  };

  /** Tells all who listen to come back elsewhere. */
  stop(): void {
    for (const stream of this.#open.keys()) stream.end();
    for (const end of this.#polls) end();
  }

  async #stream(call: KnownCall, from: number): Promise<Reply> {
    const { feed, metrics, maxStreams = { each: 30, all: 5_000 } } = this.#options;
    const { access } = call;
    const held = [...this.#open.values()].filter((principal) => principal === access.principal).length;
    if (held >= maxStreams.each || this.#open.size >= maxStreams.all)
      throw new CrmError('rate-limited', 'Too many streams are open.', { retryAfter: 10 });
    const life = Math.min(this.#times.life, (access.expiresAt ?? Infinity) - call.now().getTime());
    const stream = new EventStream({
      times: { ...this.#times, life },
      from,
      read: async (cursor) => this.#read(call, cursor),
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

  /** @param isNew - Whoever has no cursor yet gets one at once. */
  async #poll(call: KnownCall, from: number, isNew: boolean): Promise<Reply> {
    const events = isNew ? [] : await this.#firstEvents(call, from);
    if (events === null)
      return json({
        events: [],
        cursor: await this.#options.feed.head(call.access.tenant.id),
        [eventNames.reset]: true,
      });
    return json({ events: events.filter(({ changes }) => changes.length > 0), cursor: events.at(-1)?.seq ?? from });
  }

  /** Empty when the caller went away, the server stops, or nothing was committed for long enough. */
  async #firstEvents(call: KnownCall, from: number): Promise<readonly ChangeEvent[] | null> {
    const watch = new Watch(this.#times.poll);
    const end = (): void => watch.end();
    // before the first look: what is committed during it is not missed
    const unsubscribe = this.#options.feed.subscribe(call.access.tenant.id, () => watch.wake());
    call.request.signal.addEventListener('abort', end);
    this.#polls.add(end);
    try {
      let events = await this.#read(call, from);
      // a feed may wake for what is known already
      while (events?.length === 0 && (await watch.woken())) events = await this.#read(call, from);
      return events;
    } finally {
      end();
      this.#polls.delete(end);
      call.request.signal.removeEventListener('abort', end);
      unsubscribe();
    }
  }

  async #read({ access, store, policy, registry }: KnownCall, cursor: number): Promise<readonly ChangeEvent[] | null> {
    const events = await this.#options.feed.since(access.tenant.id, cursor, batch);
    return events && policy ? visibleEvents(events, { store, policy, registry }) : events;
  }
}
