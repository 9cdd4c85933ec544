import { html, nothing, type TemplateResult } from 'lit';
import { cssVars } from '../frame/css-vars.ts';
import { iconClock, iconHourglass } from '../icons.ts';
import type { BoardController } from './board-controller.ts';
import type { Column } from './board.ts';
import type { CardFacts } from './card-facts.ts';
import type { Row } from './column-window.ts';

/**
 * One deal. Read out it is a single link that says everything; the eye gets the same in four lines. Texts are set as
 * properties and drawings come from the style sheet, because a board has hundreds of cards in its time.
 */
export const renderCard = (
  board: BoardController,
  column: Column,
  { row, deal }: Row,
  isStop: boolean,
): TemplateResult => {
  const { element } = board;
  const facts = board.facts(deal);
  const { href } = facts;
  const isPending = board.isPending(deal);
  const tab = isStop ? 0 : -1;
  return html`<li
    class=${classOf(facts, board.isLifted(deal))}
    part="card"
    data-key=${column.key}
    data-id=${deal.id}
    data-row=${row}
    aria-posinset=${row + 1}
    aria-setsize=${column.isComplete ? column.deals.length : -1}
    ${cssVars({ '--_at': row })}
  >
    <a
      class="card-open"
      part="card-name"
      href=${href ?? nothing}
      role=${href === null ? 'button' : nothing}
      tabindex=${tab}
      dir="auto"
      draggable="false"
      aria-label=${isPending ? `${facts.label}, ${element.text('pending')}` : facts.label}
      .textContent=${facts.name}
    ></a
    >${renderDetails(board, facts, isPending)}${element.readonly ? nothing : renderMenuButton(facts, tab)}
  </li>`;
};

const renderMenuButton = ({ menuLabel }: CardFacts, tab: number): TemplateResult =>
  html`<button class="card-menu" type="button" tabindex=${tab} aria-haspopup="menu" aria-label=${menuLabel}></button>`;

const renderDetails = (board: BoardController, facts: CardFacts, isPending: boolean): TemplateResult =>
  html`<span class="card-line" aria-hidden="true"
      ><bdi class="card-account cut" .textContent=${facts.account}></bdi
      ><span class="card-share number" .textContent=${facts.probability}></span></span
    ><bdi class="card-next cut" aria-hidden="true" .textContent=${facts.nextStep}></bdi
    ><span class="card-foot number" aria-hidden="true"
      ><b class="card-amount" .textContent=${facts.amount || board.element.text('no-amount')}></b
      >${facts.isStalled || isPending ? renderMarks(board, facts, isPending) : nothing}<time
        class="card-date"
        datetime=${facts.dateValue}
        .textContent=${facts.date}
      ></time
      ><span class="avatar" title=${facts.owner} .textContent=${facts.initials}></span
    ></span>`;

const classOf = ({ isOverdue, amount }: CardFacts, isLifted: boolean): string =>
  `card${isOverdue ? ' overdue' : ''}${amount ? '' : ' unpriced'}${isLifted ? ' lifted' : ''}`;

const renderMarks = ({ element }: BoardController, { isStalled }: CardFacts, isPending: boolean): TemplateResult =>
  html`${isStalled ? html`<span class="card-mark stalled" title=${element.text('stalled')}>${iconHourglass}</span>` : nothing}${
    isPending ? html`<span class="card-mark" title=${element.text('pending')}>${iconClock}</span>` : nothing
  }`;
