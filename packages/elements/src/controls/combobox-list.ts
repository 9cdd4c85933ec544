/** One thing that can be chosen. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  /** A word beside it, such as where it is from. */
  readonly note?: string;
}

type Find = (query: string, signal: AbortSignal) => readonly Choice[] | Promise<readonly Choice[]>;

/** How long somebody must pause in typing before a search is sent, in milliseconds. */
const pause = 180;

/** The open list of a combobox: what is searched, what was found, which line is marked. */
export class ComboboxList {
  readonly #changed: () => void;
  #query: string | undefined;
  #isOpen = false;
  #active = -1;
  #found: readonly Choice[] = [];
  /** What was searched when that was found. */
  #sought = '';
  #status: 'finding' | 'ready' | 'failed' = 'ready';
  #search: AbortController | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is typed; undefined while nothing is searched. */
  get query(): string | undefined {
    return this.#query;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The marked line; -1 is none. */
  get active(): number {
    return this.#active;
  }

  get found(): readonly Choice[] {
    return this.#found;
  }

  /** Whether what was found is what is searched by now: somebody may have typed on. */
  get isCurrent(): boolean {
    return this.#sought === (this.#query ?? '').trim();
  }

  get status(): 'finding' | 'ready' | 'failed' {
    return this.#status;
  }

  open(find: Find): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#active = -1;
    this.#ask('', find, 0);
  }

  search(query: string, find: Find): void {
    this.#query = query;
    this.#isOpen = true;
    this.#active = query === '' ? -1 : 0;
    this.#ask(query, find, pause);
  }

  move(step: number, count: number): void {
    if (count > 0) this.#active = (this.#active + step + (this.#active < 0 && step < 0 ? 1 : 0) + count) % count;
    this.#changed();
  }

  close(): void {
    this.#search?.abort();
    this.#query = undefined;
    this.#isOpen = false;
    this.#active = -1;
    this.#changed();
  }

  #ask(query: string, find: Find, delay: number): void {
    this.#search?.abort();
    const search = (this.#search = new AbortController());
    const ask = (): void => {
      if (search.signal.aborted) return;
      const sought = query.trim();
      const found = find(sought, search.signal);
      if (found instanceof Promise) void this.#await(found, sought, search.signal);
      else this.#take(found, sought);
    };
    const first = delay === 0 ? undefined : setTimeout(ask, delay);
    search.signal.addEventListener('abort', () => clearTimeout(first));
    if (delay === 0) ask();
    this.#changed();
  }

  async #await(answer: Promise<readonly Choice[]>, sought: string, signal: AbortSignal): Promise<void> {
    this.#status = 'finding';
    this.#changed();
    try {
      const found = await answer;
      if (!signal.aborted) this.#take(found, sought);
    } catch {
      if (signal.aborted) return;
      this.#status = 'failed';
      this.#changed();
    }
  }

  #take(found: readonly Choice[], sought: string): void {
    this.#found = found;
    this.#sought = sought;
    this.#status = 'ready';
    // where words are searched the first line is marked, which may be those words
    this.#active = Math.max(Math.min(this.#active, found.length - 1), sought === '' ? -1 : 0);
    this.#changed();
  }
}
