import type { AnyRecord } from '@tessera-crm/model/module.js';
import { readCursor, writeCursor } from '@tessera-crm/model/query/cursor.js';
import { comparePositions, positionOf } from '@tessera-crm/model/query/order.js';
import type { Plan, Position } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import type { LocalRecords } from '../local-records.ts';
import type { StoredPage } from '../storage.ts';
import type { Changes } from '../watchers.ts';
import { Dependents, includedModules } from './dependents.ts';
import { judge } from './judge.ts';
import { Showing, type View } from './showing.ts';
import { SortedList } from './sorted-list.ts';

/** A page from the server, and what is to be known of how it came. */
export interface Answer {
  readonly page: StoredPage;
  /** The moment of the question, or an earlier one. */
  readonly asked: number;
  /** The moment in which its records were taken over; 0 when none of them was news. */
  readonly taken: number;
  /** Records on it of which something newer is known here. */
  readonly outdated: ReadonlySet<string>;
  /** What is known here since the page was told, of an earlier visit. */
  readonly since?: Changes;
}

/** A page of an earlier visit, with what came to be known after it. */
export const storedAnswer = (page: StoredPage, now: number, since: Changes = new Map()): Answer => ({
  page,
  asked: now,
  taken: 0,
  outdated: new Set(),
  since,
});

const nothingWaits: ReadonlyMap<string, number> = new Map();

const nothingYet = storedAnswer({ ids: [], next: null, asOf: 0 }, 0);

/**
 * A page that the server chose, which may rest on more than is known here, with what has changed since. Records that
 * changed here are judged here, within the bounds of the page; all others stay as the server has them.
 */
export class WindowView implements View {
  readonly modules: readonly string[];
  readonly #plan: Plan;
  readonly #records: LocalRecords;
  readonly #dependents: Dependents;
  readonly #list: SortedList;
  readonly #showing: Showing;
  readonly #compare: (a: Position, b: Position) => number;
  #answer = nothingYet;
  #onPage: ReadonlySet<string> = new Set();
  /** Where the page ends; null where it holds all there is from its beginning on. */
  #end: Position | null = null;
  /** What changed since the page was asked for, with the moment. */
  #changed = new Map<string, number>();
  /** What hangs on changes that wait, of which no server knows. */
  #waiting = nothingWaits;
  /** Where only another answer tells what belongs here. */
  readonly #doubts = new Set<string>();
  /** What belongs on the page and came without: the page is older, or somebody knows more. */
  readonly #missed = new Set<string>();

  constructor(plan: Plan, records: LocalRecords) {
    const { registry } = records.shown;
    this.#plan = plan;
    this.#records = records;
    this.#dependents = new Dependents(plan, registry);
    this.modules = [...this.#dependents.modules, ...includedModules(plan.module, plan.include, registry)];
    this.#list = new SortedList(plan.module, plan.sort);
    this.#showing = new Showing(plan, records.shown);
    this.#compare = comparePositions(plan.module, plan.sort);
  }

  get hasAnswer(): boolean {
    return this.#answer !== nothingYet;
  }

  /** Whether the server is to be asked again. */
  get isStale(): boolean {
    return this.#doubts.size > 0;
  }

  /** Has another page, with what it does not know of yet. */
  take(answer: Answer): void {
    const { page } = answer;
    this.#answer = answer;
    this.#onPage = new Set(page.ids);
    this.#end = this.#endOf(page);
    this.#changed = new Map([...this.#changed].filter(([, at]) => this.#isUnknown(at)));
    for (const [id, at] of this.#dependents.of(answer.since ?? new Map(), this.#records.shown))
      this.#changed.set(id, at);
    this.#waiting = this.#waitingNow();
    this.#list.fill([]);
    this.#doubts.clear();
    this.#missed.clear();
    for (const id of new Set([...page.ids, ...this.#changed.keys(), ...this.#waiting.keys()])) this.#place(id, true);
  }

  apply(changes: Changes): void {
    const ids = this.#dependents.of(changes, this.#records.shown);
    for (const [id, at] of ids) if (this.#isUnknown(at)) this.#changed.set(id, at);
    if (!this.hasAnswer) return;
    const before = this.#waiting;
    this.#waiting = this.#waitingNow();
    for (const id of new Set([...ids.keys(), ...before.keys(), ...this.#waiting.keys()])) this.#place(id, false);
  }

  get page(): Page<AnyRecord> {
    const { limit, sort } = this.#plan;
    const { next, count } = this.#answer.page;
    const { rows } = this.#list;
    const shown = rows.slice(0, limit);
    return this.#showing.page(shown, {
      next: rows.length > limit ? writeCursor(shown.at(-1)!.position, sort) : next,
      ...(count !== undefined && { count: count + this.#growth }),
    });
  }

  /** How many more there are than when the page was told. */
  get #growth(): number {
    const entered = this.#list.rows.filter(({ record }) => !this.#onPage.has(record.id)).length;
    const left = this.#answer.page.ids.filter((id) => !this.#list.has(id)).length;
    return entered - left;
  }

  /** Whether the answer may have been worked out before a change. */
  #isUnknown(at: number): boolean {
    return at > this.#answer.asked && at !== this.#answer.taken;
  }

  #waitingNow(): ReadonlyMap<string, number> {
    const waiting = this.#records.waiting();
    return waiting.size === 0 ? nothingWaits : this.#dependents.of(waiting, this.#records.shown);
  }

  /** Puts a record where it belongs, or takes it away. */
  #place(id: string, isArrival: boolean): void {
    const { module, filter } = this.#plan;
    const { shown } = this.#records;
    const { page, outdated } = this.#answer;
    const record = shown.getAny(module.key, id);
    const isOnPage = this.#onPage.has(id);
    const waits = this.#waiting.has(id);
    const isJudged = waits || this.#changed.has(id) || outdated.has(id);
    const truth = record !== undefined && (isJudged ? judge(module, record, filter, shown) : isOnPage);
    const isIn = record !== undefined && (truth ?? isOnPage) && (!isJudged || this.#isWithin(record));
    if (isIn) this.#list.put(record);
    else this.#list.remove(id);
    const leavesRoom = isOnPage && !isIn && page.next !== null;
    if (isArrival && !isOnPage && isIn && !waits) this.#missed.add(id);
    const isMissed = isIn && this.#missed.has(id);
    const mayCount = !isOnPage && !isIn && page.count !== undefined && !isArrival;
    const isDoubtful = truth === undefined || outdated.has(id) || leavesRoom || isMissed || mayCount;
    // As long as a change waits the server has no better answer
    if (isDoubtful && isJudged && !waits) this.#doubts.add(id);
    else this.#doubts.delete(id);
  }

  #isWithin(record: AnyRecord): boolean {
    const { module, sort, after } = this.#plan;
    const position = positionOf(module, sort, record);
    return (!after || this.#compare(position, after) > 0) && (!this.#end || this.#compare(position, this.#end) <= 0);
  }

  /** By the cursor, which stays when the last record moves; by that record where a server writes cursors of its own. */
  #endOf({ ids, next }: StoredPage): Position | null {
    if (next === null) return null;
    const { module, sort } = this.#plan;
    try {
      return readCursor(next, sort);
    } catch {
      const last = this.#records.shown.getAny(module.key, ids.at(-1) ?? '');
      return last ? positionOf(module, sort, last) : null;
    }
  }
}
