import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Aggregate } from '@tessera-crm/model/query/query.js';
import type { ReactiveController } from 'lit';
import type { BoardData, BoardElement, BoardView } from './board-data.ts';
import { isSameList, strayKey, type Column, type Deal } from './board.ts';
import type { Moves } from './moves.ts';
import { adjusted, totalsOf, totalsOfGroup, type Totals } from './totals.ts';

const measures: Aggregate['measures'] = [
  { fn: 'count' },
  { fn: 'count', field: 'amount' },
  { fn: 'sum', field: 'amount' },
  { fn: 'sum', field: 'weightedAmount' },
];

/** How long changes may pile up before the store is asked for its figures again, ms. */
const patience = 600;

/** Counts and sums of the columns: exact where all deals are here, else the store's, corrected by what is under way. */
export class BoardFigures implements ReactiveController {
  readonly #host: BoardElement;
  readonly #data: BoardData;
  readonly #view: BoardView & { readonly moves: Moves };
  readonly #exact = new WeakMap<readonly Deal[], Totals>();
  #groups: ReadonlyMap<string, Totals> | undefined;
  /** Saved moves that the store's figures contain already. */
  #counted: ReadonlySet<string> = new Set();
  #question: string | undefined;
  #seen: readonly (readonly Deal[])[] = [];
  #timer: number | undefined;
  #asking: AbortController | undefined;

  constructor(host: BoardElement, data: BoardData, view: BoardView & { readonly moves: Moves }) {
    this.#host = host;
    this.#data = data;
    this.#view = view;
    host.addController(this);
  }

  /** Undefined while nobody knows: a folded column whose store does not count. */
  totals({ key, deals, isComplete, isFolded }: Column): Totals | undefined {
    const group = this.#groups ? (this.#groups.get(key) ?? totalsOf([])) : undefined;
    if (isComplete || !group || key === strayKey)
      return isFolded && !group ? undefined : this.#count(deals, !isComplete);
    const moves = [...this.#view.moves.values()].filter(({ deal }) => !this.#counted.has(deal.id));
    const left = moves.filter(({ from, to }) => from === key && to !== key);
    const came = moves.filter(({ from, to }) => to === key && from !== key);
    const totals = adjusted(
      group,
      left.map(({ deal }) => deal),
      came.map(({ deal }) => deal),
    );
    const here = this.#count(deals, true);
    // A store adds amounts of several currencies up as if they were one
    return here.sums.size > 1 ? { ...here, count: totals.count } : totals;
  }

  hostUpdated(): void {
    const { store } = this.#host.source ?? {};
    const { pipeline, stages } = this.#data;
    if (!store || !pipeline || stages.length === 0 || this.#data.state === 'loading') return;
    const question = plainJson([pipeline.id, this.#host.query, this.#view.words]);
    const seen = [...this.#data.deals.values()];
    const isNew = question !== this.#question;
    if (!isNew && isSameList(seen, this.#seen)) return;
    this.#seen = seen;
    this.#question = question;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), isNew ? 0 : patience);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#question = undefined;
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    const { query } = this.#host;
    const { words } = this.#view;
    const pipeline = this.#data.pipeline?.id;
    const where = query ? { all: [{ pipeline }, query] } : { pipeline };
    const saved = [...this.#view.moves.values()].filter(({ phase }) => phase === 'saved');
    try {
      const groups = await this.#host.source!.store.aggregate(
        'deals',
        { where, rows: ['stage'], measures, ...(words !== '' && { search: words }) },
        { signal },
      );
      if (signal.aborted) return;
      this.#groups = new Map(groups.map((group) => [String(group.keys[0]), totalsOfGroup(group, this.#currency)]));
      this.#counted = new Set(saved.map(({ deal }) => deal.id));
    } catch {
      // Without the store's figures the board shows what it counts itself, and says where that is not all
      if (signal.aborted) return;
      this.#groups = undefined;
    }
    this.#host.requestUpdate();
  }

  get #currency(): string {
    const known = this.#data.pipeline?.currency ?? this.#host.crm?.settings.currency;
    if (known) return known;
    for (const deals of this.#data.deals.values()) for (const { amount } of deals) if (amount) return amount.currency;
    return 'EUR';
  }

  #count(deals: readonly Deal[], isPartial: boolean): Totals {
    let totals = this.#exact.get(deals);
    if (!totals) this.#exact.set(deals, (totals = totalsOf(deals)));
    return isPartial ? { ...totals, isPartial } : totals;
  }
}
