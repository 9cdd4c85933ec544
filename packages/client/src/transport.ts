import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { untilAborted } from '@tessera-crm/model/until-aborted.js';
import { contentOf, type Answer } from './answer.ts';
import { TokenSource, type GetToken } from './token-source.ts';

/** What is needed of an answer. */
export interface Answered {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Only live events need it; without it they are polled for. */
  readonly body?: ReadableStream<Uint8Array> | null;
}

/** A `fetch` that is only ever called with an address as text. */
export type Fetch = (url: string, init: RequestInit) => Promise<Answered>;

/** How to reach a server and as whom. */
export interface ConnectionOptions {
  /** Where `/v1` lies: `https://crm.example.org`, or empty for the page's own origin. */
  readonly url: string;
  /** For pages: asks the page's backend for a session token. */
  readonly getToken?: GetToken;
  /** Told once when there is no token, or none that the server takes; and null when that is over. */
  readonly tokenTroubled?: (trouble: CrmError | null) => void;
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
  /** Milliseconds for one try, where the answer may take longer than others. */
  readonly timeout?: number;
  /** Reads the text of an answer, where that is not all there is to it. What it leaves may be read without haste. */
  readonly read?: (response: Answered) => Promise<string>;
}

/** What an attempt came to, and the token that it was made with. */
export interface Attempted extends Answer {
  readonly token: string;
}

const json = 'application/json';

/** Milliseconds. */
const usualTimeout = 20_000;

/** Requests with tokens, time limits and repetition; every failure is a `CrmError`. */
export class Transport {
  /** Ends in `/v1/`. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly tokens: TokenSource;
  /** Milliseconds for one try, unless a question says otherwise. */
  readonly timeout: number;
  readonly #retry: ConnectionOptions['retry'];
  readonly #closed = new AbortController();

  constructor(options: ConnectionOptions) {
    const { url, token = '', getToken, fetch, tokenTroubled: troubled } = options;
    this.url = `${url.replace(/\/+$/, '')}/v1/`;
    // a method of the window: called as a function of its own it would throw
    this.fetch = fetch ?? ((address, init) => globalThis.fetch(address, init));
    this.tokens = new TokenSource(getToken ?? (async () => ({ token, expiresIn: Infinity })), { troubled });
    this.timeout = options.timeout ?? usualTimeout;
    this.#retry = options.retry;
  }

  /**
   * The JSON that the server answers. Most requests succeed at once; the code for the others is fetched when the first
   * does not.
   *
   * @throws {CrmError} The server's refusal · `network` · `timeout` · `aborted` · `schema-mismatch` · `auth-required`
   */
  async ask(path: string, ask: Ask = {}): Promise<unknown> {
    const address = this.url + path;
    const attempt = (): Promise<Attempted> => this.#attempt(address, ask);
    const first = attempt();
    const content = await first.then(contentOf, () => undefined);
    if (content !== undefined) return content;
    const code = await import('./recovery.ts').catch(() => null);
    if (code) return code.recover(this.tokens, { address, ask, first, attempt, retry: this.#retry });
    const { status } = await first;
    throw new CrmError('load-failed', 'A part of the client', { status });
  }

  /** Aborted when nothing may be asked any more. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Breaks off everything under way; from now on whatever is asked is `aborted`. */
  close(): void {
    this.#closed.abort();
    this.tokens.close();
  }

  /** One attempt within its time, which begins when there is a token to send. */
  async #attempt(address: string, ask: Ask): Promise<Attempted> {
    const late = new AbortController();
    const signal = AbortSignal.any([late.signal, this.closed, ask.signal ?? this.closed]);
    const token = await this.tokens.get(signal);
    const timer = setTimeout(() => late.abort(), ask.timeout ?? this.timeout);
    try {
      return await untilAborted(this.#send(address, ask, token, signal), signal);
    } catch (cause) {
      if (late.signal.aborted) throw new CrmError('timeout', 'No answer in time', {}, cause);
      throw isCrmError(cause) ? cause : new CrmError('config', 'It cannot be asked.', {}, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(address: string, { body, headers, read }: Ask, token: string, signal: AbortSignal): Promise<Attempted> {
    const isPost = body !== undefined;
    const init = {
      method: isPost ? 'POST' : 'GET',
      headers: {
        accept: json,
        ...(isPost && { 'content-type': json }),
        ...headers,
        authorization: `Bearer ${token}`,
      },
      ...(isPost && { body: body instanceof Blob ? body : plainJson(body) }),
      signal,
    };
    try {
      const response = await this.fetch(address, init);
      const { status } = response;
      if (status < 200) throw new Error(`status ${status}`);
      if (status === 401) this.tokens.reject(token);
      else this.tokens.accept(token);
      return {
        status,
        text: await (read?.(response) ?? response.text()),
        retryAfter: response.headers.get('retry-after') ?? '',
        token,
      };
    } catch (cause) {
      throw new CrmError('network', 'The server cannot be reached.', {}, cause);
    }
  }
}
