import type { AnyRecord } from '@tessera-crm/model/module.js';
import { MemoryState } from '@tessera-crm/model/memory/memory-state.js';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import { breathing } from './breathe.ts';
import { recordKey, type Draft, type Patch } from './entry.ts';
import { localVersion } from './local-version.ts';
import { Rests } from './rests.ts';
import { sameRecord } from './same-record.ts';
import { shownOn, type Storage, type StoredPage } from './storage.ts';
import type { Name } from './names.ts';
import { Truth } from './truth.ts';
import type { Changed, Changes } from './watchers.ts';

interface LocalRecordsOptions {
  readonly registry: Registry;
  readonly storage: () => Storage;
  readonly context: () => QueryContext;
  /** Told which records are known otherwise now, even where they look the same. */
  readonly changed: (module: string, id: string, change: Changed) => void;
  /** See `Truth`. */
  readonly stepped?: (isMore: boolean) => void;
  readonly rightsChanged?: () => void;
}

/** In which version somebody saw some fields of a record. */
interface Seen {
  readonly version: number;
  readonly fields: readonly string[];
}

/** Rows that are taken up from storage before the page may do something else. */
const atOnce = 200;

/** Records in memory: what the server gave, and on top of it what waits to be sent. */
export class LocalRecords {
  /** As the server gave them. */
  readonly truth: Truth;
  /** As they are shown. */
  readonly shown: RecordMap;
  /** The changes that wait, in their order. */
  readonly pending = new Map<string, readonly Patch[]>();
  /** Keys of changes that are not in the outbox yet. */
  readonly drafts = new Set<string>();
  readonly #options: LocalRecordsOptions;
  readonly #state: MemoryState;
  /** What is still to be remembered: whoever looks at a record comes first. */
  #replaced: (readonly [module: string, before: AnyRecord, after: AnyRecord])[] = [];
  readonly #loaded = new Map<string, Promise<void>>();
  readonly #rests = new Rests();
  /** What waits, by record. */
  #patches = new Map<string, readonly Patch[]>();
  #moment = 1;

  constructor(options: LocalRecordsOptions) {
    this.#options = options;
    this.truth = new Truth({
      changed: (names, isRead) => this.#told(names, isRead),
      stepped: (isMore) => options.stepped?.(isMore),
      rightsChanged: () => options.rightsChanged?.(),
    });
    this.shown = new RecordMap(options.registry);
    this.#state = new MemoryState(this.shown, options.context, { numbers: false });
  }

  /** What rules read, and what they remember of earlier versions. */
  get state(): MemoryState {
    this.#rememberReplaced();
    return this.#state;
  }

  /** Brings all that is kept of some modules. */
  async loadAll(modules: Iterable<string>): Promise<void> {
    await Promise.all([...modules].map((module) => this.load(module)));
  }

  /** Brings a module's records from storage, once. */
  load(module: string): Promise<void> {
    let loading = this.#loaded.get(module);
    if (!loading) this.#loaded.set(module, (loading = this.#load(module)));
    return loading;
  }

  /** Brings what a page shows. @returns As `bring`. */
  async bringPage(module: string, page: StoredPage): Promise<boolean> {
    const brought = [...shownOn({ module, page })].map(([of, ids]) => this.bring(of, ids));
    return (await Promise.all(brought)).every(Boolean);
  }

  /**
   * Brings some of a module's records from storage, where they lie at hand.
   *
   * @returns Whether all of them are known now.
   */
  async bring(module: string, ids: readonly string[]): Promise<boolean> {
    const { life } = this.truth;
    const missing = ids.filter((id) => !this.truth.isKnown({ module, id }));
    if (missing.length === 0) return true;
    const rows = await this.#options
      .storage()
      .some(module, missing)
      .catch(() => []);
    if (life !== this.truth.life) return false;
    this.truth.read(rows);
    return rows.length === missing.length;
  }

  /** Grows with every change here, so that what was asked before one can be told from what was asked after it. */
  get moment(): number {
    return this.#moment;
  }

  /** The record as the server gave it. */
  base(module: string, id: string): AnyRecord | undefined {
    return this.truth.record({ module, id });
  }

  /** The version that the server is known to have; 0 when it knows nothing of the record. */
  baseVersion(module: string, id: string): number {
    return this.base(module, id)?.version ?? 0;
  }

