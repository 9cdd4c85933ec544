import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { MemoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';

type Sink = ReadableStreamDefaultController<Uint8Array>;

/** The changes of a memory store as numbered events, and the streams that tell of them. */
export class MemoryFeed {
  readonly #memory: MemoryStore;
  readonly #events: ChangeEvent[] = [];
  readonly #seen = new Map<string, AnyRecord>();
  readonly #sinks = new Set<Sink>();
  #horizon = 0;

  constructor(memory: MemoryStore) {
    this.#memory = memory;
  }

  get seq(): number {
    return this.#events.length;
  }

  /** How many streams are open. */
  get listeners(): number {
    return this.#sinks.size;
  }

  /** Looks for what changed since the last look and tells of it. */
  look(): void {
    const changes = this.#memory.records.registry.keys.flatMap((module) =>
      [...this.#memory.records.all(module)].flatMap((record) => this.#compare(module, record) ?? []),
    );
    if (changes.length === 0) return;
    const event: ChangeEvent = { seq: this.seq + 1, changes };
    this.#events.push(event);
    for (const sink of this.#sinks) tell(sink, event);
  }

  /** Server-sent events after a number. */
  stream(cursor: number): Response {
    let own: Sink | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (sink) => {
        own = sink;
        this.#sinks.add(sink);
        write(sink, `retry: 2000\nid: ${cursor}\nevent: rights\ndata: {"aclSeq":0}\n\n`);
        if (cursor < this.#horizon) write(sink, 'event: reset\ndata: {}\n\n');
        else for (const event of this.#events.slice(cursor)) tell(sink, event);
      },
      cancel: () => void (own && this.#sinks.delete(own)),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  /** Ends all streams, as a server does that shuts down. */
  end(): void {
    for (const sink of this.#sinks) {
      write(sink, 'event: bye\ndata: {}\n\n');
      sink.close();
    }
    this.#sinks.clear();
  }

  /** From now on nobody can resume from before this moment. */
  forget(): void {
    this.#horizon = this.seq;
  }

  history(module: string, id: string): readonly unknown[] {
    return this.#events
      .flatMap(({ changes }) => changes)
      .filter((change) => change.module === module && change.id === id)
      .map(({ version, op }) => ({ version, op, at: '2026-06-15T10:00:00.000Z', by: null, source: 'api', changes: [] }))
      .toReversed();
  }

  #compare(module: string, record: AnyRecord): ChangeEvent['changes'][number] | undefined {
    const key = `${module}/${record.id}`;
    const before = this.#seen.get(key);
    if (before === record) return undefined;
    this.#seen.set(key, record);
    const { id, version } = record;
    return {
      module,
      id,
      version,
      op: before === undefined ? 'create' : record['deletedAt'] === null ? 'update' : 'delete',
    };
  }
}

const write = (sink: Sink, text: string): void => sink.enqueue(new TextEncoder().encode(text));

const tell = (sink: Sink, event: ChangeEvent): void =>
  write(sink, `event: change\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
