import { html, nothing, type TemplateResult } from 'lit';
import { cssVars } from '../frame/css-vars.ts';
import { iconArrowRight, iconClock, iconHourglass, iconMore } from '../icons.ts';
import type { BoardController } from './board-controller.ts';
import type { Column } from './board.ts';
import type { CardFacts } from './card-facts.ts';
import type { Row } from './column-window.ts';

/** One deal. Read out it is a single link that says everything; the eye gets the same in four lines. */
export const renderCard = (
  board: BoardController,
  column: Column,
  { row, deal }: Row,
  isStop: boolean,
): TemplateResult => {
  const { element } = board;
  const facts = board.facts(deal);
  const href = element.hrefOf('deals', deal.id) ?? nothing;
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
      href=${href}
      role=${href === nothing ? 'button' : nothing}
      tabindex=${tab}
      draggable="false"
      aria-label=${isPending ? `${facts.label}, ${element.text('pending')}` : facts.label}
      ><bdi>${facts.name}</bdi></a
    ><span class="card-line" aria-hidden="true"
      ><bdi class="card-account cut">${facts.account}</bdi
      ><span class="card-share number">${facts.probability}</span></span
    ><span class="card-next" aria-hidden="true">${facts.nextStep ? nextStep(facts) : nothing}</span
    ><span class="card-foot number" aria-hidden="true"
      ><b class="card-amount cut">${facts.amount || element.text('no-amount')}</b>${marks(board, facts, isPending)}<time
        class="card-date"
        datetime=${facts.dateValue}
        >${facts.date}</time
      ><span class="avatar" title=${facts.owner}>${facts.initials}</span></span
    >${element.readonly ? nothing : menuButton(board, facts, tab)}
  </li>`;
};

const classOf = ({ isOverdue, amount }: CardFacts, isLifted: boolean): string =>
  `card${isOverdue ? ' overdue' : ''}${amount ? '' : ' unpriced'}${isLifted ? ' lifted' : ''}`;

const nextStep = ({ nextStep: step }: CardFacts): TemplateResult => html`${iconArrowRight}<bdi>${step}</bdi>`;

const marks = ({ element }: BoardController, { isStalled }: CardFacts, isPending: boolean): unknown =>
  isStalled || isPending
    ? html`${isStalled ? html`<span class="card-mark stalled" title=${element.text('stalled')}>${iconHourglass}</span>` : nothing}${
        isPending ? html`<span class="card-mark" title=${element.text('pending')}>${iconClock}</span>` : nothing
      }`
    : nothing;

const menuButton = ({ element }: BoardController, { name }: CardFacts, tab: number): TemplateResult =>
  html`<button
    class="card-menu"
    type="button"
    tabindex=${tab}
    aria-haspopup="menu"
    aria-label=${element.text('move', { name })}
  >
    ${iconMore}
  </button>`;
