import type { AnyRecord } from '@tessera-crm/model/module.js';
import { recordKey } from './entry.ts';
import { namedBy } from './names.ts';

/** What became of one record: how it looked before, and at which of the moments that `LocalRecords` counts. */
export interface Changed {
  readonly before: AnyRecord | undefined;
  /** 0 for what was only brought from storage: nobody changed it. */
  readonly at: number;
}

/** The records that changed in one moment, by module and id. How they look now, `LocalRecords.shown` says. */
export type Changes = ReadonlyMap<string, ReadonlyMap<string, Changed>>;

/** Somebody who wants to know what a record or a list looks like. */
export interface Watcher {
  /** The modules it looks at, or a single record by its `recordKey`. */
  readonly of: Iterable<string>;
  look(changes: Changes): void;
  /** Something of it changed that is not here, or nobody knows what did. */
  heard?(): void;
}

/** Tells watchers of changes, once for all changes of one moment, and nobody whom they do not concern. */
export class Watchers {
  readonly #by = new Map<string, Set<Watcher>>();
  #changes = new Map<string, Map<string, Changed>>();

  add(watcher: Watcher): () => void {
    for (const name of watcher.of) {
      const those = this.#by.get(name);
      if (those) those.add(watcher);
      else this.#by.set(name, new Set([watcher]));
    }
    return () => this.#remove(watcher);
  }

  changed(module: string, id: string, { before, at }: Changed): void {
    if (this.#changes.size === 0) queueMicrotask(() => this.tell());
    let records = this.#changes.get(module);
    if (!records) this.#changes.set(module, (records = new Map()));
    const earlier = records.get(id);
    records.set(id, earlier ? { before: earlier.before, at: Math.max(at, earlier.at) } : { before, at });
  }

  /** Something changed that is not here. */
  heard(module: string, id: string): void {
    for (const name of [module, recordKey(module, id)])
      for (const watcher of this.#by.get(name) ?? []) watcher.heard?.();
  }

  /** Anything may have changed. */
  unsure(): void {
    for (const watcher of new Set([...this.#by.values()].flatMap((some) => [...some]))) watcher.heard?.();
  }

  /** Tells at once what would be told in a moment. */
  tell(): void {
    const changes = this.#changes;
    this.#changes = new Map();
    for (const watcher of this.#woken(changes)) {
      if (![...watcher.of].some((name) => this.#by.get(name)?.has(watcher))) continue;
      try {
        watcher.look(changes);
      } catch (error) {
        // Whoever fails keeps nobody else from hearing
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#by.clear();
    this.#changes.clear();
  }

  #remove(watcher: Watcher): void {
    for (const name of watcher.of) {
      const those = this.#by.get(name);
      those?.delete(watcher);
      if (those?.size === 0) this.#by.delete(name);
    }
  }

  #woken(changes: Changes): ReadonlySet<Watcher> {
    const woken = new Set<Watcher>();
    const wake = (name: string): void => {
      for (const watcher of this.#by.get(name) ?? []) woken.add(watcher);
    };
    for (const [module, records] of changes) {
      wake(module);
      // where much changed at once, there are fewer who look at something
      if (records.size < this.#by.size) for (const id of records.keys()) wake(recordKey(module, id));
      else for (const name of this.#by.keys()) if (isOneOf(name, module, records)) wake(name);
    }
    return woken;
  }
}

const isOneOf = (name: string, module: string, records: ReadonlyMap<string, Changed>): boolean => {
  const one = namedBy(name);
  return one.module === module && records.has(one.id);
};
