import { randomBytes } from 'node:crypto';
import { errorCodes } from '@tessera-crm/model/error-codes.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Context } from 'hono';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Backend } from '../backend.ts';
import { GuardedStore } from '../auth/guarded-store.ts';
import type { Access } from '../auth/access.ts';
import type { Policies } from '../auth/policy.ts';
import type { Call, KnownCall } from './call.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { checkOrigin, isSameOrigin, type TrustedOrigins } from './origins.ts';
import type { RateLimiter, RateVerdict } from './rate-limiter.ts';
import { asCrmError, problem, type Reply, type ReplyHeaders } from './replies.ts';

export interface GateOptions {
  readonly registry: Registry;
  readonly store: Backend['store'];
  readonly authenticator: Authenticator;
  readonly policies: Policies;
  readonly metrics: Metrics;
  /** Null for no limit. */
  readonly limiter: RateLimiter | null;
  readonly trustedOrigins: TrustedOrigins;
  /** Whether pages of an origin may learn why a request of theirs was refused. */
  readonly knowsOrigin: (origin: string) => Promise<boolean>;
  /** Requests under way at once, above which others are turned away. */
  readonly maxInFlight: number;
  readonly log: Log;
  readonly basePath: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

export type Handler = (call: Call) => Promise<Reply> | Reply;

export type KnownHandler = (call: KnownCall) => Promise<Reply> | Reply;

/** Where the sender's network address stands, when the adapter tells it. */
export interface Origin {
  readonly address?: string;
}

type HonoContext = Context<{ Bindings: Origin }>;

/** What every reply of the API carries: it is data, for the asker only, and never a page. */
const always: ReplyHeaders = {
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Origin',
};

const exposed = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id';

/** Longer ones are nobody's. */
const maxOrigin = 300;

/** What became known of a request on its way in. */
interface Passage {
  /** The origin whose page may read the reply. */
  origin?: string;
  verdict?: RateVerdict;
}

/** Through here all requests go in and all replies go out: who asks, how often, what went wrong, how long it took. */
export class Gate {
  readonly #options: GateOptions;
  readonly #prefix = randomBytes(4).toString('hex');
  #count = 0;
  #isClosing = false;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** From now on new requests are turned away. */
  close(): void {
    this.#isClosing = true;
  }

  get isOpen(): boolean {
    return !this.#isClosing;
  }

  /** For anybody. @param route - Its name in the figures. */
  open(route: string, handler: Handler): (context: HonoContext) => Promise<Response> {
    return async (context) => this.#pass(route, context, async (call) => handler(call));
  }

  /** For those who show a good token. */
  known(route: string, handler: KnownHandler): (context: HonoContext) => Promise<Response> {
    return async (context) =>
      this.#pass(route, context, async (call, passage) => handler(await this.#know(call, passage)));
  }

  async #pass(
    route: string,
    context: HonoContext,
    handle: (call: Call, passage: Passage) => Promise<Reply>,
  ): Promise<Response> {
    const { metrics, maxInFlight } = this.#options;
    const began = performance.now();
    const call = this.#call(context);
    const passage: Passage = {};
    metrics.started();
    let reply: Reply;
    try {
      this.#look(call, passage);
      if (this.#isClosing || metrics.inFlight > maxInFlight)
        throw new CrmError('unavailable', 'The server is busy at the moment.', { retryAfter: 1 });
      reply = await handle(call, passage);
    } catch (error) {
      reply = this.#problem(route, call, error);
      await this.#explain(call, passage);
    }
    metrics.ended(route, reply.status, (performance.now() - began) / 1000);
    return new Response(reply.body, { status: reply.status, headers: this.#headers(call, reply, passage) });
  }

  #call(context: HonoContext): Call {
    const request = context.req.raw;
    const question = request.url.indexOf('?');
    const { address } = context.env ?? {};
    return {
      request,
      id: `${this.#prefix}-${(this.#count++).toString(36)}`,
      param: (name) => (context.req.param as (name: string) => string | undefined)(name) ?? '',
      search: question < 0 ? '' : request.url.slice(question + 1),
      address: address ?? '',
    };
  }

  /** Pages of our own and of trusted origins may read whatever is answered. */
  #look({ request: { headers, url } }: Call, passage: Passage): void {
    const origin = headers.get('origin');
    if (origin === null) return;
    if (this.#options.trustedOrigins.has(origin) || isSameOrigin(origin, headers, url)) passage.origin = origin;
  }

  /** A page whose token has expired has to see that it has, or it would take the server for gone. */
  async #explain({ request }: Call, passage: Passage): Promise<void> {
    const origin = request.headers.get('origin');
    if (origin === null || passage.origin !== undefined || origin.length > maxOrigin) return;
    if (await this.#options.knowsOrigin(origin).catch(() => false)) passage.origin = origin;
  }

  async #know(call: Call, passage: Passage): Promise<KnownCall> {
    const { authenticator, trustedOrigins } = this.#options;
    const { request } = call;
    const access = await authenticator.authenticate(request.headers);
    checkOrigin(request, access, trustedOrigins);
    const origin = request.headers.get('origin');
    if (origin !== null) passage.origin = origin;
    this.#limit(access.principal, passage);
    return this.#admit(call, access);
  }

  async #admit(call: Call, access: Access): Promise<KnownCall> {
    const { policies, registry, store, basePath, newId } = this.#options;
    const policy = await policies.of(access);
    const records = store(access.tenant, {
      identity: access.identity,
      principal: access.principal,
      requestId: call.id,
      policy,
    });
    return {
      ...call,
      access,
      policy,
      registry,
      store: policy ? new GuardedStore({ store: records, registry, policy }) : records,
      allRecords: records,
      basePath,
      newId,
      now: () => new Date(this.#options.now()),
      asOfNow: async () => this.#admit(call, access),
    };
  }

  #limit(principal: string, passage: Passage): void {
    const verdict = this.#options.limiter?.take(principal);
    if (!verdict) return;
    passage.verdict = verdict;
    if (!verdict.allowed)
      throw new CrmError('rate-limited', 'Too many requests.', { retryAfter: Math.max(1, verdict.retryAfter) });
  }

  #problem(route: string, call: Call, thrown: unknown): Reply {
    const error = asCrmError(thrown);
    const { status } = errorCodes[error.code];
    if (status === 0 || status >= 500)
      this.#options.log({ level: 'error', requestId: call.id, route, code: error.code, error });
    return problem(error, call.id);
  }

  #headers(call: Call, reply: Reply, { origin, verdict }: Passage): ReplyHeaders {
    const headers: ReplyHeaders = { ...always, 'x-request-id': call.id, ...reply.headers };
    if (typeof reply.body === 'string') headers['content-length'] = String(Buffer.byteLength(reply.body));
    if (origin !== undefined) {
      headers['access-control-allow-origin'] = origin;
      headers['access-control-expose-headers'] = exposed;
    }
    const { limiter } = this.#options;
    if (verdict && limiter) {
      headers['ratelimit-policy'] = limiter.policy;
      headers['ratelimit'] = `"default";r=${verdict.remaining};t=${verdict.retryAfter}`;
    }
    return headers;
  }
}
