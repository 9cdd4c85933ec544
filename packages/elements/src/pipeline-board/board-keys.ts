import type { CrmElement } from '../frame/element.ts';
import { indexOfId, type Column, type Deal } from './board.ts';
import { showStop } from './card.ts';
import type { ColumnWindows } from './column-windows.ts';
import { logicalKey, placeAfter, type Place } from './keys.ts';

/** What the keyboard needs of the board. */
export interface KeysHost {
  readonly columns: readonly Column[];
  readonly windows: ColumnWindows;
  readonly element: CrmElement;
  dealOf(key: string, id: string): Deal | undefined;
  /** Whether a deal may be picked up. */
  mayMove(deal: Deal): boolean;
  openMenu(deal: Deal, key: string): void;
  /** Marks where a held deal would go; null ends it. */
  target(deal: Deal, key: string | null): void;
  say(key: 'held' | 'over' | 'returned', deal: Deal, column: Column): void;
  move(deal: Deal, from: string, to: string): void;
}

interface Held {
  readonly deal: Deal;
  readonly from: string;
  readonly to: string;
}

/** The keyboard's way through the board: one tab stop per column, arrows between cards, Space to pick up and drop. */
export class BoardKeys {
  readonly #host: KeysHost;
  /** The card of each column that has the tab stop. */
  readonly #stops = new Map<string, string>();
  #focused: { readonly id: string; readonly place: Place } | undefined;
  /** Where the focused deal is in the columns that are being rendered. */
  #at: Place | undefined;
  #held: Held | undefined;
  #isRendering = false;

  constructor(host: KeysHost) {
    this.#host = host;
  }

  get held(): Held | undefined {
    return this.#held;
  }

  /** The row of a column that must stay in the document, because it has the focus. */
  pinned(column: Column): number | undefined {
    return this.#at && this.#host.columns[this.#at.column] === column ? this.#at.row : undefined;
  }

  /** Which of the rendered cards of a column Tab goes to. */
  stop({ key }: Column, rendered: readonly { readonly deal: Deal }[]): string | undefined {
    const id = this.#stops.get(key);
    return rendered.some(({ deal }) => deal.id === id) ? id : rendered[0]?.deal.id;
  }

