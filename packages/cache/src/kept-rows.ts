import { unread, type Held } from '@tessera-crm/model/protocol/sync/client.js';
import type { Kept } from './storage.ts';

/** Records in memory as they were told, by module. */
export class KeptRows {
  readonly #modules = new Map<string, Map<string, Kept>>();
  #last: Held = unread;

  get isEmpty(): boolean {
    return this.#modules.size === 0;
  }

  get(module: string, id: string): Kept | undefined {
    return this.#modules.get(module)?.get(id);
  }

  of(module: string): readonly Kept[] {
    return [...(this.#modules.get(module)?.values() ?? [])];
  }

  all(): readonly Kept[] {
    return [...this.#modules.keys()].flatMap((module) => this.of(module));
  }

  /** @returns The row as it lies here. */
  put(row: Kept): Kept {
    let rows = this.#modules.get(row.module);
    if (!rows) this.#modules.set(row.module, (rows = new Map()));
    const put = { ...row, held: this.#shared(row.held) };
    rows.set(row.id, put);
    return put;
  }

  clear(): void {
    this.#modules.clear();
  }

  /** Rows that come together have the same as a rule: one object for all of them. */
  #shared(held: Held): Held {
    const last = this.#last;
    const { version, asOf, aclSeq, isGone = false } = held;
    const isSame = last.version === version && last.asOf === asOf && last.aclSeq === aclSeq;
    return isSame && (last.isGone ?? false) === isGone ? last : (this.#last = held);
  }
}
