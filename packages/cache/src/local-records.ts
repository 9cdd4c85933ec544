import type { AnyRecord } from '@tessera-crm/model/module.js';
import { MemoryState } from '@tessera-crm/model/memory/memory-state.js';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { Entry, Patch } from './entry.ts';
import type { Storage, Stored } from './storage.ts';

interface LocalRecordsOptions {
  readonly registry: Registry;
  readonly storage: () => Storage;
  readonly context: () => QueryContext;
  /** Told which records look different now. */
  readonly changed: (module: string, id: string) => void;
}

/** Records in memory: what the server gave, and on top of it what waits to be sent. */
export class LocalRecords {
  /** As the server gave them. */
  readonly #base: RecordMap;
  /** As they are shown. */
  readonly shown: RecordMap;
  /** What rules read, and what they remember of earlier versions. */
  readonly state: MemoryState;
  /** The changes that wait, in their order. */
  readonly pending = new Map<string, readonly Patch[]>();
  /** Keys of changes that are not in the outbox yet. */
  readonly drafts = new Set<string>();
  readonly #options: LocalRecordsOptions;
  readonly #loaded = new Map<string, Promise<void>>();

  constructor(options: LocalRecordsOptions) {
    this.#options = options;
    this.#base = new RecordMap(options.registry);
    this.shown = new RecordMap(options.registry);
    this.state = new MemoryState(this.shown, options.context, { numbers: false });
  }

  /** Brings a module's records from storage, once. */
  load(module: string): Promise<void> {
    let loading = this.#loaded.get(module);
    if (!loading) this.#loaded.set(module, (loading = this.#load(module)));
    return loading;
  }

  /** The version that the server is known to have; 0 when it knows nothing of the record. */
  baseVersion(module: string, id: string): number {
    return this.#base.getAny(module, id)?.version ?? 0;
  }

  /** Whether the record is being made here, so that no server can know it yet. */
  isOnlyHere(module: string, id: string): boolean {
    if (this.#base.getAny(module, id)) return false;
    const patches = [...this.pending.values()].flat();
    return patches.some((patch) => patch.isNew && patch.module === module && patch.id === id);
  }

  /** Takes over what the server says, unless something newer is known. @returns What there is to be kept. */
  absorb(given: readonly Stored[]): readonly Stored[] {
    const news = given.filter(({ module, id, record }) => record === null || this.#isNews(module, id, record));
    for (const { module, id, record } of news) {
      if (record) this.#base.put(module, record);
      else this.#base.remove(module, id);
      this.#refresh(module, id);
    }
    return news;
  }

  /** Lays changes on top, or takes them away when there are none. */
  overlay(key: string, patches: readonly Patch[] | undefined): void {
    const touched = [...(this.pending.get(key) ?? []), ...(patches ?? [])];
    if (patches) this.pending.set(key, patches);
    else this.pending.delete(key);
    for (const { module, id } of touched) this.#refresh(module, id);
  }

  /** Overlays the entries of the outbox in their order, and after them the changes that are still being worked out. */
  restore(entries: readonly Entry[]): void {
    const before = new Map(this.pending);
    this.pending.clear();
    for (const { key, patches } of entries) this.pending.set(key, patches);
    for (const key of this.drafts) if (before.has(key)) this.pending.set(key, before.get(key)!);
    for (const { module, id } of [...before.values(), ...this.pending.values()].flat()) this.#refresh(module, id);
  }

  /** The records of a module that changes wait for. */
  touched(module: string): ReadonlySet<string> {
    const patches = [...this.pending.values()].flat();
    return new Set(patches.filter((patch) => patch.module === module).map(({ id }) => id));
  }

  clear(): void {
    for (const records of [this.#base, this.shown]) records.clear();
    this.pending.clear();
    this.#loaded.clear();
  }

  async #load(module: string): Promise<void> {
    // A database that breaks holds none: the server has them
    const records = await this.#options
      .storage()
      .records(module)
      .catch((): readonly AnyRecord[] => []);
    for (const record of records) {
      if (this.#base.getAny(module, record.id)) continue;
      this.#base.put(module, record);
      this.#refresh(module, record.id);
    }
  }

  #isNews(module: string, id: string, record: AnyRecord): boolean {
    const known = this.#base.getAny(module, id);
    return !known || record.version > known.version || (record.version === known.version && !same(record, known));
  }

  #refresh(module: string, id: string): void {
    const before = this.shown.getAny(module, id);
    const after = this.#withPending(module, id, this.#base.getAny(module, id));
    if (after === before || (after && before && same(after, before))) return;
    if (after) this.shown.put(module, after);
    else this.shown.remove(module, id);
    if (before && after) this.#remember(module, before, after);
    this.#options.changed(module, id);
  }

  #withPending(module: string, id: string, base: AnyRecord | undefined): AnyRecord | undefined {
    let record = base;
    for (const patch of [...this.pending.values()].flat()) {
      if (patch.module !== module || patch.id !== id || (!record && !patch.isNew)) continue;
      record = { ...record, ...patch.values, id, version: (record?.version ?? 0) + 1 };
    }
    return record;
  }

  /** What each field was, so that a change made on an older version can be compared with what came since. */
  #remember(module: string, before: AnyRecord, after: AnyRecord): void {
    if (after.version <= before.version) return;
    const changed = Object.keys(after).filter((field) => field !== 'version' && !same(before[field], after[field]));
    this.state.remember({ module, id: after.id, before, after, changed });
  }
}
