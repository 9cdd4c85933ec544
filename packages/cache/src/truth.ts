import type { AnyRecord } from '@tessera-crm/model/module.js';
import {
  beginning,
  keyOf,
  SyncClient,
  unread,
  type Batch,
  type Held,
  type Known,
  type Other,
  type Proof,
  type Reply,
  type Standing,
  type Step,
} from '@tessera-crm/model/protocol/sync/client.js';
import { RecentBatches } from '@tessera-crm/model/protocol/sync/recent-batches.js';
import type { KnownVersions } from '@tessera-crm/model/sync-door.js';
import { KeptRows } from './kept-rows.ts';
import { KnownModules } from './known-modules.ts';
import { namedBy, nameOf, type Name } from './names.ts';
import { sameRecord } from './same-record.ts';
import type { Kept, Position } from './storage.ts';

export interface TruthOptions {
  /**
   * Told which records are known otherwise now.
   *
   * @param isRead - They were only brought from storage: nobody changed them.
   */
  readonly changed: (names: readonly Name[], isRead: boolean) => void;
  /** Told after each step, and whether it is about more than how far the server was followed. */
  readonly stepped: (isMore: boolean) => void;
  /** Told when rights changed: what came into sight by that, nobody tells. */
  readonly rightsChanged: () => void;
}

/** What the server told, in memory, by the rules of the sync protocol: every message goes through its reducer. */
export class Truth {
  readonly #options: TruthOptions;
  readonly #sync = new SyncClient();
  readonly #recent = new RecentBatches();
  readonly #rows = new KeptRows();
  readonly #modules = new KnownModules();
  /** Rows that are not kept as they are here. */
  readonly #unwritten = new Set<Kept>();
  #standing: Standing = beginning;
  #life = 0;