  /** R14: the version of the server on which somebody looked at these fields who saw the record in a version. */
  seen(module: string, id: string, { version, fields }: Seen): number {
    // what is made here has its first version when that is carried out
    const latest = this.isOnlyHere(module, id) ? 1 : this.baseVersion(module, id) || Infinity;
    return Math.max(1, Math.min(latest, this.#rests.of(recordKey(module, id), version, fields)));
  }

  /** Whether a record that the server gave is what is known of it, and nothing newer. */
  isKnown(module: string, record: AnyRecord): boolean {
    return sameRecord(this.base(module, record.id), record);
  }

  /** Whether the record is being made here, so that no server can know it yet. */
  isOnlyHere(module: string, id: string): boolean {
    return !this.base(module, id) && this.#patchesOf(module, id).some(({ isNew }) => isNew);
  }

  /** Lays changes on top, or takes them away when there are none. */
  overlay(key: string, patches: readonly Patch[] | undefined): void {
    const touched = [...(this.pending.get(key) ?? []), ...(patches ?? [])];
    if (patches) this.pending.set(key, patches);
    else this.pending.delete(key);
    this.#laid(touched);
  }

  /** Overlays what the outbox holds in its order, and after it the changes that are still being worked out. */
  restore(entries: readonly Draft[]): void {
    const before = new Map(this.pending);
    this.pending.clear();
    for (const { key, patches } of entries) this.pending.set(key, patches);
    for (const key of this.drafts) if (before.has(key)) this.pending.set(key, before.get(key)!);
    const isKept = (key: string): boolean => this.pending.get(key) === before.get(key);
    const keys = [...new Set([...before.keys(), ...this.pending.keys()])].filter((key) => !isKept(key));
    this.#laid(keys.flatMap((key) => [...(before.get(key) ?? []), ...(this.pending.get(key) ?? [])]));
  }

  /** The records that changes wait for, each with what the server knows of it. */
  waiting(): Changes {
    const waiting = new Map<string, Map<string, Changed>>();
    for (const { module, id } of [...this.#patches.values()].flat()) {
      let records = waiting.get(module);
      if (!records) waiting.set(module, (records = new Map()));
      records.set(id, { before: this.base(module, id), at: this.#moment });
    }
    return waiting;
  }

  /** The records of which the server told after a number. */
  since(asOf: number, modules: Iterable<string>): Changes {
    const changes = [...modules].map((module) => {
      const newer = this.truth.newer(module, asOf);
      return [module, new Map(newer.map((record) => [record.id, { before: record, at: this.#moment }]))] as const;
    });
    return new Map(changes);
  }

  clear(): void {
    for (const known of [this.truth, this.shown, this.pending, this.#patches, this.#rests, this.#loaded]) known.clear();
  }

  async #load(module: string): Promise<void> {
    const breathe = breathing();
    const { life } = this.truth;
    // A database that breaks holds none: the server has them
    const rows = await this.#options
      .storage()
      .records(module)
      .catch(() => []);
    for (let start = 0; start < rows.length && life === this.truth.life; start += atOnce) {
      this.truth.read(rows.slice(start, start + atOnce));
      await breathe();
    }
    // everything began anew meanwhile
    if (life !== this.truth.life) return this.#load(module);
    this.truth.readWhole(module);
  }

  #told(names: readonly Name[], isRead: boolean): void {
    if (!isRead) this.#moment++;
    for (const [module, id] of names) this.#refresh(module, id, isRead ? 0 : this.#moment);
  }

  #laid(touched: readonly Patch[]): void {
    if (touched.length === 0) return;
    this.#moment++;
    this.#patches = Map.groupBy([...this.pending.values()].flat(), ({ module, id }) => recordKey(module, id));
    const records = new Map(touched.map((patch) => [recordKey(patch.module, patch.id), patch]));
    for (const { module, id } of records.values()) this.#refresh(module, id);
  }

  #patchesOf(module: string, id: string): readonly Patch[] {
    return this.#patches.size === 0 ? [] : (this.#patches.get(recordKey(module, id)) ?? []);
  }

  #refresh(module: string, id: string, at = this.#moment): void {
    const before = this.shown.getAny(module, id);
    const told = this.base(module, id);
    const after = this.#withPending(module, id, told);
    if (after && told) this.#rests.note(module, { shown: after, told, patches: this.#patchesOf(module, id) });
    if (after !== before && !sameRecord(after, before)) {
      if (after) this.shown.put(module, after);
      else this.shown.remove(module, id);
    }
    this.#options.changed(module, id, { before, at });
    if (before && after && after.version > before.version) this.#remember(module, before, after);
  }

  #withPending(module: string, id: string, base: AnyRecord | undefined): AnyRecord | undefined {
    let record = base;
    for (const { values, isNew } of this.#patchesOf(module, id)) {
      if (record || isNew) record = { ...record, ...values, id, version: localVersion(record?.version) };
    }
    return record;
  }

  /** What each field was, so that a change made on an older version can be compared with what came since. */
  #remember(...replaced: readonly [module: string, before: AnyRecord, after: AnyRecord]): void {
    if (this.#replaced.length === 0) queueMicrotask(() => this.#rememberReplaced());
    this.#replaced.push(replaced);
  }

  #rememberReplaced(): void {
    const all = this.#replaced;
    this.#replaced = [];
    for (const one of all) this.#rememberOne(...one);
  }

  #rememberOne(module: string, before: AnyRecord, after: AnyRecord): void {
    // most are the very same, and there are many
    const isSame = (field: string): boolean => before[field] === after[field] || same(before[field], after[field]);
    const changed = Object.keys(after).filter((field) => field !== 'version' && !isSame(field));
    this.#state.remember({ module, id: after.id, before, after, changed });
  }
}
