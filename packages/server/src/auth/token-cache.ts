import { hash } from 'node:crypto';

interface Entry<T> {
  readonly value: T;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const maxEntries = 20_000;

/** Remembers what was found out about tokens, by their hash: a signature costs a hundred times the look-up. */
export class TokenCache<T> {
  readonly #entries = new Map<string, Entry<T>>();

  /** The fingerprint under which a token is remembered; the token itself is not kept. */
  static key(token: string): string {
    return hash('sha256', token, 'base64');
  }

  get(key: string, now: number): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > now) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: T, until: number): void {
    if (this.#entries.size >= maxEntries) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(key, { value, until });
  }

  clear(): void {
    this.#entries.clear();
  }
}
