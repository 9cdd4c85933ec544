/** Where a text stops being JSON, counted as editors do: from one. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
}

const blank = /[ \t\n\r]*/y;
const scalar = new RegExp(
  [
    '"(?:[^"\\\\\\u0000-\\u001f]+|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"',
    '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?',
    'true|false|null',
  ].join('|'),
  'y',
);

/** What may come next; `first` is right after an opening bracket, where the closing one may follow at once. */
type Expected = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'more';

/** One pass over a text with a stack of open brackets; it stops at the first character that cannot stand there. */
class Scanner {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;
  #expected: Expected = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the fault, or undefined when there is none. */
  run(): number | undefined {
    for (;;) {
      this.#skip(blank);
      if (this.#expected === 'more' && this.#open.length === 0)
        return this.#at === this.#text.length ? undefined : this.#at;
      if (!this.#step()) return this.#at;
    }
  }

  #step(): boolean {
    const character = this.#text[this.#at];
    switch (this.#expected) {
      case 'value':
      case 'first-value':
        return this.#value(character);
      case 'key':
      case 'first-key':
        if (character === '}' && this.#expected === 'first-key') return this.#close('{');
        return character === '"' && this.#skip(scalar) && this.#expect('colon');
      case 'colon':
        return character === ':' && this.#advance('value');
      case 'more':
        if (character === ',') return this.#advance(this.#open.at(-1) === '{' ? 'key' : 'value');
        return (character === '}' && this.#close('{')) || (character === ']' && this.#close('['));
    }
  }

  #value(character: string | undefined): boolean {
    if (character === '{' || character === '[') {
      this.#open.push(character);
      return this.#advance(character === '{' ? 'first-key' : 'first-value');
    }
    if (character === ']' && this.#expected === 'first-value') return this.#close('[');
    return this.#skip(scalar) && this.#expect('more');
  }

  #close(bracket: '{' | '['): boolean {
    if (this.#open.at(-1) !== bracket) return false;
    this.#open.pop();
    return this.#advance('more');
  }

  #advance(expected: Expected): boolean {
    this.#at++;
    return this.#expect(expected);
  }

  #expect(expected: Expected): boolean {
    this.#expected = expected;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }
}

/** Where a text that `JSON.parse` refused goes wrong: engines word that differently, and some keep it to themselves. */
export const jsonFault = (text: string): JsonFault => {
  const at = new Scanner(text).run() ?? text.length;
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
};
