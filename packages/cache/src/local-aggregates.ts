import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group } from '@tessera-crm/model/query/query.js';
import type { LocalRecords } from './local-records.ts';
import { Dependents } from './views/dependents.ts';
import { GroupView } from './views/group-view.ts';
import type { Watchers } from './watchers.ts';

/** How many questions are kept up at once. */
const most = 8;

/** Changes after which a question that nobody asked again meanwhile is let go. */
const patience = 100;

interface Kept {
  readonly view: GroupView;
  readonly leave: () => void;
  /** Changes since it was last asked. */
  idle: number;
}

/**
 * Groups what is at hand, when the server cannot be asked. Whoever shows figures asks again after every change: the
 * answers are kept up with the changes, so that each costs the change and not all records.
 */
export class LocalAggregates {
  readonly #records: LocalRecords;
  readonly #watchers: Watchers;
  /** By question, the one that was asked last at the end. */
  readonly #kept = new Map<string, Kept>();

  constructor(records: LocalRecords, watchers: Watchers) {
    this.#records = records;
    this.#watchers = watchers;
  }

  async groups(plan: Plan, aggregate: Aggregate, { timeZone }: QueryContext): Promise<readonly Group[]> {
    const { shown } = this.#records;
    await this.#records.loadAll(new Dependents(plan, shown.registry).modules);
    // Relative dates are days by now: tomorrow it is another question
    const question = `${plan.module.key} ${plainJson([plan.filter, aggregate, timeZone])}`;
    this.#watchers.tell();
    const kept = this.#kept.get(question) ?? this.#keep(question, new GroupView(plan, aggregate, shown, timeZone));
    this.#kept.delete(question);
    this.#kept.set(question, kept);
    kept.idle = 0;
    return kept.view.groups;
  }

  #keep(question: string, view: GroupView): Kept {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= most) this.#drop(oldest!);
    const kept: Kept = {
      view,
      idle: 0,
      leave: this.#watchers.add({
        of: view.modules,
        look: (changes) => (++kept.idle > patience ? this.#drop(question) : view.apply(changes)),
      }),
    };
    return kept;
  }

  #drop(question: string): void {
    this.#kept.get(question)?.leave();
    this.#kept.delete(question);
  }
}
