interface Epoch {
  readonly name: string;
  readonly epoch: number;
  /** None: nobody is told, and what another version deletes is had again. */
  readonly locks: LockManager | null | undefined;
}

export interface EpochUseOptions extends Epoch {
  /** Aborts when nothing is used any more. */
  readonly signal: AbortSignal;
}

const lockOf = (name: string, epoch: number): string => `${name}/epoch-${epoch}`;

/** Tells later versions that databases of this epoch are in use, by a Web Lock that tabs share. */
export class EpochUse {
  readonly #options: EpochUseOptions;
  #holding: AbortController | undefined;

  constructor(options: EpochUseOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.letGo(), { once: true });
    this.hold();
  }

  hold(): void {
    if (this.#holding) return;
    const { name, epoch, locks } = this.#options;
    const { signal } = (this.#holding = new AbortController());
    // refused to frames whose storage is blocked, and over when it was let go before it was granted
    locks?.request(lockOf(name, epoch), { mode: 'shared', signal }, () => over(signal)).catch(() => {});
  }

  /** It bars a page from the back/forward cache. */
  letGo(): void {
    this.#holding?.abort();
    this.#holding = undefined;
  }
}

/** Does something about an epoch that no tab uses; nothing while one does. */
export const ifUnused = async ({ name, epoch, locks }: Epoch, work: () => Promise<void>): Promise<void> => {
  if (!locks) return work();
  await locks.request(lockOf(name, epoch), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
};

const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
