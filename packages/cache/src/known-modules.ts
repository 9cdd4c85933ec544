/** What is known of modules, by their keys. */
export class KnownModules {
  readonly #wanted = new Set<string>();
  readonly #stored = new Set<string>();
  readonly #read = new Set<string>();
  #follows: readonly string[] = [];

  /** R19: those of which anything is here, was kept, or is to be heard of. They only become more. */
  get wanted(): ReadonlySet<string> {
    return this.#wanted;
  }

  /** Those of which everything that changes is fetched, known or not. */
  get follows(): readonly string[] {
    return this.#follows;
  }

  /** Those of which all that is kept was read. */
  get read(): ReadonlySet<string> {
    return this.#read;
  }

  /** Whether some of it may be kept and not be read. */
  isUnread(module: string): boolean {
    return this.#stored.has(module) && !this.#read.has(module);
  }

  /** @returns Whether any of them was not wanted before. */
  want(modules: Iterable<string>): boolean {
    const { size } = this.#wanted;
    for (const module of modules) this.#wanted.add(module);
    return this.#wanted.size > size;
  }

  follow(modules: readonly string[]): void {
    const more = modules.filter((module) => !this.#follows.includes(module));
    if (more.length > 0) this.#follows = [...this.#follows, ...more];
    this.want(more);
  }

  /** Something of them is kept. */
  store(modules: readonly string[]): void {
    for (const module of modules) this.#stored.add(module);
    this.want(modules);
  }

  readWhole(module: string): void {
    this.#read.add(module);
  }

  /** Nothing of them is here any more. */
  clear(): void {
    this.#read.clear();
    this.#stored.clear();
  }
}
