import type { CrmError } from '../errors.ts';
import type { SettledConflict } from '../rules/conflicts.ts';

/** A record that a mutation wrote. */
export interface Written {
  readonly module: string;
  readonly id: string;
  readonly version: number;
}

/** What came of a mutation. */
export type Counted =
  | {
      readonly ok: true;
      readonly mid: number;
      /** Undefined when nobody remembers. */
      readonly touched?: readonly Written[];
      readonly conflicts?: readonly SettledConflict[];
    }
  | { readonly ok: false; readonly mid: number; readonly error: CrmError };

interface Client {
  last: number;
  readonly outcomes: Map<number, Counted>;
}

/** The clients of a memory store: how far each was counted, and what came of what it has not heard of yet. */
export class MemoryClients {
  readonly #clients = new Map<string, Client>();

  /** The last mutation that was counted; 0 without any. */
  last(client: string): number {
    return this.#clients.get(client)?.last ?? 0;
  }

  /** R10: null when it is the mutation's turn; else what came of it before, or that there is a gap. */
  turnOf(client: string, mid: number): Counted | 'gap' | null {
    const last = this.last(client);
    if (mid > last + 1) return 'gap';
    if (mid === last + 1) return null;
    return this.#clients.get(client)?.outcomes.get(mid) ?? { ok: true, mid };
  }

  /** Counts a mutation whose turn it is. @param heard - Up to here nobody will ask again. */
  count(client: string, outcome: Counted, heard: number): Counted {
    const known = this.#clients.get(client) ?? { last: 0, outcomes: new Map<number, Counted>() };
    known.last = outcome.mid;
    for (const mid of known.outcomes.keys()) if (mid <= heard) known.outcomes.delete(mid);
    known.outcomes.set(outcome.mid, outcome);
    this.#clients.set(client, known);
    return outcome;
  }

  /** As a server that came back from an older backup. */
  clear(): void {
    this.#clients.clear();
  }
}
