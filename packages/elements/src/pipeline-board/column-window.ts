import { Slots } from '../windowing/slots.ts';
import { anchoredOffset, offsetShowing, visibleRange } from '../windowing/window.ts';
import type { Deal } from './board.ts';

/** A card on screen. */
export interface Row {
  readonly row: number;
  /** Which of the column's card elements shows it. */
  readonly slot: number;
  readonly deal: Deal;
}

/** Which cards of a column are in the document: those in sight, a few around them, and the one with the focus. */
export class ColumnWindow {
  /** How far the column is scrolled and how much of it is in sight, px. */
  offset = 0;
  extent: number;
  readonly #slots = new Slots();
  #deals: readonly Deal[] = [];
  #wanted: number | undefined;

  constructor(extent: number) {
    this.extent = extent;
  }

  /**
   * @param pitch - From card to card, px.
   * @param pinned - A row that is rendered wherever it is, because it has the focus.
   */
  rows(deals: readonly Deal[], pitch: number, pinned = -1): readonly Row[] {
    this.#follow(deals, pitch);
    const { offset, extent } = this;
    // Until somebody scrolls, one card below is enough to begin with
    const { first, end } = visibleRange({ count: deals.length, pitch, offset, extent }, offset > 0 ? 2 : 1);
    const shown = Array.from({ length: end - first }, (_, index) => first + index);
    if (pinned >= 0 && pinned < first) shown.unshift(pinned);
    if (pinned >= end) shown.push(pinned);
    const slots = this.#slots.assign(shown.map((row) => deals[row]!.id));
    return shown.map((row, index) => ({ row, slot: slots[index]!, deal: deals[row]! }));
  }

  /** Whether the last rows are near: time to ask for more. */
  isNearEnd(pitch: number): boolean {
    return this.offset + this.extent * 2 >= this.#deals.length * pitch;
  }

  /** Scrolls so far that a row is in sight. @returns Whether it was. */
  show(row: number, pitch: number): boolean {
    const offset = offsetShowing(row, { count: this.#deals.length, pitch, offset: this.offset, extent: this.extent });
    if (offset === this.offset) return true;
    this.#wanted = this.offset = offset;
    return false;
  }

  /** After rendering: puts the scroller where cards stay in place. */
  settle(scroller: Element): void {
    if (this.#wanted !== undefined) scroller.scrollTop = this.#wanted;
    this.#wanted = undefined;
  }

  #follow(deals: readonly Deal[], pitch: number): void {
    if (deals === this.#deals) return;
    const offset = anchoredOffset(this.#deals, deals, { pitch, offset: this.offset, extent: this.extent });
    if (offset !== this.offset) this.#wanted = this.offset = offset;
    this.#deals = deals;
  }
}
