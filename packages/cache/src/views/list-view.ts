import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { writeCursor } from '@tessera-crm/model/query/cursor.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import type { Changes } from '../watchers.ts';
import { Dependents, includedModules } from './dependents.ts';
import { Showing, type View } from './showing.ts';
import { SortedList } from './sorted-list.ts';

/**
 * A page of all records at hand, which are taken for all there are. It holds everything that matches in its order, so
 * that a change costs finding its place.
 */
export class ListView implements View {
  readonly modules: readonly string[];
  readonly #plan: Plan;
  readonly #shown: RecordMap;
  readonly #dependents: Dependents;
  readonly #list: SortedList;
  readonly #showing: Showing;

  constructor(plan: Plan, shown: RecordMap) {
    this.#plan = plan;
    this.#shown = shown;
    this.#dependents = new Dependents(plan, shown.registry);
    this.modules = [...this.#dependents.modules, ...includedModules(plan.module, plan.include, shown.registry)];
    this.#list = new SortedList(plan.module, plan.sort);
    this.#showing = new Showing(plan, shown);
    this.#fill();
  }

  apply(changes: Changes): void {
    const ids = this.#dependents.of(changes, this.#shown);
    // From here on sorting everything is less work than as many insertions
    if (ids.size > 100 && ids.size > this.#list.rows.length / 10) return this.#fill();
    for (const id of ids.keys()) {
      const record = this.#shown.getAny(this.#plan.module.key, id);
      if (record && this.#fits(record)) this.#list.put(record);
      else this.#list.remove(id);
    }
  }

  get page(): Page<AnyRecord> {
    const { after, limit, sort, count } = this.#plan;
    const { rows } = this.#list;
    const start = after ? this.#list.upTo(after) : 0;
    const shown = rows.slice(start, start + limit);
    const next = rows.length > start + limit ? writeCursor(shown.at(-1)!.position, sort) : null;
    return this.#showing.page(shown, { next, ...(count && { count: rows.length }) });
  }

  #fill(): void {
    this.#list.fill([...this.#shown.all(this.#plan.module.key)].filter((record) => this.#fits(record)));
  }

  #fits(record: AnyRecord): boolean {
    return matches(this.#plan.module, record, this.#plan.filter, this.#shown);
  }
}
