/** Waits for news until it ends. News that come while nobody waits are kept for who waits next. */
export class Watch {
  readonly #timer: NodeJS.Timeout;
  #hasNews = false;
  #hasEnded = false;
  #goOn = (): void => undefined;

  /** @param life - Milliseconds. */
  constructor(life: number) {
    this.#timer = setTimeout(() => this.end(), life);
  }

  wake(): void {
    this.#hasNews = true;
    this.#goOn();
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#goOn();
  }

  /** @returns False when it ended without news. */
  async woken(): Promise<boolean> {
    if (!this.#hasNews && !this.#hasEnded) await new Promise<void>((resolve) => (this.#goOn = resolve));
    const hasNews = this.#hasNews;
    this.#hasNews = false;
    return hasNews;
  }
}
