import type { FeedEvent, FollowOptions } from '@tessera-crm/model/sync-door.js';
import type { MemorySync } from '@tessera-crm/model/testing/memory-sync.js';

type Sink = ReadableStreamDefaultController<Uint8Array>;

/** What a memory store tells of its changes, as streams of server-sent events. */
export class MemoryFeed {
  readonly #sync: MemorySync;
  readonly #ends = new Set<() => void>();

  constructor(sync: MemorySync) {
    this.#sync = sync;
  }

  get seq(): number {
    return this.#sync.seq;
  }

  /** How many streams are open. */
  get listeners(): number {
    return this.#ends.size;
  }

  /** Server-sent events after a number, from now on without one; of these modules, or of all. */
  stream(cursor: number | undefined, modules?: readonly string[]): Response {
    const stop = new AbortController();
    const close = (): void => {
      this.#ends.delete(end);
      stop.abort();
    };
    let own: Sink | undefined;
    const end = (): void => {
      close();
      if (!own) return;
      write(own, 'event: bye\ndata: {}\n\n');
      own.close();
    };
    const body = new ReadableStream<Uint8Array>({
      start: (sink) => {
        own = sink;
        this.#ends.add(end);
        write(sink, 'retry: 2000\n');
        void this.#tell(sink, { cursor: cursor ?? this.seq, modules, end, signal: stop.signal });
      },
      cancel: close,
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  /** Ends all streams, as a server does that shuts down. */
  end(): void {
    for (const end of this.#ends) end();
  }

  /** From now on nobody can resume from before this moment. */
  forget(): void {
    this.#sync.forget();
  }

  history(module: string, id: string): readonly unknown[] {
    return this.#sync.pastOf(module, id).map((past) => ({ ...past, by: null, source: 'api', changes: [] }));
  }

  async #tell(sink: Sink, { end, ...options }: FollowOptions & { readonly end: () => void }): Promise<void> {
    for await (const event of this.#sync.follow(options)) {
      if (options.signal.aborted) return;
      write(sink, textOf(event));
      // whoever missed too much comes back without a cursor
      if (event.type === 'reset') return end();
    }
  }
}

const textOf = (event: FeedEvent): string => {
  switch (event.type) {
    case 'change': {
      const { type: _type, ...change } = event;
      return `id: ${event.seq}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
    }
    case 'at':
      return `id: ${event.seq}\n\n`;
    case 'rights':
      return `event: rights\ndata: {"aclSeq":${event.aclSeq}}\n\n`;
    case 'reset':
      return 'event: reset\ndata: {}\n\n';
    case 'open':
    case 'lost':
      return '';
  }
};

const write = (sink: Sink, text: string): void => sink.enqueue(new TextEncoder().encode(text));
