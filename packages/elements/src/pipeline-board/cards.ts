import { noChange } from 'lit';
import { Directive, directive, type DirectiveResult, type ElementPart } from 'lit/directive.js';
import type { BoardController } from './board-controller.ts';
import type { Column } from './board.ts';
import { Card, type Text } from './card.ts';
import type { Row } from './column-window.ts';

/**
 * Fills a list with the cards of a column that are in sight, in their order, and makes it as high as if all were there;
 * no other content may be inside.
 */
class Cards extends Directive {
  readonly #cards = new Map<number, Card>();

  render(_board: BoardController, _column: Column, _isPrinting: boolean): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [board, column, isPrinting]: Parameters<this['render']>): unknown {
    const { element, keys } = board;
    const rows = rowsOf(board, column, isPrinting);
    const stop = keys.stop(column, rows);
    const text: Text = (key) => element.text(key);
    const list = part.element as HTMLElement;
    list.style.blockSize = `calc(${column.deals.length} * var(--_pitch))`;
    this.#takeOut(rows);
    let next = list.firstElementChild;
    for (const { row, slot, deal } of rows) {
      const card = this.#card(slot);
      card.show(
        {
          facts: board.facts(deal),
          owner: board.owners.of(deal),
          id: deal.id,
          key: column.key,
          row,
          setSize: column.isComplete ? column.deals.length : -1,
          isLifted: board.isLifted(deal),
          isPending: board.isPending(deal),
          isReadonly: element.readonly,
        },
        deal.id === stop,
        text,
      );
      if (card.element === next) next = next.nextElementSibling;
      else list.insertBefore(card.element, next);
    }
    return noChange;
  }

  #card(slot: number): Card {
    let card = this.#cards.get(slot);
    if (!card) this.#cards.set(slot, (card = new Card()));
    return card;
  }

  /** Cards that go, and those that will show another deal and stand elsewhere: the others then need not move. */
  #takeOut(rows: readonly Row[]): void {
    const deals = new Map(rows.map(({ slot, deal }) => [slot, deal.id]));
    for (const [slot, card] of this.#cards) {
      if (deals.get(slot) === card.id) continue;
      card.element.remove();
      if (!deals.has(slot)) this.#cards.delete(slot);
    }
  }
}

const rowsOf = ({ windows, keys }: BoardController, column: Column, isPrinting: boolean): readonly Row[] =>
  isPrinting
    ? column.deals.map((deal, row) => ({ row, slot: row, deal }))
    : windows.of(column.key).rows(column.deals, windows.pitch, keys.pinned(column));

/** `<ul ${cards(board, column, isPrinting)}></ul>`: one `li` for each card in sight. */
export const cards: (board: BoardController, column: Column, isPrinting: boolean) => DirectiveResult = directive(Cards);
