import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { project, showRecords } from '@tessera-crm/model/query/run.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { Changes } from '../watchers.ts';
import type { Row } from './sorted-list.ts';

/** A page that is kept up with changes. */
export interface View {
  /** The modules whose changes concern it. */
  readonly modules: readonly string[];
  apply(changes: Changes): void;
  /** The same object as long as it shows the same. */
  readonly page: Page<AnyRecord>;
}

/** Makes the pages of a view: what is shown as before is the same object as before. */
export class Showing {
  readonly #plan: Plan;
  readonly #shown: RecordMap;
  readonly #projected = new WeakMap<AnyRecord, AnyRecord>();
  #last: Page<AnyRecord> | undefined;

  constructor(plan: Plan, shown: RecordMap) {
    this.#plan = plan;
    this.#shown = shown;
  }

  page(rows: readonly Row[], rest: Pick<Page, 'next' | 'count'>): Page<AnyRecord> {
    const chosen = rows.map(({ record }) => record);
    const page = { ...showRecords(this.#plan, chosen, this.#shown, this.#project), ...rest };
    if (!this.#last || !isSamePage(this.#last, page, this.#plan.fields ? same : Object.is)) this.#last = page;
    return this.#last;
  }

  readonly #project: typeof project = (record, fields) => {
    if (fields === null) return record;
    let projected = this.#projected.get(record);
    if (!projected) this.#projected.set(record, (projected = project(record, fields)));
    return projected;
  };
}

type Records = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether two pages show the same. Whole records are never changed, only replaced; parts of them are made here. */
const isSamePage = (a: Page<AnyRecord>, b: Page<AnyRecord>, isSameRecord: typeof same): boolean =>
  a.next === b.next &&
  a.count === b.count &&
  a.records.length === b.records.length &&
  a.records.every((record, index) => isSameRecord(record, b.records[index]!)) &&
  isSameIncluded((a.included ?? {}) as Records, (b.included ?? {}) as Records);

const isSameIncluded = (a: Records, b: Records): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(b).every(
    ([module, records]) =>
      Object.keys(a[module] ?? {}).length === Object.keys(records).length &&
      Object.entries(records).every(([id, record]) => a[module]?.[id] === record),
  );
