import type { Query } from '@tessera-crm/model/query/query.js';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';

export interface BulkStreamOptions {
  readonly call: KnownCall;
  readonly module: string;
  readonly query: Pick<Query, 'where' | 'after'>;
  /** What the server knows now: asked for before each page. */
  readonly stamp: () => Promise<Stamp>;
}

/** Records on a line, and how many of them one list gives. */
const lineful = 500;
const atOnce = 200;

/** Milliseconds after which the caller has to show its token again. */
const life = 60_000;

const encoder = new TextEncoder();

/** Records as they stand between the brackets of a line, and where they end. */
interface Piece {
  readonly records: string;
  readonly next: string | null;
}

/**
 * All records that fit a query, in the order of their ids, as lines of JSON: a page each, with the numbers under which
 * it was read, and read no faster than they are taken. It may end before the last page; who wants the rest asks again.
 */
export class BulkStream {
  readonly #options: BulkStreamOptions;
  readonly #end: number;
  #after: string | undefined;
  #aclSeq: number | undefined;
  #call: KnownCall;

  constructor(options: BulkStreamOptions) {
    const { call, query } = options;
    this.#options = options;
    this.#call = options.call;
    this.#after = query.after;
    this.#end = Math.min(call.now().getTime() + life, call.access.expiresAt ?? Infinity);
  }

  /** @throws {CrmError} What is wrong with the query: the first page is read before anything is answered. */
  async start(): Promise<ReadableStream<Uint8Array>> {
    let first = await this.#line();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const line = first ?? (await this.#line());
          first = null;
          if (line !== null) controller.enqueue(encoder.encode(line));
          if (line === null || this.#isOver) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  get #isOver(): boolean {
    return this.#after === undefined || this.#options.call.now().getTime() >= this.#end;
  }

  /** The next page; null once the rights are others than those for which this call was let in. */
  async #line(): Promise<string | null> {
    const stamp = await this.#options.stamp();
    if (this.#aclSeq === undefined) this.#call = await this.#call.asOfNow();
    this.#aclSeq ??= stamp.aclSeq;
    if (stamp.aclSeq !== this.#aclSeq) return null;
    const pieces: string[] = [];
    let next: string | null = this.#after ?? null;
    for (let left = lineful; left > 0;) {
      const piece = await this.#piece(Math.min(left, atOnce), next);
      if (piece.records !== '') pieces.push(piece.records);
      next = piece.next;
      left = next === null ? 0 : left - atOnce;
    }
    this.#after = next ?? undefined;
    return `${JSON.stringify(stamp).slice(0, -1)},"records":[${pieces.join(',')}],"next":${JSON.stringify(next)}}\n`;
  }

  async #piece(limit: number, after: string | null): Promise<Piece> {
    const { module, query } = this.#options;
    const text = await this.#call.store.listText(module, { ...query, limit, ...(after !== null && { after }) });
    // the page is JSON of records and next, in this order: taking it apart would cost more than reading it did
    const end = text.lastIndexOf('],"next":');
    return {
      records: text.slice('{"records":['.length, end),
      next: JSON.parse(text.slice(end + '],"next":'.length, -1)) as string | null,
    };
  }
}
