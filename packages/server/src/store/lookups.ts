import type { Field } from '@tessera-crm/model/kind.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Where } from '@tessera-crm/model/query/query.js';

/** Who has which value of one unique field, for the values that were asked for together. */
interface Index {
  readonly field: Field;
  readonly asked: ReadonlySet<unknown>;
  /** Ids by the key of the value. */
  readonly holders: Map<unknown, Set<string>>;
}

const keyOf = ({ kind, options }: Field, value: unknown): unknown =>
  value === null || value === undefined ? null : kind.key(value, options);

export interface Holders {
  readonly ids: readonly string[];
  holds(record: AnyRecord): boolean;
}

/** Answers "does another record have this value" for a whole batch after one statement per field. */
export class Lookups {
  readonly #indexes = new Map<string, Map<string, Index>>();

  /** @param stored - All living records that have one of the values. */
  add(
    module: Module,
    name: string,
    { values, stored }: { readonly values: readonly unknown[]; readonly stored: readonly AnyRecord[] },
  ): void {
    const field = module.fields[name]!;
    const index: Index = { field, asked: new Set(values.map((value) => keyOf(field, value))), holders: new Map() };
    for (const record of stored) hold(index, record, name);
    const indexes = this.#indexes.get(module.key) ?? new Map<string, Index>();
    this.#indexes.set(module.key, indexes.set(name, index));
  }

  /** Follows what the batch does to a record. */
  move(module: string, before: AnyRecord | null, after: AnyRecord): void {
    for (const [name, index] of this.#indexes.get(module) ?? []) {
      if (before) index.holders.get(keyOf(index.field, before[name]))?.delete(before.id);
      if (after['deletedAt'] === null) hold(index, after, name);
    }
  }

  /** The ids of the records that match, and how to see that one still does; undefined when that is not known here. */
  find(module: string, where: Where): Holders | undefined {
    const [condition, ...more] = Object.entries(where);
    if (!condition || more.length > 0) return undefined;
    const [name, test] = condition;
    const index = this.#indexes.get(module)?.get(name);
    if (!index || typeof test !== 'object' || test === null || Object.keys(test).join() !== 'is') return undefined;
    const key = keyOf(index.field, (test as { readonly is: unknown }).is);
    if (!index.asked.has(key)) return undefined;
    return { ids: [...(index.holders.get(key) ?? [])], holds: (record) => keyOf(index.field, record[name]) === key };
  }
}

const hold = (index: Index, record: AnyRecord, name: string): void => {
  const key = keyOf(index.field, record[name]);
  const holders = index.holders.get(key) ?? new Set();
  index.holders.set(key, holders.add(record.id));
};
