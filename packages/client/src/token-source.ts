import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { untilAborted } from '@tessera-crm/model/until-aborted.js';
import { backOff } from './back-off.ts';

/** Why a token is asked for; `scope` and `identity` when the page itself called `renewToken`. */
export type TokenReason = 'initial' | 'expiring' | 'rejected' | 'scope' | 'identity';

export interface SessionToken {
  readonly token: string;
  /** Seconds, more than 0. */
  readonly expiresIn: number;
}

/**
 * How a page gets a session token from its own backend. Never called twice at a time.
 *
 * Null says that nobody is signed in. Whatever it throws says that there is no token for now: it is asked again.
 */
export type GetToken = (request: {
  readonly reason: TokenReason;
  /** Aborted when another identity took over, or when the answer takes too long. */
  readonly signal: AbortSignal;
}) => Promise<SessionToken | null>;

export interface TokenSourceOptions {
  /** Told once when there is no token, or none that the server takes; and null when that is over. */
  readonly troubled?: ((trouble: CrmError | null) => void) | undefined;
  /** Milliseconds that a page's backend may take; 20,000 unless told. */
  readonly patience?: number | undefined;
}

/** The share of a token's life after which the next one is asked for. */
const freshShare = 0.8;

/** Milliseconds. */
const usualPatience = 20_000;

/** Milliseconds for which any token serves, so that a very short life does not become a storm of questions. */
const leastLife = 1_000;

interface Held {
  readonly token: string;
  readonly renewAt: number;
  readonly endsAt: number;
  /** It replaces one that was refused, and the server has not taken it yet. */
  readonly isOnTrial: boolean;
}

/**
 * Holds the one token of a connection: one question at a time, renewed before it ends, never outside this object. Time
 * is counted by the clock that nobody can set. Troubles are left alone for longer and longer, 1 to 60 s, for ever.
 */
export class TokenSource {
  readonly #getToken: GetToken;
  readonly #options: TokenSourceOptions;
  #held: Held | undefined;
  /** The last one that the server refused. */
  #refused: string | undefined;
  #asking: Promise<string> | undefined;
  #reason: TokenReason = 'initial';
  #owner = new AbortController();
  #failures = 0;
  #failure: { readonly error: CrmError; readonly until: number } | undefined;
  #isTold = false;

  constructor(getToken: GetToken, options: TokenSourceOptions = {}) {
    this.#getToken = getToken;
    this.#options = options;
  }

  /**
   * A token to send now. Towards its end the old one serves while the next is on its way.
   *
   * @throws {CrmError} `auth-required` when the page says that nobody is signed in · `token-rejected` when the server
   *   refuses what the page gives · `unavailable` or `timeout` when the page could get none · `aborted`
   */
  async get(signal?: AbortSignal): Promise<string> {
    const held = this.#held;
    const now = performance.now();
    if (held && now < held.renewAt) return held.token;
    const next = this.#ask();
    if (held && now < held.endsAt) {
      next.catch(() => {});
      return held.token;
    }
    next.catch((error: CrmError) => this.#tell(error));
    return untilAborted(next, signal);
  }

  /** The server took it: what was amiss is over. */
  accept(token: string): void {
    if (!this.#held?.isOnTrial || this.#held.token !== token) return;
    this.#held = { ...this.#held, isOnTrial: false };
    this.#recover();
  }

  /** Gives up a token that the server refused, unless it was replaced meanwhile. One replacement is asked for at once. */
  reject(token: string): void {
    const held = this.#held;
    if (held?.token !== token) return;
    this.#refused = token;
    this.#drop('rejected');
    if (held.isOnTrial) this.#tell(this.#fail(new CrmError('token-rejected', 'The server refuses the token.')));
  }

  /** Forgets the token because the rights or the person changed; answers under way are not waited for. */
  renew(reason: TokenReason): void {
    this.close();
    this.#owner = new AbortController();
    this.#asking = this.#refused = undefined;
    this.#recover();
    this.#drop(reason);
  }

  /** Gives up the question under way; nobody is given a token any more. */
  close(): void {
    this.#owner.abort();
    this.#held = this.#failure = undefined;
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
    const timeout = AbortSignal.timeout(this.#options.patience ?? usualPatience);
    const signal = AbortSignal.any([owner, timeout]);
    try {
      owner.throwIfAborted();
      const given = await untilAborted(this.#getToken({ reason: this.#reason, signal }), signal);
      owner.throwIfAborted();
      return this.#take(given);
    } catch (cause) {
      if (owner.aborted) throw new CrmError('aborted', 'Another identity took over.', {}, cause);
      throw this.#fail(timeout.aborted ? new CrmError('timeout', 'No token in time', {}, cause) : cause);
    }
  }

  #take(given: SessionToken | null): string {
    if (!given?.token) throw new CrmError('auth-required', 'Nobody is signed in.');
    const { token, expiresIn } = given;
    if (!(expiresIn > 0)) throw new CrmError('token-rejected', `The page gave a token for ${expiresIn} s.`);
    if (token === this.#refused) {
      // Only once: the server may have been wrong
      this.#refused = undefined;
      throw new CrmError('token-rejected', 'The page gave a refused token.');
    }
    const now = performance.now();
    const endsAt = now + Math.max(leastLife, expiresIn * 1000);
    const renewAt = now + Math.max(leastLife, expiresIn * 1000 * freshShare);
    const isOnTrial = this.#reason === 'rejected';
    this.#held = { token, renewAt, endsAt, isOnTrial };
    this.#reason = 'expiring';
    if (!isOnTrial) this.#recover();
    return token;
  }

  /** The page is left alone for a while. @returns The error, as all who ask meanwhile get it. */
  #fail(cause: unknown): CrmError {
    const known = isCrmError(cause) ? cause : new CrmError('unavailable', 'The page gave no token.', {}, cause);
    const error = new CrmError(known.code, known.message, { ...known.facts, isAboutToken: true }, known.cause);
    this.#failure = { error, until: performance.now() + backOff(++this.#failures + 1) };
    return error;
  }

  #recover(): void {
    this.#failures = 0;
    this.#failure = undefined;
    if (this.#isTold) this.#options.troubled?.(null);
    this.#isTold = false;
  }

  /** Of the trouble, not of every request that meets it. */
  #tell(error: CrmError): void {
    if (this.#isTold || error.code === 'aborted') return;
    this.#isTold = true;
    this.#options.troubled?.(error);
  }
}