  readonly focusIn = (event: FocusEvent): void => {
    const card = cardOf(event);
    if (!card) return;
    const { id = '', key = '', row } = card.dataset;
    const column = this.#host.columns.findIndex((one) => one.key === key);
    this.#focused = { id, place: { column, row: Number(row) } };
    if (this.#stops.get(key) !== id) this.#setStop(key, id);
  };

  readonly focusOut = (): void => {
    // A card that is put elsewhere in the document loses the focus, which is no wish of the person
    if (this.#isRendering) return;
    this.#focused = undefined;
    if (this.#held) this.#drop(false);
  };

  readonly press = (event: KeyboardEvent): void => {
    const card = cardOf(event);
    const { key: from = '', id = '' } = card?.dataset ?? {};
    const deal = this.#host.dealOf(from, id);
    if (!card || !deal || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = logicalKey(event.key, this.#host.element.direction);
    const isOnMenu = (event.target as Element).matches('.card-menu');
    const isDone = this.#held ? this.#pressHeld(key) : !isOnMenu && this.#pressCard(key, deal, card);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  };

  beforeRender(): void {
    this.#isRendering = true;
    const was = this.#focused;
    this.#at = was && this.#placeOf(was.id, was.place);
    if (!was) return;
    if (this.#at?.column === was.place.column) this.#focused = { id: was.id, place: this.#at };
    // A card that is taken away while it has the focus has the board laid out halfway
    else if (this.#root.activeElement?.closest('.card')) this.#blur();
  }

  /** Gives the focus back to the deal that had it, or to the card in its place when it is no longer there. */
  afterRender(): void {
    this.#isRendering = false;
    const was = this.#focused;
    if (!was || this.#root.activeElement) return;
    const { columns } = this.#host;
    const now = columns[this.#at?.column ?? -1];
    const column = now?.isFolded ? undefined : now;
    const place = columns[was.place.column];
    const neighbour = place?.isFolded ? undefined : place?.deals[Math.min(was.place.row, place.deals.length - 1)];
    if (column === place && column) this.#cardElement(column.key, was.id)?.focus({ preventScroll: true });
    else if (column) this.focus(column, was.id);
    else if (place && neighbour) this.focus(place, neighbour.id);
    else this.#focused = undefined;
  }

  /** Lets a deal have the focus as soon as nothing else has it. */
  claim(id: string): void {
    this.#focused = { id, place: this.#placeOf(id) ?? { column: 0, row: 0 } };
  }

  /** Brings a card into sight and gives it the focus. */
  focus(column: Column, id: string): void {
    const { windows } = this.#host;
    const row = indexOfId(column.deals, id);
    if (row < 0 || column.isFolded) return;
    const isInSight = windows.of(column.key).show(row, windows.pitch);
    const element = this.#cardElement(column.key, id);
    if (element) element.focus({ preventScroll: true });
    // Not in the document yet: pinned by now, rendered next, focused after that
    else this.#blur();
    this.#focused = { id, place: { column: this.#host.columns.indexOf(column), row } };
    this.#stops.set(column.key, id);
    if (!element || !isInSight) this.#host.element.requestUpdate();
  }

  #pressCard(key: string, deal: Deal, card: HTMLElement): boolean {
    const from = card.dataset['key']!;
    if (key === ' ' && this.#host.mayMove(deal)) return this.#pickUp(deal, from);
    if ((key === 'm' || key === 'M' || key === 'ContextMenu') && this.#host.mayMove(deal)) {
      this.#host.openMenu(deal, from);
      return true;
    }
    if (key === 'Enter' || key === ' ') return this.#click(card);
    const columns = this.#host.columns;
    const { windows } = this.#host;
    const at = columns.findIndex((column) => column.key === from);
    const counts = columns.map(({ isFolded, deals }) => (isFolded ? 0 : deals.length));
    const page = Math.max(1, Math.floor(windows.of(from).extent / windows.pitch) - 1);
    const to = placeAfter(key, { column: at, row: Number(card.dataset['row']) }, counts, page);
    const column = to && columns[to.column];
    const id = column?.deals[to!.row]?.id;
    if (!column || id === undefined) return false;
    this.focus(column, id);
    return true;
  }

  /** Enter opens a link by itself; what only looks like one is pressed here. */
  #click(card: HTMLElement): boolean {
    const opener = card.querySelector<HTMLElement>('.card-open')!;
    if (opener.hasAttribute('href')) return false;
    opener.click();
    return true;
  }

  #pressHeld(key: string): boolean {
    if (key === ' ' || key === 'Enter') this.#drop(true);
    else if (key === 'Escape' || key === 'Tab') this.#drop(false);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#carry(key === 'ArrowRight' ? 1 : -1);
    return key !== 'Tab';
  }

  #pickUp(deal: Deal, from: string): boolean {
    this.#held = { deal, from, to: from };
    this.#host.say('held', deal, this.#column(from));
    this.#host.element.requestUpdate();
    return true;
  }

  #carry(step: 1 | -1): void {
    const { deal, from, to } = this.#held!;
    // What has no stage is a place to come from, not one to go to
    const columns = this.#host.columns.filter(({ stage, key }) => stage !== null || key === from);
    const at = columns.findIndex(({ key }) => key === to);
    const next = columns[Math.min(Math.max(at + step, 0), columns.length - 1)]!;
    this.#held = { deal, from, to: next.key };
    this.#host.target(deal, next.key === from ? null : next.key);
    this.#host.say('over', deal, next);
  }

  #drop(isMeant: boolean): void {
    const { deal, from, to } = this.#held!;
    this.#held = undefined;
    this.#host.target(deal, null);
    if (isMeant && to !== from) this.#host.move(deal, from, to);
    else this.#host.say('returned', deal, this.#column(from));
    this.#host.element.requestUpdate();
  }

  get #root(): ShadowRoot {
    return this.#host.element.renderRoot as ShadowRoot;
  }

  /** At once, without rendering the board for each press of a mouse. */
  #setStop(key: string, id: string): void {
    this.#stops.set(key, id);
    for (const card of this.#root.querySelectorAll<HTMLElement>(`.card[data-key="${CSS.escape(key)}"]`))
      showStop(card.querySelectorAll<HTMLElement>('.card-open, .card-menu'), card.dataset['id'] === id);
  }

  /** @param was - Where it was when it was last seen, which is where it mostly is. */
  #placeOf(id: string, was?: Place): Place | undefined {
    const { columns } = this.#host;
    if (was && columns[was.column]?.deals[was.row]?.id === id) return was;
    for (const [column, { deals }] of columns.entries()) {
      const row = indexOfId(deals, id);
      if (row >= 0) return { column, row };
    }
    return undefined;
  }

  #blur(): void {
    (this.#root.activeElement as HTMLElement | null)?.blur();
  }

  #column(key: string): Column {
    return this.#host.columns.find((column) => column.key === key)!;
  }

  #cardElement(key: string, id: string): HTMLElement | null {
    return this.#root.querySelector(`.card[data-key="${CSS.escape(key)}"][data-id="${CSS.escape(id)}"] .card-open`);
  }
}

/** The card an event happened in. */
export const cardOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('.card') : null;
