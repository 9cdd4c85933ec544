import { isStalled } from '@tessera-crm/model/rules/deal-age.js';
import { todayIn } from '@tessera-crm/model/rules/periods-zoned.js';
import type { BoardData, BoardElement } from './board-data.ts';
import { isSameList, type Deal } from './board.ts';
import { factsOf, type CardFacts, type FactsContext } from './card-facts.ts';

const day = 86_400_000;

/** What cards say, worked out once per deal until something it depends on changes. */
export class BoardFacts {
  readonly #element: BoardElement;
  readonly #data: BoardData;
  #facts = new WeakMap<Deal, CardFacts>();
  #depends: readonly unknown[] = [];
  #context: FactsContext | undefined;

  constructor(element: BoardElement, data: BoardData) {
    this.#element = element;
    this.#data = data;
  }

  of(deal: Deal): CardFacts {
    let facts = this.#facts.get(deal);
    // The account is another record: its name may change while the deal stays as it is
    if (facts?.account !== this.#data.accountName(deal)) facts = undefined;
    if (!facts) this.#facts.set(deal, (facts = factsOf(deal, this.#context!)));
    return facts;
  }

  /** Before rendering: looks whether another language, day, pipeline or name makes the facts old. */
  refresh(): void {
    const { locale, timeZone, crm } = this.#element;
    const time = Date.now();
    const today = todayIn(timeZone, time);
    const { pipeline, stages } = this.#data;
    // The words of a language arrive after its name
    const words = this.#element.text('no-amount');
    const depends = [locale, words, timeZone, today, pipeline, stages, crm?.settings.links];
    if (isSameList(depends, this.#depends)) return;
    this.#depends = depends;
    this.#facts = new WeakMap();
    this.#context = {
      locale,
      today,
      accountName: (deal) => this.#data.accountName(deal),
      isStalled: (deal) => this.#isStalled(deal, time),
      hrefOf: (deal) => this.#element.hrefOf('deals', deal.id) ?? null,
      text: (key, facts) => this.#element.text(key, facts),
    };
  }

  #isStalled(deal: Deal, time: number): boolean {
    const { pipeline } = this.#data;
    const stage = this.#data.stage(deal.stage);
    if (!stage || !pipeline) return false;
    // The calendar is asked only where it can make a difference: looking days up takes a while
    const mayBe = (instant: string | null, days: number | null): boolean =>
      instant !== null && days !== null && time - Date.parse(instant) > (days - 1) * day;
    const { stageEnteredAt, lastActivityAt, createdAt } = deal;
    if (!mayBe(stageEnteredAt, stage.maxDays) && !mayBe(lastActivityAt ?? createdAt, pipeline.stallDays)) return false;
    const now = new Date(time).toISOString();
    return isStalled({ deal, stage, pipeline }, { now, timeZone: this.#element.timeZone });
  }
}
