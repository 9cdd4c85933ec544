/**
 * Whether this tab does the work that one tab is enough for. By a Web Lock, which the browser frees when the tab ends;
 * where there are none, or they are refused, every tab works, which costs requests but harms nothing.
 */
export class Leadership {
  #isLeader = false;
  readonly #end = new AbortController();

  constructor(name: string, locks: LockManager | null | undefined, gained: () => void) {
    const lead = (): void => {
      if (this.#end.signal.aborted) return;
      this.#isLeader = true;
      gained();
    };
    if (!locks) {
      this.#isLeader = true;
      queueMicrotask(lead);
      return;
    }
    locks
      .request(name, { signal: this.#end.signal }, async () => {
        lead();
        await over(this.#end.signal);
      })
      // Refused to sandboxed frames, and to others whose storage is blocked
      .catch(lead);
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  resign(): void {
    this.#isLeader = false;
    this.#end.abort();
  }
}

const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
