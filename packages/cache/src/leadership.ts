/**
 * Whether this tab does the work that one tab is enough for. By a Web Lock, which the browser frees when the tab ends;
 * where there are none, every tab works, which costs requests but harms nothing.
 */
export class Leadership {
  #isLeader = false;
  readonly #end = new AbortController();

  constructor(name: string, locks: LockManager | null | undefined, gained: () => void) {
    if (!locks) {
      this.#isLeader = true;
      queueMicrotask(() => !this.#end.signal.aborted && gained());
      return;
    }
    locks
      .request(name, { signal: this.#end.signal }, async () => {
        if (this.#end.signal.aborted) return;
        this.#isLeader = true;
        gained();
        await new Promise<void>((resolve) => this.#end.signal.addEventListener('abort', () => resolve()));
      })
      .catch(() => {});
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  resign(): void {
    this.#isLeader = false;
    this.#end.abort();
  }
}
