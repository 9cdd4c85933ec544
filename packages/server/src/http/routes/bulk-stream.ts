import type { Query } from '@tessera-crm/model/query/query.js';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';

/** Records on a line, and how many of them one list gives. */
const lineful = 500;
const atOnce = 200;

const encoder = new TextEncoder();

/** Records as they stand between the brackets of a line, and where they end. */
interface Piece {
  readonly records: string;
  readonly next: string | null;
}

/** All records that fit a query, in the order of their ids, as lines of JSON: read no faster than they are taken. */
export class BulkStream {
  readonly #call: KnownCall;
  readonly #module: string;
  readonly #query: Query;
  #after: string | undefined;

  constructor(call: KnownCall, module: string, { after, ...query }: Query) {
    this.#call = call;
    this.#module = module;
    this.#query = query;
    this.#after = after;
  }

  /** @throws {CrmError} What is wrong with the query: the first page is read before anything is answered. */
  async start(stamp: Stamp): Promise<ReadableStream<Uint8Array>> {
    let line: string | null = `${JSON.stringify(stamp)}\n${await this.#line()}`;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          line ??= await this.#line();
          controller.enqueue(encoder.encode(line));
          line = null;
          if (this.#after === undefined || this.#isExpired) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Whoever may not ask any more goes on with another token from where it stopped. */
  get #isExpired(): boolean {
    const { access, now } = this.#call;
    return access.expiresAt !== null && now().getTime() >= access.expiresAt;
  }

  /** Records, and where to go on after them. */
  async #line(): Promise<string> {
    const pieces: string[] = [];
    let next: string | null = this.#after ?? null;
    for (let left = lineful; left > 0;) {
      const piece = await this.#piece(Math.min(left, atOnce), next);
      if (piece.records !== '') pieces.push(piece.records);
      next = piece.next;
      left = next === null ? 0 : left - atOnce;
    }
    this.#after = next ?? undefined;
    return `{"records":[${pieces.join(',')}]}\n${JSON.stringify({ next })}\n`;
  }

  async #piece(limit: number, after: string | null): Promise<Piece> {
    const query = { ...this.#query, limit, ...(after !== null && { after }) };
    const text = await this.#call.store.listText(this.#module, query);
    // the page is JSON of records and next, in this order: taking it apart would cost more than reading it did
    const end = text.lastIndexOf('],"next":');
    return {
      records: text.slice('{"records":['.length, end),
      next: JSON.parse(text.slice(end + '],"next":'.length, -1)) as string | null,
    };
  }
}
