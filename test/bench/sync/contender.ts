import { contacts, type Contact } from './contacts.ts';

/** What an observer of a list was given: whoever is on it, and how many. */
export interface Shown {
  readonly size: number;
  jobTitleOf(id: string): string | undefined;
}

/** Makes a change. @returns What tells, once it was seen, from which moment on it counts how long that took. */
type Change = (id: string, jobTitle: string) => Promise<() => number>;

/** One way to keep contacts in a page. */
export interface Contender {
  /** Begins the server that has them all, which is not measured; without one, none answers. */
  serve?(all: readonly Contact[]): void;
  /** Does nothing where it is open. */
  open(): Promise<void>;
  /** Ways to put all of them where nothing is yet. They open what they need, and resolve when everything is kept. */
  readonly loads: Readonly<Record<string, (all: readonly Contact[]) => Promise<void>>>;
  /** The first fifty by last name, once. */
  first(): Promise<readonly Contact[]>;
  /** All of them into memory, where they stay. */
  readAll?(): Promise<void>;
  /** Follows customers by last name. @param limit - Infinity for all of them. @returns How to stop. */
  watch(limit: number, next: (shown: Shown) => void): Promise<() => void>;
  readonly changes: Readonly<Record<string, Change>>;
  close(): Promise<void>;
}

export interface Cold {
  /** Milliseconds until fifty are on the screen: from opening on, and since the navigation. */
  readonly shown: number;
  readonly sinceNavigation: number;
  readonly lastNames: readonly string[];
}

/** What a page offers to the run. Moments are milliseconds since 1970, so that other pages understand them. */
export interface Bench {
  /** Makes the contacts that a server has, which is not measured. */
  prepare(count: number): void;
  open(): Promise<void>;
  /** @returns Milliseconds. */
  load(way: string): Promise<number>;
  cold(): Promise<Cold>;
  /** @returns Milliseconds. */
  readAll(): Promise<number>;
  /** Follows a list instead of the one before. Resolves when it is shown as a whole, and at rest. */
  watch(limit: number | null, size: number): Promise<void>;
  /** The customers that come first by last name: they are on every list. */
  customers(): readonly string[];
  /** @returns The moment in which the list shows it. */
  see(id: string, jobTitle: string): Promise<number>;
  /** Makes a change that is on no list here. @returns The moment from which it counts. */
  change(way: string, id: string, jobTitle: string): Promise<number>;
  /** Changes what is on the list, one after the other. @returns Milliseconds until each was seen. */
  live(way: string, times: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Fewer than are on the shortest list that is followed. */
const mostChanged = 30;

/** Milliseconds in which what a list, or a change of it, set going comes to rest. */
const rest = { list: 500, change: 30 };

const byLastName = (a: Contact, b: Contact): number => (a.name.last < b.name.last ? -1 : 1);

const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const show = (some: readonly Contact[]): void => {
  const rows = some.map(({ name, jobTitle }) => {
    const row = document.createElement('p');
    row.textContent = `${name.last} ${name.first} ${jobTitle}`;
    return row;
  });
  document.body.replaceChildren(...rows);
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Looks at one list at a time, and sees changes arrive on it. */
class Eye {
  readonly #contender: Contender;
  #stop = (): void => {};
  #awaited: { readonly id: string; readonly jobTitle: string; readonly seen: (at: number) => void } | undefined;

  constructor(contender: Contender) {
    this.#contender = contender;
  }

  follow(limit: number, size: number): Promise<void> {
    this.#stop();
    return new Promise((resolve, reject) => {
      const next = (shown: Shown): void => {
        this.#look(shown);
        if (shown.size === size) resolve();
      };
      this.#contender.watch(limit, next).then((stop) => void (this.#stop = stop), reject);
    });
  }

  /** @returns The moment in which it was seen. */
  until(id: string, jobTitle: string): Promise<number> {
    return new Promise((seen) => (this.#awaited = { id, jobTitle, seen }));
  }

  #look({ jobTitleOf }: Shown): void {
    const at = performance.now();
    if (!this.#awaited || jobTitleOf(this.#awaited.id) !== this.#awaited.jobTitle) return;
    this.#awaited.seen(at);
    this.#awaited = undefined;
  }
}

/** Of all changes that were made; each says something else. */
let count = 0;

interface Living {
  readonly eye: Eye;
  readonly ids: readonly string[];
  readonly way: string;
  readonly times: number;
}

const live = async ({ changes }: Contender, { eye, ids, way, times }: Living): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const id = ids[time % ids.length]!;
    const jobTitle = `${way} ${count++}`;
    const [seen, from] = await Promise.all([eye.until(id, jobTitle), changes[way]!(id, jobTitle)]);
    took.push(seen - from());
    await pause(rest.change);
  }
  return took;
};

export const offer = (contender: Contender): void => {
  let all: readonly Contact[] | undefined;
  const eye = new Eye(contender);
  const bench: Bench = {
    prepare: (many) => {
      all = contacts(many);
      contender.serve?.(all);
    },
    open: () => contender.open(),
    load: (way) => timed(() => contender.loads[way]!(all!)),
    readAll: () => timed(() => contender.readAll!()),
    async cold() {
      const start = performance.now();
      await contender.open();
      const first = await contender.first();
      show(first);
      await painted();
      const end = performance.now();
      return { shown: end - start, sinceNavigation: end, lastNames: first.map(({ name }) => name.last) };
    },
    async watch(limit, size) {
      await eye.follow(limit ?? Infinity, size);
      await pause(rest.list);
    },
    customers: () => customersOf(all!),
    see: async (id, jobTitle) => performance.timeOrigin + (await eye.until(id, jobTitle)),
    change: async (way, id, jobTitle) => performance.timeOrigin + (await contender.changes[way]!(id, jobTitle))(),
    live: (way, times) => live(contender, { eye, ids: customersOf(all!), way, times }),
    close: () => contender.close(),
  };
  Object.assign(globalThis, { bench });
};

const customersOf = (all: readonly Contact[]): readonly string[] =>
  all
    .filter(({ lifecycle }) => lifecycle === 'customer')
    .sort(byLastName)
    .slice(0, mostChanged)
    .map(({ id }) => id);
