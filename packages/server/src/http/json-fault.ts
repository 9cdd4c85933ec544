/** Where a text stops being JSON, counted as editors do: from one. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
}

const blank = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Up to what needs a second look. One pattern for a whole string would try again and again where its end is missing. */
const plainText = /[ !#-[\]-\u{10ffff}]*/uy;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next; `first` is right after an opening bracket, where the closing one may follow at once. */
type Expected = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'more';

/** One pass over a text with a stack of open brackets; it stops at the first character that cannot stand there. */
class Scanner {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  /** By open bracket the key or the place of what is being read. */
  readonly #path: (string | number)[] = [];
  #at = 0;
  #expected: Expected = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the value lies at which the scan stopped. */
  get path(): readonly (string | number)[] {
    return this.#path;
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
        return this.#key();
      case 'colon':
        return character === ':' && this.#advance('value');
      case 'more':
        if (character === ',') return this.#next();
        return (character === '}' && this.#close('{')) || (character === ']' && this.#close('['));
    }
  }

  #value(character: string | undefined): boolean {
    if (character === '{' || character === '[') {
      this.#open.push(character);
      this.#path.push(character === '{' ? '' : 0);
      return this.#advance(character === '{' ? 'first-key' : 'first-value');
    }
    if (character === ']' && this.#expected === 'first-value') return this.#close('[');
    return (character === '"' ? this.#string() : this.#skip(scalar)) && this.#expect('more');
  }

  #key(): boolean {
    const start = this.#at;
    if (!this.#string()) return false;
    this.#path[this.#path.length - 1] = JSON.parse(this.#text.slice(start, this.#at)) as string;
    return this.#expect('colon');
  }

  /** What follows a comma. */
  #next(): boolean {
    const last = this.#path.length - 1;
    const at = this.#path[last];
    if (typeof at === 'number') this.#path[last] = at + 1;
    return this.#advance(typeof at === 'number' ? 'value' : 'key');
  }

  /** A whole string; stays at its beginning where there is none. */
  #string(): boolean {
    const start = this.#at;
    if (this.#text[this.#at] !== '"') return false;
    this.#at++;
    do this.#skip(plainText);
    while (this.#skip(escape));
    if (this.#text[this.#at] === '"') return this.#advance(this.#expected);
    this.#at = start;
    return false;
  }

  #close(bracket: '{' | '['): boolean {
    if (this.#open.at(-1) !== bracket) return false;
    this.#open.pop();
    this.#path.pop();
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

/** Where the value lies that a text ends in the middle of, as keys and places from the outside in. */
export const pathOfEnd = (text: string): readonly string[] => {
  const scanner = new Scanner(text);
  scanner.run();
  return scanner.path.map(String);
};
