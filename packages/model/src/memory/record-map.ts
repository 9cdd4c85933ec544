import { isAlive } from '../is-alive.ts';
import type { AnyRecord } from '../module.ts';
import type { Neighbours } from '../query/matches.ts';
import type { Registry } from '../registry.ts';

/** Records by module and id, with the links between them: what engines in memory work on. */
export class RecordMap implements Neighbours {
  readonly registry: Registry;
  readonly #modules = new Map<string, Map<string, AnyRecord>>();
  /** `module/field/target id` → ids, made when first asked for and kept up from then on. */
  readonly #links = new Map<string, Map<string, Set<string>>>();

  constructor(registry: Registry) {
    this.registry = registry;
  }

  /** Deleted records included. */
  getAny(module: string, id: string): AnyRecord | undefined {
    return this.#modules.get(module)?.get(id);
  }

  get(module: string, id: string): AnyRecord | undefined {
    const record = this.getAny(module, id);
    return record && isAlive(record) ? record : undefined;
  }

  /** All records of a module, deleted ones included. */
  all(module: string): Iterable<AnyRecord> {
    return this.#modules.get(module)?.values() ?? [];
  }

  count(module: string): number {
    return this.#modules.get(module)?.size ?? 0;
  }

  /** The ids of a module's records whose link `by` is `id`, deleted ones included. */
  holding(module: string, by: string, id: string): Iterable<string> {
    return this.#index(module, by).get(id) ?? [];
  }

  *linking(module: string, by: string, id: string): Iterable<AnyRecord> {
    for (const from of this.holding(module, by, id)) {
      const record = this.get(module, from);
      if (record) yield record;
    }
  }

  put(module: string, record: AnyRecord): void {
    let records = this.#modules.get(module);
    if (!records) this.#modules.set(module, (records = new Map()));
    this.#relink(module, records.get(record.id), record);
    records.set(record.id, record);
  }

  remove(module: string, id: string): void {
    const records = this.#modules.get(module);
    const record = records?.get(id);
    if (!records || !record) return;
    this.#relink(module, record, undefined);
    records.delete(id);
  }

  clear(): void {
    this.#modules.clear();
    this.#links.clear();
  }

  #index(module: string, by: string): Map<string, Set<string>> {
    const name = `${module}/${by}`;
    let index = this.#links.get(name);
    if (!index) {
      this.#links.set(name, (index = new Map()));
      for (const record of this.all(module)) addTo(index, record[by], record.id);
    }
    return index;
  }

  #relink(module: string, before: AnyRecord | undefined, after: AnyRecord | undefined): void {
    for (const [name, index] of this.#links) {
      if (!name.startsWith(`${module}/`)) continue;
      const by = name.slice(module.length + 1);
      if (before) for (const target of targets(before[by])) index.get(target)?.delete(before.id);
      if (after) addTo(index, after[by], after.id);
    }
  }
}

/** The ids that a link's value holds. */
export const targets = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];

const addTo = (index: Map<string, Set<string>>, value: unknown, id: string): void => {
  for (const target of targets(value)) {
    let ids = index.get(target);
    if (!ids) index.set(target, (ids = new Set()));
    ids.add(id);
  }
};
