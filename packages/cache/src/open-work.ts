/** Work on something that may be closed under it, and then would keep whoever waits for it waiting for ever. */
export class OpenWork {
  readonly #waiting = new Set<(cause: unknown) => void>();

  /** What the work gives. @throws What it is ended with before. */
  async do<T>(work: Promise<T>): Promise<T> {
    let leave: (cause: unknown) => void;
    const ended = new Promise<never>((_, reject) => this.#waiting.add((leave = reject)));
    return Promise.race([work, ended]).finally(() => this.#waiting.delete(leave));
  }

  end(cause: unknown): void {
    for (const leave of this.#waiting) leave(cause);
  }
}
