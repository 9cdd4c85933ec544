export interface LeadershipOptions {
  readonly name: string;
  /** This tab does the work from now on. */
  readonly gained: () => void;
  /** Another tab took the work away, because this one had fallen silent. */
  readonly lost: () => void;
}

/**
 * Whether this tab does the work that one tab is enough for. By a Web Lock, which the browser frees when the tab ends;
 * where there are none, or they are refused, every tab works, which costs requests but harms nothing.
 */
export class Leadership {
  readonly #options: LeadershipOptions;
  #locks: LockManager | null | undefined;
  /** Whom the lock is asked for, or held for; aborted when it is not any more. */
  #turn = new AbortController();
  #isLeader = false;
  #isAlone = false;

  constructor(options: LeadershipOptions) {
    this.#options = options;
  }

  /** Wants to work. @param locks - None: every tab is on its own. */
  begin(locks: LockManager | null | undefined): void {
    this.#locks = locks;
    this.#queue();
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** Whether there is no way to know of other tabs: this one works for itself, and so may others. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** Takes the work away from a tab that has fallen silent. */
  steal(): void {
    if (!this.#isLeader) this.#queue({ steal: true });
  }

  /** Works for itself from now on, or once it is back, and leaves it to others to work for the rest. */
  workAlone(): void {
    this.#locks = null;
    this.#isLeader = false;
    if (!this.#turn.signal.aborted) this.#queue();
  }

  /** Lets other tabs work: neither holds the lock nor waits for it, as either bars a page from the back/forward cache. */
  resign(): void {
    this.#isLeader = false;
    this.#turn.abort();
  }

  /** Wants to work again. */
  resume(): void {
    if (this.#turn.signal.aborted) this.#queue();
  }

  #queue({ steal = false } = {}): void {
    const { name } = this.#options;
    const locks = this.#locks;
    this.#turn.abort();
    const turn = new AbortController();
    this.#turn = turn;
    const { signal } = turn;
    if (!locks) return queueMicrotask(() => this.#leadAlone(signal));
    // who steals does not wait, so there is nothing to abort
    locks
      .request(name, steal ? { steal } : { signal }, () => this.#hold(signal))
      .catch((cause: unknown) => this.#failed(signal, cause));
  }

  #hold(signal: AbortSignal): Promise<void> | undefined {
    if (signal.aborted) return undefined;
    this.#lead();
    return over(signal);
  }

  #failed(signal: AbortSignal, cause: unknown): void {
    if (signal.aborted) return;
    // Refused to sandboxed frames, and to others whose storage is blocked
    if ((cause as Partial<Error>).name !== 'AbortError') return this.#leadAlone(signal);
    const wasLeader = this.#isLeader;
    this.#isLeader = false;
    this.#queue();
    if (wasLeader) this.#options.lost();
  }

  #leadAlone(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#isAlone = true;
    this.#lead();
  }

  #lead(): void {
    this.#isLeader = true;
    this.#options.gained();
  }
}

const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
