import { html, nothing, render, type TemplateResult } from 'lit';
import { iconClock, iconHourglass } from '../icons.ts';
import type { CardFacts } from './card-facts.ts';
import type { OwnerName } from './owner-names.ts';

/** All that a card shows. */
export interface CardState {
  readonly facts: CardFacts;
  readonly owner: OwnerName | undefined;
  readonly id: string;
  /** The column's. */
  readonly key: string;
  readonly row: number;
  /** How many cards the column has; −1 where nobody knows. */
  readonly setSize: number;
  readonly isLifted: boolean;
  readonly isPending: boolean;
  readonly isReadonly: boolean;
}

/** A sentence of the board. */
export type Text = (key: string) => string;

/**
 * One deal. Read out it is a single link that says everything; the eye gets the same in four lines.
 *
 * A board makes dozens of cards before anything is to be seen and fills hundreds while somebody scrolls. They are
 * therefore copied from one original and written to by hand, each part only when what it shows has changed.
 */
export class Card {
  readonly element = original().cloneNode(true) as HTMLElement;
  readonly #open = this.#part<HTMLAnchorElement>('card-open');
  readonly #account = this.#part('card-account');
  readonly #share = this.#part('card-share');
  readonly #next = this.#part('card-next');
  readonly #foot = this.#part('card-foot');
  readonly #amount = this.#part('card-amount');
  readonly #date = this.#part<HTMLTimeElement>('card-date');
  readonly #avatar = this.#part('avatar');
  readonly #menu = this.#part<HTMLButtonElement>('card-menu');
  #shown: CardState | undefined;
  #hasMarks = false;

  /** The deal it shows. */
  get id(): string | undefined {
    return this.#shown?.id;
  }

  /** @param isStop - Whether Tab goes to it. */
  show(state: CardState, isStop: boolean, text: Text): void {
    const before = this.#shown;
    showStop([this.#open, this.#menu], isStop);
    if (before && isSame(before, state)) return;
    this.#shown = state;
    if (before?.facts !== state.facts) this.#showFacts(state.facts, text);
    if (before?.owner !== state.owner) this.#showOwner(state.owner);
    this.#showPlace(state);
    this.#showCondition(state, text);
  }

  #showFacts(
    { name, account, probability, nextStep, amount, date, dateValue, href, menuLabel }: CardFacts,
    text: Text,
  ) {
    this.#open.textContent = name;
    setOrDrop(this.#open, 'href', href);
    setOrDrop(this.#open, 'role', href === null ? 'button' : null);
    this.#account.textContent = account;
    this.#share.textContent = probability;
    this.#next.textContent = nextStep;
    this.#amount.textContent = amount || text('no-amount');
    this.#date.textContent = date;
    this.#date.dateTime = dateValue;
    this.#menu.ariaLabel = menuLabel;
  }

  #showOwner(owner: OwnerName | undefined): void {
    this.#avatar.textContent = owner?.initials ?? '';
    this.#avatar.title = owner?.full ?? '';
  }

  #showPlace({ id, key, row, setSize, isReadonly }: CardState): void {
    const { element } = this;
    element.dataset['key'] = key;
    element.dataset['id'] = id;
    element.dataset['row'] = String(row);
    element.ariaPosInSet = String(row + 1);
    element.ariaSetSize = String(setSize);
    // Not by a custom property: what is inside would inherit it, and have its styles worked out card by card
    element.style.insetBlockStart = `calc(${row} * var(--_pitch))`;
    if (isReadonly) this.#menu.remove();
    else if (!this.#menu.parentNode) element.append(this.#menu);
  }

  #showCondition({ facts, owner, isLifted, isPending }: CardState, text: Text): void {
    const { classList } = this.element;
    classList.toggle('overdue', facts.isOverdue);
    classList.toggle('unpriced', facts.amount === '');
    classList.toggle('lifted', isLifted);
    this.#open.ariaLabel = [facts.label, owner?.full, isPending && text('pending')].filter(Boolean).join(', ');
    const isMarked = facts.isStalled || isPending;
    if (!isMarked && !this.#hasMarks) return;
    this.#hasMarks = true;
    render(renderMarks(facts.isStalled, isPending, text), this.#foot, { renderBefore: this.#date });
  }

  #part<E extends HTMLElement>(name: string): E {
    return this.element.getElementsByClassName(name)[0] as E;
  }
}

const renderMarks = (isStalled: boolean, isPending: boolean, text: Text): TemplateResult =>
  html`${isStalled ? html`<span class="card-mark stalled" title=${text('stalled')}>${iconHourglass}</span>` : nothing}${
    isPending ? html`<span class="card-mark" title=${text('pending')}>${iconClock}</span>` : nothing
  }`;

/** Also called when a card receives the focus: what an earlier rendering wrote is no proof of what is there. */
export const showStop = (parts: Iterable<HTMLElement>, isStop: boolean): void => {
  const index = isStop ? 0 : -1;
  for (const part of parts) if (part.tabIndex !== index) part.tabIndex = index;
};

const isSame = (a: CardState, b: CardState): boolean =>
  (Object.keys(a) as (keyof CardState)[]).every((name) => a[name] === b[name]);

const setOrDrop = (element: Element, name: string, value: string | null): void => {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
};

let made: HTMLElement | undefined;

/** The card that all others are copies of. */
const original = (): HTMLElement => {
  if (made) return made;
  const fragment = document.createDocumentFragment();
  render(
    html`<li class="card" part="card">
      <a class="card-open" part="card-name" tabindex="-1" dir="auto" draggable="false"></a
      ><span class="card-line" aria-hidden="true"
        ><bdi class="card-account cut"></bdi><span class="card-share number"></span></span
      ><bdi class="card-next cut" aria-hidden="true"></bdi
      ><span class="card-foot number" aria-hidden="true"
        ><b class="card-amount"></b><time class="card-date"></time><span class="avatar"></span></span
      ><button class="card-menu" type="button" tabindex="-1" aria-haspopup="menu"></button>
    </li>`,
    fragment,
  );
  return (made = fragment.firstElementChild as HTMLElement);
};
