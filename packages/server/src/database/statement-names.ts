import { createHash } from 'node:crypto';

const maxNames = 500;
const maxSeen = 5_000;

/**
 * Names for prepared statements. A text gets one when it comes a second time, so that a filter nobody repeats does not
 * fill the servers' memory; texts beyond the first 500 run unprepared.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #seen = new Set<string>();

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= maxNames) return name;
    if (this.#seen.delete(text)) return this.#give(text);
    if (this.#seen.size >= maxSeen) this.#seen = new Set();
    this.#seen.add(text);
    return undefined;
  }

  #give(text: string): string {
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    this.#names.set(text, name);
    return name;
  }
}
