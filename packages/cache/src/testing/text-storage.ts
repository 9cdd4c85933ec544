import type { Texts } from '../shelf-places.ts';

export interface TextStorage extends Texts {
  /** Names and texts, as they are written. */
  readonly all: ReadonlyMap<string, string>;
  /** Characters that it takes; less than nothing refuses everything. */
  room: number;
}

/** A `localStorage` of a test's own. */
export const textStorage = (room = 5_000_000): TextStorage => {
  const all = new Map<string, string>();
  const refuse = (): never => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  return {
    all,
    room,
    get length() {
      return all.size;
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (name) => all.get(name) ?? null,
    setItem(name, text) {
      const others = [...all].filter(([one]) => one !== name);
      const taken = others.reduce((sum, [one, content]) => sum + one.length + content.length, 0);
      if (taken + name.length + text.length > this.room) refuse();
      all.set(name, text);
    },
    removeItem: (name) => void all.delete(name),
  };
};
