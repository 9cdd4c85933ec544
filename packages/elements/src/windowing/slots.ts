/**
 * Hands out a small number of slots to the keys that are on screen: a key keeps its slot as long as it stays, and a
 * new key gets one that became free. Rendering by slot then re-uses elements instead of making new ones, while an
 * element that stays (and may have the focus) goes on showing the same record.
 */
export class Slots {
  readonly #slots = new Map<string, number>();
  #free: number[] = [];
  #made = 0;

  /** How many slots were ever needed at once. */
  get size(): number {
    return this.#made;
  }

  /** @returns The slot of each key, in the same order. Keys are distinct. */
  assign(keys: readonly string[]): readonly number[] {
    const wanted = new Set(keys);
    for (const [key, slot] of this.#slots) {
      if (wanted.has(key)) continue;
      this.#slots.delete(key);
      this.#free.push(slot);
    }
    return keys.map((key) => this.#slotOf(key));
  }

  #slotOf(key: string): number {
    let slot = this.#slots.get(key);
    if (slot === undefined) this.#slots.set(key, (slot = this.#free.pop() ?? this.#made++));
    return slot;
  }
}
