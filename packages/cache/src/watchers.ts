import type { Page } from '@tessera-crm/model/query/query.js';

/** Somebody who wants to know what a record or a list looks like. */
export interface Watcher {
  /** Whether a change of this record may concern it. */
  concerns(module: string, id: string): boolean;
  look(): void;
}

/** Tells watchers of changes, once for all changes of one moment. */
export class Watchers {
  readonly #all = new Set<Watcher>();
  #woken = new Set<Watcher>();

  add(watcher: Watcher): () => void {
    this.#all.add(watcher);
    return () => void this.#all.delete(watcher);
  }

  changed(module: string, id: string): void {
    for (const watcher of this.#all) if (watcher.concerns(module, id)) this.#wake(watcher);
  }

  everything(): void {
    for (const watcher of this.#all) this.#wake(watcher);
  }

  clear(): void {
    this.#all.clear();
  }

  #wake(watcher: Watcher): void {
    if (this.#woken.size === 0) queueMicrotask(() => this.#tell());
    this.#woken.add(watcher);
  }

  #tell(): void {
    const woken = this.#woken;
    this.#woken = new Set();
    for (const watcher of woken) if (this.#all.has(watcher)) watcher.look();
  }
}

type Records = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether two pages show the same records, by identity: records are never changed, only replaced. */
export const isSamePage = (a: Page | undefined, b: Page): boolean =>
  a !== undefined &&
  a.next === b.next &&
  a.count === b.count &&
  a.records.length === b.records.length &&
  a.records.every((record, index) => record === b.records[index]) &&
  isSameIncluded((a.included ?? {}) as Records, (b.included ?? {}) as Records);

const isSameIncluded = (a: Records, b: Records): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(b).every(
    ([module, records]) =>
      Object.keys(a[module] ?? {}).length === Object.keys(records).length &&
      Object.entries(records).every(([id, record]) => a[module]?.[id] === record),
  );
