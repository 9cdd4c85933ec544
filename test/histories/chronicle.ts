/** What happened in a history, for whoever has to find out why it failed. */
export class Chronicle {
  readonly events: Record<string, number> = {};
  readonly #lines: string[] = [];
  readonly #start = performance.now();

  /** @param what - Counted under its first word. */
  note(who: string, what: string): void {
    const kind = what.split(' ', 1)[0]!;
    this.events[kind] = (this.events[kind] ?? 0) + 1;
    const at = ((performance.now() - this.#start) / 1000).toFixed(3).padStart(7);
    this.#lines.push(`${at} ${who.padEnd(9)} ${what}`);
  }

  /** The lines that say anything of the given words, and all of what befell the servers. */
  about(words: Iterable<string>): readonly string[] {
    const wanted = [...words];
    return this.#lines.filter((line) => / (storm|servers) /.test(line) || wanted.some((word) => line.includes(word)));
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
