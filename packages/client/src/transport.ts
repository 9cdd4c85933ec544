import { CrmError, isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import ky, { type HTTPError, type Options } from 'ky';
import { readAnswer, type Answer } from './answer.ts';
import { plainJson } from './plain-json.ts';
import { TokenSource, type GetToken } from './token-source.ts';

/** A `fetch` that is only ever called with an address as text, and whose answer needs no more than these. */
export type Fetch = (
  url: string,
  init: RequestInit,
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Only live events need it; without it they are polled for. */
  readonly body?: ReadableStream<Uint8Array> | null;
}>;

/** How to reach a server and as whom. */
export interface ConnectionOptions {
  /** Where `/v1` lies: `https://crm.example.org`, or empty for the page's own origin. */
  readonly url: string;
  /** For pages: asks the page's backend for a session token. */
  readonly getToken?: GetToken;
  /** For backends: a secret key. Never in a page. */
  readonly token?: string;
  readonly fetch?: Fetch;
  /** Milliseconds for one try, the whole answer included; 20,000 unless told. */
  readonly timeout?: number;
  /** How often a request that may be repeated is repeated, 3 times unless told, and after how many milliseconds. */
  readonly retry?: { readonly limit?: number; readonly delay?: (attempt: number) => number };
}

/** One request below `/v1`: with a body it is a POST, else a GET. */
export interface Ask {
  /** Sent as JSON, unless it is a file. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether carrying it out twice does no harm, which is the rule; else it is sent once. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

const json = 'application/json';

/** Seconds of `Retry-After` beyond which the caller hears of it at once. */
const longestWait = 60;

/** Requests with tokens, time limits and repetition; every failure is a `CrmError`. */
export class Transport {
  /** Ends in `/v1/`. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly tokens: TokenSource;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    const { url, token = '', getToken, fetch } = options;
    this.url = `${url.replace(/\/+$/, '')}/v1/`;
    // a method of the window: called as a function of its own it would throw
    this.fetch = fetch ?? ((address, init) => globalThis.fetch(address, init));
    this.tokens = new TokenSource(getToken ?? (async () => ({ token, expiresIn: Infinity })));
    this.#options = options;
  }

  /**
   * The JSON that the server answers. Ky decides about time and repetition by the status alone; the answer itself
   * goes past it.
   *
   * @throws {CrmError} The server's refusal · `network` · `timeout` · `aborted` · `schema-mismatch` · `auth-required`
   */
  async ask(path: string, ask: Ask = {}): Promise<unknown> {
    const { body, repeatable = true, signal } = ask;
    const method = body === undefined ? 'GET' : 'POST';
    let answer: Answer | undefined;
    const attempt = async (request: Request): Promise<Response> => {
      answer = undefined;
      answer = await this.#try(path, ask, request);
      const { status, retryAfter } = answer;
      return new Response(null, { status, headers: { 'retry-after': retryAfter } });
    };
    try {
      await ky(this.url + path, {
        method,
        fetch: attempt as typeof globalThis.fetch,
        timeout: this.#options.timeout ?? 20_000,
        retry: this.#retry(repeatable ? [method] : []),
        signal: signal ?? null,
      });
    } catch (error) {
      if (!answer || signal?.aborted) throw toCrmError(error, signal);
    }
    return readAnswer(answer!);
  }

  /** One attempt; a refused token costs a second one, unless that could do a thing twice. */
  async #try(path: string, { body, headers, repeatable = true }: Ask, { method, signal }: Request): Promise<Answer> {
    const send = (token: string): Promise<Answer> =>
      this.#send(this.url + path, {
        method,
        headers: {
          accept: json,
          ...(method !== 'GET' && { 'content-type': json }),
          ...headers,
          authorization: `Bearer ${token}`,
        },
        ...(method !== 'GET' && { body: body instanceof Blob ? body : plainJson(body) }),
        signal,
      });
    const token = await this.tokens.get(signal);
    const answer = await send(token);
    if (answer.status !== 401) return answer;
    this.tokens.reject(token);
    const other = await this.tokens.get(signal);
    return repeatable && other !== token ? send(other) : answer;
  }

  async #send(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await this.fetch(url, init);
      const { status, headers } = response;
      if (status < 200) throw new Error(`status ${status}`);
      return { status, text: await response.text(), retryAfter: headers.get('retry-after') ?? '' };
    } catch (cause) {
      // the one message by which ky knows a failure of the network, whatever this platform says
      throw init.signal?.aborted ? cause : new TypeError('Failed to fetch', { cause });
    }
  }

  #retry(methods: readonly string[]): Options['retry'] & object {
    return {
      limit: 3,
      jitter: true,
      retryOnTimeout: true,
      statusCodes: [408, 429, 502, 503, 504],
      shouldRetry: ({ error }) =>
        Number((error as HTTPError).response?.headers.get('retry-after')) > longestWait ? false : undefined,
      ...this.#options.retry,
      methods: methods as 'get'[],
    };
  }
}

const codes: Readonly<Record<string, ErrorCode>> = { TimeoutError: 'timeout', NetworkError: 'network' };

const toCrmError = (error: unknown, signal: AbortSignal | undefined): CrmError => {
  if (isCrmError(error)) return error;
  const { name, message } = error as Error;
  return new CrmError(signal?.aborted ? 'aborted' : (codes[name] ?? 'config'), message, {}, error);
};
