import type { Change } from '@tessera-crm/model/change.js';
import { errorCodes } from '@tessera-crm/model/error-codes.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';
import type { Push, SyncBulk, SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Aggregate, Query, Where } from '@tessera-crm/model/query/query.js';
import { fromSearchParams } from '@tessera-crm/model/query/url.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { KnownVersions, NewsOptions } from '@tessera-crm/model/sync-door.js';
import { memoryStore, type MemoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { Fault } from './fault.ts';
import { MemoryFeed } from './memory-feed.ts';

/** What a Node server says of the connection, so that it can be cut. */
interface Connection {
  readonly incoming?: { readonly socket: { destroy(): void } };
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  run(call: { readonly url: URL; readonly request: Request; readonly parts: readonly string[] }): Promise<unknown>;
}

/** The protocol over a store of nothing but memory, with faults on demand: what clients are tested against. */
export class MemoryServer {
  readonly memory: MemoryStore;
  readonly feed: MemoryFeed;
  /** The tokens that are good; null when any will do. */
  tokens: Set<string> | null = null;
  /** Used up one by one by the requests they fit. */
  readonly faults: Fault[] = [];
  /** Method, path and token of every request so far, refused ones included. */
  readonly requests: { readonly method: string; readonly path: string; readonly token: string | undefined }[] = [];
  readonly files = new Map<string, { readonly name: string; readonly type: string; readonly size: number }>();
  readonly #routes: readonly Route[];

  constructor() {
    const user = { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true } as const;
    this.memory = memoryStore({ registry: builtInRegistry(), identity: user }).memory;
    this.feed = new MemoryFeed(this.memory.sync);
    this.#routes = this.#table();
  }

  /** How many requests of this path there were. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  /** A handler for any server that speaks the fetch standard. */
  fetch = async (request: Request, connection: Connection = {}): Promise<Response> => {
    const path = new URL(request.url).pathname;
    const token = request.headers.get('authorization')?.replace('Bearer ', '');
    this.requests.push({ method: request.method, path, token });
    const fault = this.#takeFault(path);
    if (fault?.type === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault?.type === 'answer')
      return new Response(fault.body ?? '', { status: fault.status, headers: fault.headers ?? {} });
    if (fault?.type === 'drop') return drop(connection);
    const answer = await this.#answer(request, token).catch(problemOf);
    if (fault?.type === 'drop-answer') connection.incoming?.socket.destroy();
    return answer;
  };

  #takeFault(path: string): Fault | undefined {
    const index = this.faults.findIndex(({ on }) => on === undefined || path.includes(on));
    return index < 0 ? undefined : this.faults.splice(index, 1)[0];
  }

  async #answer(request: Request, token: string | undefined): Promise<Response> {
    if (token === undefined) throw new CrmError('auth-required', 'Send a token.');
    if (this.tokens && !this.tokens.has(token)) throw new CrmError('token-rejected', 'This token is not good.');
    const url = new URL(request.url);
    for (const { method, path, run } of this.#routes) {
      const parts = request.method === method ? path.exec(url.pathname)?.slice(1) : undefined;
      if (!parts) continue;
      const content = await run({ url, request, parts });
      return content instanceof Response ? content : Response.json(content);
    }
    throw new CrmError('not-found', `There is nothing at ${url.pathname}.`);
  }

  #table(): readonly Route[] {
    const { memory, feed } = this;
    const link = (id: string) => ({ url: `https://files.example/${id}`, expiresIn: 300 });
    return [
      route('GET', /^\/v1\/meta$/, async () => meta),
      ...this.#syncRoutes(),
      route('POST', /^\/v1\/changes$/, ({ request }) => this.#change(request)),
      route('POST', /^\/v1\/files$/, ({ url, request }) => this.#store(url, request)),
      route('POST', /^\/v1\/files\/([^/]+)\/link$/, async ({ parts: [id = ''] }) => link(id)),
      route('POST', /^\/v1\/(\w+)\/query$/, async ({ request, parts: [key = ''] }) =>
        memory.list(key, await body<Query>(request)),
      ),
      route('POST', /^\/v1\/(\w+)\/aggregate$/, async ({ request, parts: [key = ''] }) => ({
        groups: await memory.aggregate(key, await body<Aggregate>(request)),
      })),
      route('GET', /^\/v1\/(\w+)$/, ({ url, parts: [key = ''] }) =>
        memory.list(key, fromSearchParams(url.searchParams)),
      ),
      route('GET', /^\/v1\/(\w+)\/([^/]+)$/, ({ parts: [key = '', id = ''] }) => memory.get(key, id)),
      route('GET', /^\/v1\/(\w+)\/([^/]+)\/history$/, async ({ parts: [key = '', id = ''] }) => ({
        versions: feed.history(key, id),
      })),
    ];
  }

  /** The bodies are taken as they are: the server's own tests say what it refuses. */
  #syncRoutes(): readonly Route[] {
    const { sync } = this.memory;
    return [
      route('POST', /^\/v1\/sync\/query$/, async ({ request }) => {
        const { module, query } = await body<{ module: string; query: Query }>(request);
        return sync.query(module, query);
      }),
      route('POST', /^\/v1\/sync\/(records|verify)$/, async ({ request, parts: [what] }) => {
        const { module, known } = await body<{ module: string; known: KnownVersions }>(request);
        return sync[what as 'records' | 'verify'](module, known);
      }),
      route('POST', /^\/v1\/sync\/bulk$/, async ({ request }) => {
        const { module, where, after } = await body<SyncBulk>(request);
        return inLines(sync.bulk(module, { where: where as Where }, { after }));
      }),
      route('POST', /^\/v1\/sync\/push$/, async ({ request }) => sync.push(await body<Push>(request))),
      route('GET', /^\/v1\/sync\/feed$/, async ({ url, request }) => {
        const at = url.searchParams.get('cursor');
        const cursor = at === null ? undefined : Number(at);
        const isPoll = request.headers.get('accept')?.includes('application/json') === true;
        const modules = url.searchParams.get('modules')?.split(',');
        return isPoll ? this.#poll(cursor, { modules, signal: request.signal }) : this.feed.stream(cursor, modules);
      }),
    ];
  }

  /** Whoever has no cursor yet gets one at once. */
  async #poll(cursor: number | undefined, options: NewsOptions): Promise<unknown> {
    const { sync } = this.memory;
    const { seq, aclSeq } = sync;
    return cursor === undefined ? { events: [], cursor: seq, aclSeq } : sync.news(cursor, options);
  }

  async #change(request: Request): Promise<unknown> {
    const { changes, atomic } = (await request.json()) as { changes: readonly Change[]; atomic: boolean };
    const idempotencyKey = request.headers.get('idempotency-key') ?? undefined;
    const results = await this.memory.apply(changes, { atomic, ...(idempotencyKey && { idempotencyKey }) });
    return {
      results: results.map((result: Applied) => (result.ok ? result : { ...result, error: toProblem(result.error) })),
    };
  }

  async #store(url: URL, request: Request): Promise<unknown> {
    const { size } = await request.blob();
    const id = `file-${this.files.size + 1}`;
    const file = { name: url.searchParams.get('name') ?? '', type: request.headers.get('content-type') ?? '', size };
    this.files.set(id, file);
    return { id, ...file, checksum: '' };
  }
}

