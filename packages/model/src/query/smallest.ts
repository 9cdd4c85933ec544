/**
 * The first few of many in an order, without sorting all of them. Holds at most twice as many as are wanted; what
 * comes after the last wanted one so far is let go at once.
 */
export class Smallest<T> {
  readonly #wanted: number;
  readonly #compare: (a: T, b: T) => number;
  readonly #held: T[] = [];
  #size = 0;
  /** None behind it is wanted. */
  #last: T | undefined;

  constructor(wanted: number, compare: (a: T, b: T) => number) {
    this.#wanted = wanted;
    this.#compare = compare;
  }

  /** How many were added. */
  get size(): number {
    return this.#size;
  }

  add(one: T): void {
    this.#size++;
    if (this.#last !== undefined && this.#compare(one, this.#last) >= 0) return;
    this.#held.push(one);
    if (this.#held.length >= 2 * this.#wanted) this.#shrink();
  }

  inOrder(): readonly T[] {
    this.#shrink();
    return this.#held;
  }

  #shrink(): void {
    this.#held.sort(this.#compare);
    if (this.#held.length < this.#wanted) return;
    this.#held.length = this.#wanted;
    this.#last = this.#held.at(-1);
  }
}
