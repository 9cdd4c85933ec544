import type { Random } from '@tessera-crm/model/random.js';

/** Messages under way: dropped, doubled, overtaken, held back for long. */
export class Network {
  readonly #random: Random;
  readonly #underWay: (() => void)[] = [];
  #isReliable = false;

  constructor(random: Random) {
    this.#random = random;
  }

  get isQuiet(): boolean {
    return this.#underWay.length === 0;
  }

  send(deliver: () => void): void {
    this.#underWay.push(deliver);
    if (!this.#isReliable && this.#random.chance(0.12)) this.#underWay.push(deliver);
  }

  /** Something arrives, or is lost. */
  step(): void {
    if (this.isQuiet) return;
    const at = !this.#isReliable && this.#random.chance(0.3) ? this.#random.integer(0, this.#underWay.length - 1) : 0;
    const [deliver] = this.#underWay.splice(at, 1);
    if (this.#isReliable || !this.#random.chance(0.12)) deliver!();
  }

  /** From now on everything arrives, once and in order. */
  become(isReliable: boolean): void {
    this.#isReliable = isReliable;
  }

  drain(): void {
    while (!this.isQuiet) this.step();
  }
}