const route = (method: string, path: RegExp, run: Route['run']): Route => ({ method, path, run });

const body = async <T>(request: Request): Promise<T> => (await request.json()) as T;

/** The first page is read before anything is answered: what is wrong with the question is wrong with that. */
const inLines = async (pages: AsyncIterable<SyncPage>): Promise<Response> => {
  const reading = pages[Symbol.asyncIterator]();
  const first = await reading.next();
  let isFirst = true;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = isFirst ? first : await reading.next();
        isFirst = false;
        if (done === true) controller.close();
        else controller.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
};

/** Nobody hears the answer where there is a socket to close; without one the request fails as the network would. */
const drop = ({ incoming }: Connection): Response => {
  incoming?.socket.destroy();
  return incoming ? new Response(null, { status: 503 }) : Response.error();
};

const problemOf = (cause: unknown): Response => {
  const error = isCrmError(cause) ? cause : new CrmError('internal', String(cause));
  return Response.json(toProblem(error, 'request-1'), {
    status: errorCodes[error.code].status || 500,
    headers: { 'content-type': 'application/problem+json' },
  });
};

const meta = {
  protocol: 1,
  schemaHash: '',
  identity: null,
  locale: 'it',
  currency: 'EUR',
  country: 'IT',
  timeZone: 'Europe/Rome',
  now: '2026-06-15T10:00:00.000Z',
  modules: [],
};
