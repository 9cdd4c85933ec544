import type { CrmElement } from '../frame/element.ts';
import { scrollAtEdge } from '../drag/auto-scroll.ts';
import { boxAt, boxOf, type Box, type Point } from '../drag/geometry.ts';
import { Ghost } from '../drag/ghost.ts';
import { PointerDrag, type Drag, type DragPlan } from '../drag/pointer-drag.ts';
import type { Deal } from './board.ts';
import { cardOf } from './board-keys.ts';

/** What dragging needs of the board. */
export interface DragHost {
  readonly element: CrmElement;
  mayMove(deal: Deal): boolean;
  dealOf(key: string, id: string): Deal | undefined;
  /** Shows that a deal is in the person's hand; null that none is. */
  lift(deal: Deal | null): void;
  /** Marks where the deal would go; null ends it. */
  target(deal: Deal, key: string | null): void;
  move(deal: Deal, from: string, to: string): void;
}

interface Lifted {
  readonly deal: Deal;
  readonly from: string;
  readonly card: HTMLElement;
}

/** How far beside a column a card may be dropped, px. */
const reach = 48;

/** Carries a card by the pointer: nothing is rendered meanwhile but the card's picture and the mark of its target. */
export class BoardDrag implements DragPlan<Lifted> {
  readonly #host: DragHost;
  readonly #drag = new PointerDrag<Lifted>(this);
  #ghost: Ghost | undefined;
  #columns: readonly HTMLElement[] = [];
  #boxes: readonly Box[] = [];
  #board: HTMLElement | undefined;
  #boardBox: Box | undefined;
  /** Which column is under the pointer. */
  #at = -1;
  #scroller: Element | null = null;

  constructor(host: DragHost) {
    this.#host = host;
  }

  readonly press = (event: PointerEvent): void => this.#drag.press(event);

  cancelAll(): void {
    this.#drag.cancel();
  }

  take(event: PointerEvent): Lifted | undefined {
    const card = cardOf(event);
    if (!card || (event.target as Element).closest('.card-menu')) return undefined;
    const { key = '', id = '' } = card.dataset;
    const deal = this.#host.dealOf(key, id);
    return deal && this.#host.mayMove(deal) ? { deal, from: key, card } : undefined;
  }

  start({ item, from }: Drag<Lifted>): void {
    const root = this.#host.element.renderRoot;
    this.#board = root.querySelector<HTMLElement>('.columns')!;
    this.#columns = [...root.querySelectorAll<HTMLElement>('.column')];
    this.#measure();
    this.#ghost = new Ghost(item.card, from, root.querySelector<HTMLElement>('.layer')!);
    this.#board.parentElement!.toggleAttribute('data-dragging', true);
    this.#host.lift(item.deal);
  }

  move({ item, at }: Drag<Lifted>): boolean {
    this.#ghost!.moveTo(at);
    const index = boxAt(this.#boxes, at, reach);
    if (index !== this.#at) {
      this.#at = index;
      this.#scroller = this.#columns[index]?.querySelector('.scroller') ?? null;
      const over = this.#over;
      this.#host.target(item.deal, over === item.from ? null : over);
    }
    return this.#scroll(at);
  }

  drop(drag: Drag<Lifted>): void {
    const over = this.#over;
    this.#clear(drag);
    const { deal, from } = drag.item;
    if (over !== null && over !== from) this.#host.move(deal, from, over);
  }

  cancel(drag: Drag<Lifted>): void {
    this.#clear(drag);
  }

  /** The key of the column under the pointer. */
  get #over(): string | null {
    return this.#columns[this.#at]?.dataset['key'] ?? null;
  }

  #clear({ item }: Drag<Lifted>): void {
    this.#ghost?.remove();
    this.#board?.parentElement?.removeAttribute('data-dragging');
    this.#ghost = this.#board = undefined;
    this.#at = -1;
    this.#scroller = null;
    this.#columns = this.#boxes = [];
    this.#host.target(item.deal, null);
    this.#host.lift(null);
  }

  /** The board moves sideways at its edges, the column under the pointer up and down. */
  #scroll(at: Point): boolean {
    const isMoved = scrollAtEdge(this.#board!, 'x', this.#boardBox!, at);
    if (isMoved) this.#measure();
    return (this.#scroller !== null && scrollAtEdge(this.#scroller, 'y', this.#boardBox!, at)) || isMoved;
  }

  /** Rectangles are read once, and again only when the board scrolled under the pointer. */
  #measure(): void {
    this.#boardBox = boxOf(this.#board!);
    this.#boxes = this.#columns.map(boxOf);
  }
}
