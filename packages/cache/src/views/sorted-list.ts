import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { comparePositions, positionOf } from '@tessera-crm/model/query/order.js';
import type { Position, Sort } from '@tessera-crm/model/query/plan.js';

export interface Row {
  readonly record: AnyRecord;
  readonly position: Position;
}

/** Records in the order of a sort; each is found by halves, because where it stands is remembered. */
export class SortedList {
  readonly #place: (record: AnyRecord) => Position;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #byId = new Map<string, Row>();
  #rows: Row[] = [];

  constructor(module: Module, sort: readonly Sort[]) {
    this.#place = (record) => positionOf(module, sort, record);
    this.#compare = comparePositions(module, sort);
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Holds these and no others from now on. */
  fill(records: Iterable<AnyRecord>): void {
    this.#rows = Array.from(records, (record) => ({ record, position: this.#place(record) }));
    this.#rows.sort((a, b) => this.#compare(a.position, b.position));
    this.#byId.clear();
    for (const row of this.#rows) this.#byId.set(row.record.id, row);
  }

  put(record: AnyRecord): void {
    const before = this.#byId.get(record.id);
    if (before?.record === record) return;
    const row = { record, position: this.#place(record) };
    this.#byId.set(record.id, row);
    if (before && this.#compare(before.position, row.position) === 0) {
      this.#rows[this.#from(before.position)] = row;
      return;
    }
    if (before) this.#rows.splice(this.#from(before.position), 1);
    this.#rows.splice(this.#from(row.position), 0, row);
  }

  remove(id: string): void {
    const row = this.#byId.get(id);
    if (!row) return;
    this.#rows.splice(this.#from(row.position), 1);
    this.#byId.delete(id);
  }

  /** How many stand before a position, or at it. */
  upTo(position: Position): number {
    const place = this.#from(position);
    const there = this.#rows[place];
    return there && this.#compare(there.position, position) === 0 ? place + 1 : place;
  }

  /** The place of a position: all before it are less. */
  #from(position: Position): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#rows[middle]!.position, position) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
