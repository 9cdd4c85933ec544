import type { Change } from '../../change.ts';
import { keyOf } from './client.ts';
import { maxPushed } from './limits.ts';
import type { Mutation, Outcome } from './messages.ts';
import { rules as allRules, type Count, type Held, type Rules } from './rules.ts';

/** A mutation of this device that is not through yet. */
export interface Waiting {
  readonly mid: number;
  /** None when it was given up: only its number is still to be passed over. */
  readonly changes: readonly Change[];
  /** What the server changed when it carried it out, by key and version; absent until that is known. */
  readonly touched?: readonly (readonly [key: string, version: number])[];
}

/** What came of a push. Every list names mutations by their `mid`. */
export interface Answered {
  /** Carried out, with what that changed; undefined where the server remembers no more than that. */
  readonly carriedOut: ReadonlyMap<number, Waiting['touched']>;
  readonly refused: ReadonlyMap<number, Extract<Outcome, { ok: false }>['error']>;
  /** Those that need a record which a refused one was to make, with the number of that one; refused ones among them. */
  readonly dependent: ReadonlyMap<number, number>;
  /** The server knows less than it once confirmed, or more than was ever sent: R13. */
  readonly isCountLost: boolean;
}

/** The client's count of its mutations, see SPEC.md: what is sent, and what the answers make of it. Pure. */
export class SyncOutgoing {
  readonly #rules: Rules;

  /** @param rules - Others than the protocol's only to show what each is for. */
  constructor(rules: Rules = allRules) {
    this.#rules = rules;
  }

  /** The oldest mutations that the server has not confirmed: R10. */
  toPush(queue: readonly Waiting[]): readonly Mutation[] {
    return queue
      .filter(({ touched }) => !touched)
      .slice(0, maxPushed)
      .map(({ mid, changes }) => ({ mid, changes: changes as Mutation['changes'] }));
  }

  /** R10 to R13. */
  answered(
    queue: readonly Waiting[],
    { outcomes, last }: { readonly outcomes: readonly Outcome[]; readonly last: number },
    count: Count,
  ): Answered {
    const open = new Set(queue.flatMap(({ mid, touched }) => (touched ? [] : [mid])));
    const known = outcomes.filter(({ mid }) => open.has(mid));
    const refused = new Map(known.flatMap((one) => (one.ok ? [] : [[one.mid, one.error] as const])));
    return {
      carriedOut: new Map(known.flatMap((one) => (one.ok ? [[one.mid, touchedBy(one)] as const] : []))),
      refused,
      dependent: this.#dependentOn(refused, queue),
      isCountLost: this.#rules.isCountLost(last, count),
    };
  }

  /** R11: whether everything that a mutation changed is in the base. */
  isHere(waiting: Waiting, held: (key: string) => Held | undefined): boolean {
    return waiting.touched !== undefined && this.missing(waiting, held).length === 0;
  }

  /** R11: keys of what a mutation changed that is not in the base. */
  missing({ touched = [] }: Waiting, held: (key: string) => Held | undefined): readonly string[] {
    return touched.flatMap(([key, version]) => (this.#rules.isHere(version, held(key)) ? [] : [key]));
  }

  /** Also those that need what such a one was to make, and refused ones whose true reason is an earlier refusal. */
  #dependentOn(refused: ReadonlyMap<number, unknown>, queue: readonly Waiting[]): ReadonlyMap<number, number> {
    const missing = new Map<string, number>();
    const dependent = new Map<number, number>();
    if (refused.size === 0) return dependent;
    for (const { mid, changes, touched } of queue.toSorted((a, b) => a.mid - b.mid)) {
      const cause = touched ? undefined : this.#causeIn(changes, missing);
      if (cause !== undefined) dependent.set(mid, cause);
      if (cause === undefined && !refused.has(mid)) continue;
      for (const change of changes) if (change.op === 'create') missing.set(change.id, cause ?? mid);
    }
    return dependent;
  }

  #causeIn(changes: readonly Change[], missing: ReadonlyMap<string, number>): number | undefined {
    for (const change of changes) {
      const given = 'values' in change ? change.values : 'args' in change ? change.args : {};
      for (const named of [change.id, ...stringsIn(given)])
        if (this.#rules.needs(named, missing)) return missing.get(named);
    }
    return undefined;
  }
}

const touchedBy = ({ touched }: Extract<Outcome, { ok: true }>): Waiting['touched'] =>
  touched?.map(({ module, id, version }) => [keyOf(module, id), version] as const);

/** Ids are found wherever they stand: in links, lists of links, lines. */
function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}
