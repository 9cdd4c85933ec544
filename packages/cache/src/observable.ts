/** A value that changes, and word of it. */
export class Observable<T extends object> {
  #current: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#current = initial;
  }

  get current(): T {
    return this.#current;
  }

  /** Calls with the value now and whenever it changed. @returns How to stop. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#current);
    return () => void this.#listeners.delete(listener);
  }

  change(to: Partial<T>): void {
    const isSame = (Object.keys(to) as (keyof T)[]).every((name) => Object.is(to[name], this.#current[name]));
    if (isSame) return;
    this.#current = { ...this.#current, ...to };
    for (const listener of this.#listeners) listener(this.#current);
  }
}
