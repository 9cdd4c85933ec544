import { add, negate, toDecimal, type Decimal } from '@tessera-crm/model/decimal.js';
import {
  averageFigure,
  bucketOf,
  groupingOf,
  orderGroups,
  outermost,
  sumFigure,
  zero,
  type Grouping,
} from '@tessera-crm/model/memory/group.js';
import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { sortKey, type SortKey } from '@tessera-crm/model/query/order.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Aggregate, Bucket, Group } from '@tessera-crm/model/query/query.js';
import type { Changes } from '../watchers.ts';
import { Dependents } from './dependents.ts';

type Measure = Aggregate['measures'][number];

interface CountedGroup extends Grouping {
  readonly records: Map<string, AnyRecord>;
  readonly tallies: readonly Tally[];
}

/** Counts and figures of all records at hand by group, the same as `groupRecords` gives, kept up with changes. */
export class GroupView {
  readonly modules: readonly string[];
  readonly #plan: Plan;
  readonly #aggregate: Aggregate;
  readonly #rows: readonly Bucket[];
  readonly #shown: RecordMap;
  readonly #timeZone: string;
  readonly #dependents: Dependents;
  readonly #groups = new Map<string, CountedGroup>();
  /** The group in which each record was counted. */
  readonly #counted = new Map<string, CountedGroup>();

  // oxlint-disable-next-line max-params
  constructor(plan: Plan, aggregate: Aggregate, shown: RecordMap, timeZone: string) {
    this.#plan = plan;
    this.#aggregate = aggregate;
    this.#rows = (aggregate.rows ?? []).map(bucketOf);
    this.#shown = shown;
    this.#timeZone = timeZone;
    this.#dependents = new Dependents(plan, shown.registry);
    this.modules = this.#dependents.modules;
    for (const record of shown.all(plan.module.key)) this.#count(record);
  }

  apply(changes: Changes): void {
    for (const id of this.#dependents.of(changes, this.#shown).keys()) {
      this.#uncount(id);
      const record = this.#shown.getAny(this.#plan.module.key, id);
      if (record) this.#count(record);
    }
  }

  get groups(): readonly Group[] {
    const groups = [...this.#groups.values()];
    if (this.#rows.length === 0 && groups.length === 0) groups.push(this.#group({ name: '', keys: [], shown: [] }));
    return orderGroups(this.#plan.module, groups, this.#aggregate).map(({ shown, tallies, records }) => ({
      keys: shown,
      values: tallies.map((tally) => tally.figure(records)),
    }));
  }

  #group(grouping: Grouping): CountedGroup {
    const tallies = this.#aggregate.measures.map((measure) => new Tally(this.#plan.module, measure));
    return { ...grouping, records: new Map(), tallies };
  }

  #count(record: AnyRecord): void {
    const { module, filter } = this.#plan;
    if (!matches(module, record, filter, this.#shown)) return;
    const grouping = groupingOf(module, this.#rows, record, this.#timeZone);
    const group = this.#groups.get(grouping.name) ?? this.#group(grouping);
    this.#groups.set(grouping.name, group);
    this.#counted.set(record.id, group);
    group.records.set(record.id, record);
    for (const tally of group.tallies) tally.add(record);
  }

  #uncount(id: string): void {
    const group = this.#counted.get(id);
    if (!group) return;
    const record = group.records.get(id)!;
    this.#counted.delete(id);
    group.records.delete(id);
    for (const tally of group.tallies) tally.remove(record);
    if (group.records.size === 0) this.#groups.delete(group.name);
  }
}

/** One figure of one group, of which only the least and the greatest may have to be looked for again. */
class Tally {
  readonly #module: Module;
  readonly #measure: Measure;
  #count = 0;
  #sum: Decimal = zero;
  /** The least or the greatest; undefined where it has to be looked for. */
  #outermost: SortKey | undefined;

  constructor(module: Module, measure: Measure) {
    this.#module = module;
    this.#measure = measure.field === undefined ? { fn: 'count' } : measure;
  }

  add(record: AnyRecord): void {
    const key = this.#key(record);
    if (key === null) return;
    const { fn, field } = this.#measure;
    this.#count++;
    if (fn === 'sum' || fn === 'average') this.#sum = add(this.#sum, toDecimal(String(key)));
    if (fn !== 'min' && fn !== 'max') return;
    if (this.#count === 1) this.#outermost = key;
    else if (this.#outermost !== undefined)
      this.#outermost = outermost(this.#module.fields[field!]!, fn, [this.#outermost, key]);
  }

  remove(record: AnyRecord): void {
    const key = this.#key(record);
    if (key === null) return;
    this.#count--;
    const { fn } = this.#measure;
    if (fn === 'sum' || fn === 'average') this.#sum = add(this.#sum, negate(toDecimal(String(key))));
    if (key === this.#outermost) this.#outermost = undefined;
  }

  figure(records: ReadonlyMap<string, AnyRecord>): Group['values'][number] {
    const { fn, field } = this.#measure;
    if (fn === 'count') return this.#count;
    if (this.#count === 0) return null;
    if (fn === 'sum') return sumFigure(this.#sum);
    if (fn === 'average') return averageFigure(this.#sum, this.#count);
    this.#outermost ??= outermost(
      this.#module.fields[field!]!,
      fn,
      Array.from(records.values(), (record) => this.#key(record)).filter((key) => key !== null),
    );
    return this.#outermost as string | number;
  }

  /** Every record has one where none is asked for. */
  #key(record: AnyRecord): SortKey {
    const { field } = this.#measure;
    return field === undefined ? true : sortKey(this.#module.fields[field]!, record[field]);
  }
}
