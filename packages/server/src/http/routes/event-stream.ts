import { eventNames, type ChangeEvent } from '@tessera-crm/model/protocol/events.js';

/** Milliseconds. */
export interface StreamTimes {
  readonly keepAlive: number;
  readonly life: number;
  readonly poll: number;
}

/** What happened after a cursor. */
export interface News {
  readonly events: readonly ChangeEvent[];
  /** The number under which the reader's rights changed meanwhile, if they did. */
  readonly aclSeq: number | undefined;
}

export interface EventStreamOptions {
  readonly times: StreamTimes;
  /** The cursor after which it begins. */
  readonly from: number;
  /** The number under which the reader's rights last changed. */
  readonly aclSeq: number;
  /** The next events after a cursor; null when they are forgotten. */
  readonly read: (cursor: number) => Promise<News | null>;
  /** @param wake - Told up to which number something was committed. @returns How to stop. */
  readonly subscribe: (wake: (seq: number) => void) => () => void;
  readonly closed: () => void;
}

/** Chunks that a reader may be behind before it is let go. */
const maxBacklog = 500;

const encoder = new TextEncoder();

const rights = (aclSeq: number): string => `event: ${eventNames.rights}\ndata: ${JSON.stringify({ aclSeq })}\n\n`;

const alive = encoder.encode(': alive\n\n');

const texts = new WeakMap<ChangeEvent, Uint8Array>();

/** An event as it travels: the same for all who hear the whole of it. */
const written = (event: ChangeEvent): Uint8Array => {
  let bytes = texts.get(event);
  if (!bytes) {
    const data = event.changes.length > 0 ? `event: ${eventNames.change}\ndata: ${JSON.stringify(event)}\n` : '';
    texts.set(event, (bytes = encoder.encode(`id: ${event.seq}\n${data}\n`)));
  }
  return bytes;
};

/** One caller's stream of server-sent events. It ends by itself, so that tokens are looked at again. */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #unsubscribe = (): void => undefined;
  #cursor: number;
  /** Up to this number there is something to read, for all one knows. */
  #end = Infinity;
  #isReading = false;
  #isStale = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#cursor = options.from;
  }

  start(): ReadableStream<Uint8Array> {
    const { times, subscribe } = this.#options;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          this.#unsubscribe = subscribe((seq) => this.#wake(seq));
          this.#timers.push(
            setInterval(() => this.#send(alive), times.keepAlive).unref(),
            setTimeout(() => this.end(), Math.max(0, times.life)).unref(),
          );
          this.#send(`retry: 2000\nid: ${this.#cursor}\n${rights(this.#options.aclSeq)}`);
          this.#wake(Infinity);
        },
        cancel: () => this.#close(),
      },
      { highWaterMark: maxBacklog },
    );
  }

  /** Says goodbye: the reader comes back with its last cursor. */
  end(): void {
    this.#send(`event: ${eventNames.bye}\ndata: {}\n\n`);
    const controller = this.#controller;
    this.#close();
    controller?.close();
  }

  /** Reads as far as that, or until there is nothing more; whoever wakes it meanwhile makes it look once again. */
  #wake(seq: number): void {
    this.#end = Math.max(this.#end, seq);
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#isStale && this.#controller) {
        this.#isStale = false;
        const news = await this.#options.read(this.#cursor);
        if (news === null) {
          this.#send(`event: ${eventNames.reset}\ndata: {}\n\n`);
          this.end();
          break;
        }
        // before what they let one see
        if (news.aclSeq !== undefined) this.#send(rights(news.aclSeq));
        for (const event of news.events) this.#tell(event);
        const isMore = news.events.length > 0 && this.#cursor < this.#end;
        // who woke it meanwhile knows better
        if (!isMore && !this.#isStale) this.#end = this.#cursor;
        this.#isStale ||= isMore;
      }
    } catch {
      this.end();
    }
    // here, not after it: between them somebody could wake it in vain
    this.#isReading = false;
  }

  /** What is not for this reader still moves the cursor: an id without data is otherwise silent. */
  #tell(event: ChangeEvent): void {
    this.#cursor = event.seq;
    this.#send(written(event));
  }

  #send(text: string | Uint8Array): void {
    const controller = this.#controller;
    if (!controller) return;
    if ((controller.desiredSize ?? 0) > 0) controller.enqueue(typeof text === 'string' ? encoder.encode(text) : text);
    else {
      this.#close();
      controller.error(new Error('The reader is too slow.'));
    }
  }

  #close(): void {
    if (!this.#controller) return;
    this.#controller = undefined;
    this.#unsubscribe();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#options.closed();
  }
}
