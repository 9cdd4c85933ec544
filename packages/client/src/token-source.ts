import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { backOff } from './back-off.ts';
import { untilAborted } from './until-aborted.ts';

/** Why a token is asked for; `scope` and `identity` when the page itself called `renewToken`. */
export type TokenReason = 'initial' | 'expiring' | 'rejected' | 'scope' | 'identity';

export interface SessionToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** How a page gets a session token from its own backend. Never called twice at a time. */
export type GetToken = (request: {
  readonly reason: TokenReason;
  /** Aborted when another identity took over, or when the answer takes too long. */
  readonly signal: AbortSignal;
}) => Promise<SessionToken>;

/** Milliseconds that a page's backend may take. */
const patience = 30_000;

/** The share of a token's life after which the next one is asked for. */
const freshShare = 0.8;

/** Holds the one token of a connection: one question at a time, renewed before it ends, never outside this object. */
export class TokenSource {
  readonly #getToken: GetToken;
  #held: { readonly token: string; readonly renewAt: number; readonly endsAt: number } | undefined;
  #asking: Promise<string> | undefined;
  #reason: TokenReason = 'initial';
  #owner = new AbortController();
  #failures = 0;
  #failure: { readonly error: CrmError; readonly until: number } | undefined;

  constructor(getToken: GetToken) {
    this.#getToken = getToken;
  }

  /**
   * A token to send now. Towards its end the old one serves while the next is on its way.
   *
   * @throws {CrmError} `auth-required` when the page gives none; it is then left alone for 1 to 60 s.
   */
  async get(signal?: AbortSignal): Promise<string> {
    const held = this.#held;
    const now = performance.now();
    if (held && now < held.renewAt) return held.token;
    const next = this.#ask();
    if (!held || now >= held.endsAt) return untilAborted(next, signal);
    next.catch(() => {});
    return held.token;
  }

  /** Gives up a token that the server refused, unless it was replaced meanwhile. */
  reject(token: string): void {
    if (this.#held?.token === token) this.#drop('rejected');
  }

  /** Forgets the token because the rights or the person changed; answers under way are not waited for. */
  renew(reason: TokenReason): void {
    this.#owner.abort();
    this.#owner = new AbortController();
    this.#asking = this.#failure = undefined;
    this.#drop(reason);
  }

  #drop(reason: TokenReason): void {
    this.#held = undefined;
    this.#reason = reason;
  }

  async #ask(): Promise<string> {
    if (this.#failure && performance.now() < this.#failure.until) throw this.#failure.error;
    const { signal } = this.#owner;
    const asking = (this.#asking ??= this.#fetch(signal));
    return asking.finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
  }

  async #fetch(owner: AbortSignal): Promise<string> {
    const signal = AbortSignal.any([owner, AbortSignal.timeout(patience)]);
    try {
      const { token, expiresIn } = await untilAborted(this.#getToken({ reason: this.#reason, signal }), signal);
      if (!token) throw new TypeError('empty');
      const now = performance.now();
      this.#held = { token, renewAt: now + expiresIn * 1000 * freshShare, endsAt: now + expiresIn * 1000 };
      this.#reason = 'expiring';
      this.#failures = 0;
      return token;
    } catch (cause) {
      if (owner.aborted) throw new CrmError('aborted', 'Another identity took over.', {}, cause);
      const error = isCrmError(cause) ? cause : new CrmError('auth-required', 'No token', {}, cause);
      this.#failure = { error, until: performance.now() + backOff(++this.#failures) };
      throw error;
    }
  }
}
