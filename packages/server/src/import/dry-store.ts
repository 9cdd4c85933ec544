import type { Change } from '@tessera-crm/model/change.js';
import { carryOutAll } from '@tessera-crm/model/memory/carry-out.js';
import { isAlive } from '@tessera-crm/model/is-alive.js';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Page, Query, Where } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { apply } from '@tessera-crm/model/rules/apply.js';
import type { State } from '@tessera-crm/model/rules/state.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Applied, ApplyOptions } from '@tessera-crm/model/store.js';
import { allRecords, type RecordDoor } from './record-door.ts';

/** An import runs for the house, not for a person. */
const system = { type: 'system' } as const;

export interface DryStoreOptions {
  readonly store: RecordDoor;
  readonly registry: Registry;
  readonly settings: Settings;
  readonly now: () => string;
  readonly newId: () => string;
}

const maxFound = 1000;

/**
 * A store that carries out changes by all rules, in memory only: what it would have written lies above what the real
 * store has, so that later rows meet what earlier ones made. Nobody else is kept waiting, and nothing is written.
 */
export class DryStore implements RecordDoor, State {
  readonly #options: DryStoreOptions;
  readonly #made: RecordMap;
  /** Living records by the value of one field, kept for those fields that rules ask for. */
  readonly #indexes = new Map<string, Map<unknown, Set<string>>>();
  #number = 0;

  constructor(options: DryStoreOptions) {
    this.#options = options;
    this.#made = new RecordMap(options.registry);
  }

  async list(module: string, query: Query = {}): Promise<Page<AnyRecord>> {
    const page = await this.#options.store.list(module, query);
    const isFirst = query.after === undefined && query.deleted === undefined;
    const known = page.records.map((record) => this.#made.getAny(module, record.id) ?? record);
    const made = isFirst
      ? this.#matching(module, query.where ?? {}).filter(({ id }) => !page.records.some((one) => one.id === id))
      : [];
    return { ...page, records: [...known, ...made] };
  }

  apply(changes: readonly Change[], { atomic = true }: ApplyOptions = {}): Promise<readonly Applied[]> {
    return carryOutAll(changes, atomic, (change, undo) => this.#carryOut(change, undo));
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    const record = await this.getAny(module, id);
    return record && isAlive(record) ? record : null;
  }

  async getAny(module: string, id: string): Promise<AnyRecord | null> {
    const made = this.#made.getAny(module, id);
    if (made || !this.#options.registry.find(module)) return made ?? null;
    const { records } = await this.#options.store.list(module, { where: { id }, limit: 1 });
    return records[0] ?? null;
  }

  async find(module: string, where: Where): Promise<readonly AnyRecord[]> {
    return this.#find(module, where, maxFound);
  }

  async findAll(module: string, where: Where): Promise<readonly AnyRecord[]> {
    return this.#find(module, where, Infinity);
  }

  async #find(module: string, where: Where, most: number): Promise<readonly AnyRecord[]> {
    const made = this.#matching(module, where);
    const stored: AnyRecord[] = [];
    for await (const record of allRecords(this.#options.store, module, { where })) {
      if (!this.#made.getAny(module, record.id)) stored.push(record);
      if (stored.length >= most) break;
    }
    return [...stored, ...made];
  }

  async findDeleted(): Promise<readonly never[]> {
    return [];
  }

  async changedSince(): Promise<null> {
    return null;
  }

  async nextNumber({ prefix }: { readonly prefix: string }): Promise<string> {
    return `${prefix}?${++this.#number}`;
  }

  async #carryOut(change: Change, undo: (() => void)[]): Promise<Applied> {
    const { registry, settings, now, newId } = this.#options;
    const context = { registry, settings, now: now(), newId, identity: system, source: 'import' };
    const { writes, result } = await apply(change, this, context);
    for (const { module, id, after } of writes) {
      const before = this.#made.getAny(module, id);
      undo.push(() => this.#put(module, id, before));
      this.#put(module, id, after);
    }
    const record = this.#made.get(change.module, change.id) ?? null;
    return { ok: true, module: change.module, id: change.id, record, ...(change.op === 'act' && { result }) };
  }

  #put(module: string, id: string, record: AnyRecord | undefined): void {
    const before = this.#made.getAny(module, id);
    for (const [name, index] of this.#indexes) {
      const [of, field = ''] = name.split('/');
      if (of !== module) continue;
      if (before) index.get(before[field])?.delete(id);
      if (record) index.set(record[field], (index.get(record[field]) ?? new Set()).add(id));
    }
    if (record) this.#made.put(module, record);
    else this.#made.remove(module, id);
  }

  #matching(module: string, where: Where): readonly AnyRecord[] {
    const { registry, settings, now } = this.#options;
    const definition = registry.get(module);
    const filter = parseWhere(definition, where, queryContextOf({ registry, settings, identity: system }, now()));
    return [...this.#candidates(module, where)].filter(
      (record) => isAlive(record) && matches(definition, record, filter, this.#made),
    );
  }

  /** Most questions name a link or another exact value: then only those that have it are looked at. */
  #candidates(module: string, where: Where): Iterable<AnyRecord> {
    for (const [field, operand] of Object.entries(where)) {
      const value = exact(operand);
      if (value === undefined || !isCompared(this.#options.registry, module, field)) continue;
      const ids = this.#index(module, field).get(value) ?? [];
      return [...ids].flatMap((id) => this.#made.getAny(module, id) ?? []);
    }
    return this.#made.all(module);
  }

  #index(module: string, field: string): Map<unknown, Set<string>> {
    const name = `${module}/${field}`;
    const known = this.#indexes.get(name);
    if (known) return known;
    const index = new Map<unknown, Set<string>>();
    for (const record of this.#made.all(module))
      index.set(record[field], (index.get(record[field]) ?? new Set()).add(record.id));
    this.#indexes.set(name, index);
    return index;
  }
}

const exact = (operand: unknown): string | undefined => {
  if (typeof operand === 'string') return operand;
  const value = typeof operand === 'object' && operand !== null && 'is' in operand ? operand.is : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** Whether equal values are equal texts, as ids are. */
const isCompared = (registry: Registry, module: string, field: string): boolean =>
  registry.get(module).fields[field]?.kind.domain === 'link';