  constructor(options: TruthOptions) {
    this.#options = options;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** Grows when everything begins anew. */
  get life(): number {
    return this.#life;
  }

  /** Goes on from what an earlier visit left. */
  begin({ standing, modules, follows }: Position): void {
    this.#standing = standing;
    this.#modules.store(modules);
    this.#modules.follow(follows);
  }

  get wanted(): ReadonlySet<string> {
    return this.#modules.wanted;
  }

  /** From now on everything that the feed tells of these is to be heard. */
  want(modules: Iterable<string>): void {
    if (this.#modules.want(modules)) this.#options.stepped(false);
  }

  get follows(): readonly string[] {
    return this.#modules.follows;
  }

  follow(modules: readonly string[]): void {
    this.#modules.follow(modules);
  }

  /** As the server gave it, deleted ones included; undefined when it is gone, unknown, or not to be shown now. */
  record({ module, id }: { readonly module: string; readonly id: string }): AnyRecord | undefined {
    const row = this.kept(module, id);
    return row?.record && this.#sync.isInSight(row.held, this.#standing) ? row.record : undefined;
  }

  /** As it is to be kept, where it is here. */
  kept(module: string, id: string): Kept | undefined {
    return this.#rows.get(module, id);
  }

  /** What was told after a number. */
  newer(module: string, asOf: number): readonly AnyRecord[] {
    return this.#rows.of(module).flatMap((row) => (row.held.asOf > asOf ? (this.record(row) ?? []) : []));
  }

  /** Whether it is here, so that what becomes of it is fetched. */
  isHeld(module: string, id: string): boolean {
    return (this.kept(module, id)?.record ?? null) !== null;
  }

  /** Whether all is known of it that is kept. */
  isKnown({ module, id }: Pick<Kept, 'module' | 'id'>): boolean {
    return this.kept(module, id) !== undefined || !this.#modules.isUnread(module);
  }

  /** Modules of which all that is kept was read. */
  modules(): readonly string[] {
    return [...this.#modules.read];
  }

  readonly held = (key: string): Held | undefined => {
    const { module, id } = namedBy(key);
    const isToBeFetched = this.#modules.isUnread(module) || this.follows.includes(module);
    return this.kept(module, id)?.held ?? (isToBeFetched ? unread : undefined);
  };

  /** @returns Whether the reply counts; else it has to be asked for again. */
  take(reply: Reply): boolean {
    return !this.#do(this.#sync.replied(this.#known(), reply)).isRefused;
  }

  hear(batch: Batch): void {
    this.#recent.add(batch);
    this.#do(this.#sync.heard(this.#known(), batch));
  }

  /** Goes on with what was heard before and leads on from where this stands. */
  hearAgain(): void {
    for (const batch of this.#recent.after(this.#standing.cursor ?? Infinity, this.wanted))
      this.#do(this.#sync.heard(this.#known(), batch));
  }

  opened(at: number): void {
    this.#do(this.#sync.opened(this.#known(), at));
  }

  rightsChanged(aclSeq: number): void {
    this.#do(this.#sync.rightsChanged(this.#known(), aclSeq));
  }

  /** @returns As `take`. */
  prove(proof: Proof): boolean {
    const step = this.#sync.proven(this.#known(), proof);
    this.#do(step);
    const seen: Name[] = [];
    for (const key of step.proven) {
      const row = this.#rowOf(key);
      if (!row || row.held.aclSeq >= proof.aclSeq) continue;
      if (!this.#sync.isInSight(row.held, this.#standing)) seen.push([row.module, row.id]);
      this.#unwritten.delete(row);
      this.#unwritten.add(this.#rows.put({ ...row, held: { ...row.held, aclSeq: proof.aclSeq } }));
    }
    if (seen.length > 0) this.#options.changed(seen, false);
    if (step.proven.length > 0) this.#options.stepped(true);
    return !step.isRefused;
  }

  /** Joins what another tab kept. */
  join(other: Other & Partial<Pick<Position, 'modules' | 'follows'>>): void {
    this.#modules.store(other.modules ?? []);
    this.follow(other.follows ?? []);
    this.#join(other, false);
  }

  /** Takes up some of what is kept of a module. */
  read(rows: readonly Kept[]): void {
    this.#join({ standing: this.#standing, rows }, true);
  }

  /** All that is kept of a module was read. */
  readWhole(module: string): void {
    this.#modules.readWhole(module);
    this.#do(this.#sync.read(this.#known(), module));
  }

  /** R9: forgets everything. What is read from then on is another cache's. */
  reset(): void {
    const { standing } = this.#sync.reset(this.#known());
    const names = this.#rows.all().map(nameOf);
    for (const known of [this.#rows, this.#unwritten, this.#recent]) known.clear();
    this.#standing = standing;
    this.#life++;
    this.#options.changed(names, false);
    this.#options.stepped(true);
  }

  /** What is due, by module, with the versions known here: 0 of what may not be shown, which has to be told anew. */
  due(): ReadonlyMap<string, KnownVersions> {
    return this.versions([...this.#standing.due.keys()].filter((key) => this.isKnown(namedBy(key))));
  }

  /** Names by module, with the versions known here. */
  versions(keys: readonly string[]): ReadonlyMap<string, KnownVersions> {
    const found = new Map<string, (readonly [string, number])[]>();
    for (const { module, id } of keys.map(namedBy)) {
      let some = found.get(module);
      if (!some) found.set(module, (some = []));
      some.push([id, this.record({ module, id })?.version ?? 0]);
    }
    return found;
  }

  /** What is not shown before it is proven, by module. */
  unproven(): ReadonlyMap<string, KnownVersions> {
    const { aclSeq, due } = this.#standing;
    const found = new Map<string, (readonly [string, number])[]>();
    for (const { module, id, held, record } of aclSeq === 0 ? [] : this.#rows.all()) {
      if (!record || this.#sync.isInSight(held, this.#standing) || due.has(keyOf(module, id))) continue;
      let some = found.get(module);
      if (!some) found.set(module, (some = []));
      some.push([id, held.version]);
    }
    return found;
  }

  /** What is in sight, and not to be fetched anyway. */
  settled(): readonly Kept[] {
    return this.#rows.all().filter((row) => this.record(row) && !this.#standing.due.has(keyOf(row.module, row.id)));
  }

  /** What is not kept as it is here. */
  unwritten(): readonly Kept[] {
    return [...this.#unwritten];
  }

  /** That was kept. What came in its place is still to be. */
  written(rows: readonly Kept[]): void {
    for (const row of rows) this.#unwritten.delete(row);
  }

  clear(): void {
    for (const known of [this.#rows, this.#modules, this.#unwritten, this.#recent]) known.clear();
    this.#standing = beginning;
  }

  #join(other: Other, isRead: boolean): void {
    // what is not read yet is no reason to take nothing of it
    const known = { ...this.#known(), held: (key: string) => this.#rowOf(key)?.held };
    const step = this.#sync.joined(known, other);
    for (const row of step.ahead.flatMap((key) => this.#rowOf(key) ?? [])) this.#unwritten.add(row);
    this.#do(step, { isKept: true, isRead });
  }

  #do(step: Step, { isKept = false, isRead = false } = {}): Step {
    const before = this.#standing;
    const hidden = step.standing.aclSeq > before.aclSeq ? this.#inSight() : [];
    const changed: Name[] = [];
    for (const { key, module, record, held } of step.put)
      if (this.#take({ module, id: record.id, held, record }, isKept)) changed.push(nameOf(namedBy(key)));
    for (const { key, held } of step.drop)
      if (this.#take({ ...namedBy(key), held, record: null }, isKept)) changed.push(nameOf(namedBy(key)));
    this.#standing = step.standing;
    changed.push(...hidden.filter(([module, id]) => !this.record({ module, id })));
    if (changed.length > 0) this.#options.changed(changed, isRead);
    if (step.standing !== before || step.put.length + step.drop.length > 0)
      this.#options.stepped(this.#unwritten.size > 0);
    if (step.rewinds) this.hearAgain();
    if (step.standing.aclSeq > before.aclSeq && !this.#rows.isEmpty) this.#options.rightsChanged();
    return step;
  }

  /** @returns Whether it looks otherwise than before. */
  #take(row: Kept, isKept: boolean): boolean {
    const before = this.kept(row.module, row.id);
    const isSame = before !== undefined && sameRecord(before.record, row.record);
    const wasInSight = before !== undefined && this.#sync.isInSight(before.held, this.#standing);
    const now = this.#rows.put(isSame ? { ...row, record: before.record } : row);
    this.#modules.want([row.module]);
    const wasUnwritten = before !== undefined && this.#unwritten.delete(before);
    // that it is known of later is not worth a write
    if (!isKept && (wasUnwritten || !isSame || before.held.aclSeq !== row.held.aclSeq)) this.#unwritten.add(now);
    return !isSame || (row.record !== null && !wasInSight);
  }

  #inSight(): readonly Name[] {
    return this.#rows.all().flatMap((row) => (this.record(row) ? [nameOf(row)] : []));
  }

  #rowOf(key: string): Kept | undefined {
    const { module, id } = namedBy(key);
    return this.kept(module, id);
  }

  #known(): Known {
    return { standing: this.#standing, held: this.held, modules: this.wanted };
  }
}
