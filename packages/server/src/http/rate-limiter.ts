/** How many requests one caller may send. */
export interface RateLimit {
  /** Requests at once, after a pause. */
  readonly burst: number;
  /** Requests per second in the long run. */
  readonly perSecond: number;
}

export interface RateVerdict {
  readonly allowed: boolean;
  /** Whole requests left now. */
  readonly remaining: number;
  /** Seconds until the next request is allowed; zero while some are left. */
  readonly retryAfter: number;
}

interface Bucket {
  tokens: number;
  /** Milliseconds of the limiter's clock. */
  at: number;
}

const maxBuckets = 50_000;

/** Token buckets by caller, in the memory of this process. */
export class RateLimiter {
  readonly limit: RateLimit;
  /** The `RateLimit-Policy` header that describes it, see draft-ietf-httpapi-ratelimit-headers. */
  readonly policy: string;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: RateLimit, now: () => number = () => performance.now()) {
    this.limit = limit;
    this.policy = `"default";q=${limit.burst};w=${Math.max(1, Math.ceil(limit.burst / limit.perSecond))}`;
    this.#now = now;
  }

  take(caller: string): RateVerdict {
    const { burst, perSecond } = this.limit;
    const now = this.#now();
    const bucket = this.#bucket(caller, now);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    const remaining = Math.floor(bucket.tokens);
    return { allowed, remaining, retryAfter: remaining > 0 ? 0 : Math.ceil((1 - bucket.tokens) / perSecond) };
  }

  /** Forgets what a caller has used, such as failed sign-ins after a good one. */
  forgive(caller: string): void {
    this.#buckets.delete(caller);
  }

  #bucket(caller: string, now: number): Bucket {
    let bucket = this.#buckets.get(caller);
    if (!bucket) {
      if (this.#buckets.size >= maxBuckets) this.#sweep(now);
      this.#buckets.set(caller, (bucket = { tokens: this.limit.burst, at: now }));
    }
    return bucket;
  }

  /** Full buckets say nothing; if that frees too little, the oldest go. */
  #sweep(now: number): void {
    const full = (this.limit.burst / this.limit.perSecond) * 1000;
    for (const [caller, { at }] of this.#buckets) if (now - at > full) this.#buckets.delete(caller);
    for (const caller of this.#buckets.keys()) {
      if (this.#buckets.size < maxBuckets / 2) break;
      this.#buckets.delete(caller);
    }
  }
}
