import type { Change } from '@tessera-crm/model/change.js';
import type { Money } from '@tessera-crm/model/kinds/money.js';

/** Something that only one change writes, at one place. */
export interface Mark {
  readonly text: string;
  readonly module: string;
  /** Undefined where the server makes the record. */
  readonly id: string | undefined;
  readonly field: string;
}

/** What somebody saw of a field that nobody may overwrite without having seen it. */
export interface Seen {
  readonly mark: string;
  readonly value: unknown;
}

/**
 * One mutation: who made it, and how to know it again on the server. `kept`: the cache said that it is safe.
 * `thrown`: it said that it is not; whether it was carried out is then known to nobody.
 */
export interface Deed {
  readonly n: number;
  readonly device: string;
  readonly tab: string;
  readonly marks: readonly Mark[];
  readonly seen: readonly Seen[];
  /** Marks that it takes out of a set again. */
  readonly removed: readonly string[];
  /** Records that it deletes. */
  readonly deleted: readonly string[];
  readonly changes: readonly Change[];
  readonly fate: 'begun' | 'kept' | 'thrown';
}

/** Cents by which an amount is known to be a mark. */
const cents = '11';

const patterns = [/k(\d+)q/g, new RegExp(`"amount":"(\\d+)\\.${cents}"`, 'g')];

/** The marks in a value of any kind. */
export const marksIn = (value: unknown): ReadonlySet<string> => {
  const text = JSON.stringify(value ?? null);
  return new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, n]) => `k${n}q`)));
};

/** A deed that is being planned. */
export class Plan {
  readonly #next: () => number;
  readonly n: number;
  readonly marks: Mark[] = [];
  readonly seen: Seen[] = [];
  readonly removed: string[] = [];
  readonly deleted: string[] = [];

  constructor(next: () => number) {
    this.#next = next;
    this.n = next();
  }

  /** A text that is to be written there and nowhere else. */
  mark(module: string, id: string | undefined, field: string): string {
    const text = `k${this.#next()}q`;
    this.marks.push({ text, module, id, field });
    return text;
  }

  /** An amount likewise. @param seen - The one that is shown, where nothing of one's own waits to change it. */
  amount(module: string, id: string, seen?: { readonly value: unknown }): Money {
    const mark = this.mark(module, id, 'amount');
    if (seen) this.seen.push({ mark, value: seen.value });
    return { amount: `${mark.slice(1, -1)}.${cents}`, currency: 'EUR' };
  }
}

/** Everything that anybody did, in the order in which they did it. */
export class Ledger {
  readonly deeds: Deed[] = [];
  #count = 100;

  plan(): Plan {
    return new Plan(() => this.#count++);
  }

  begin(plan: Plan, by: Pick<Deed, 'device' | 'tab' | 'changes'>): number {
    const { n, marks, seen, removed, deleted } = plan;
    return this.deeds.push({ n, ...by, marks, seen, removed, deleted, fate: 'begun' }) - 1;
  }

  end(place: number, fate: Deed['fate']): void {
    this.deeds[place] = { ...this.deeds[place]!, fate };
  }
}
