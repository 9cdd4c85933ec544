import { formatNumber } from '@tessera-crm/model/format/number.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { inlineStyle } from '../frame/inline-style.ts';
import { iconLeft, iconRetry } from '../icons.ts';
import type { BoardController } from './board-controller.ts';
import { strayKey, type Column } from './board.ts';
import { shortMoney } from './card-facts.ts';
import { cards } from './cards.ts';
import { wholeMoneyOf, type Totals } from './totals.ts';

/** All columns, as a list of lists. */
export const renderColumns = (board: BoardController, isPrinting: boolean): TemplateResult =>
  html`<ul
    class="columns"
    part="columns"
    role="list"
    aria-label=${board.element.text('label')}
    @scroll=${board.windows.paged}
  >
    ${repeat(
      board.columns,
      ({ key }) => key,
      (column) =>
        column.isFolded && !isPrinting ? renderFolded(board, column) : renderColumn(board, column, isPrinting),
    )}
  </ul>`;

const renderColumn = (board: BoardController, column: Column, isPrinting: boolean): TemplateResult => {
  const { key, stage } = column;
  const label = `stage-${key}`;
  return html`<li class="column" part="column" data-key=${key} data-kind=${stage?.kind ?? strayKey} ${colorOf(column)}>
    <div class="head" part="column-header">
      <h3 class="title" id=${label} title=${stage ? nothing : board.element.text('stray.hint')}>
        <span class="dot"></span><bdi class="cut">${board.stageName(key)}</bdi>
      </h3>
      ${renderFigures(board, column)} ${stage && stage.kind !== 'open' ? foldButton(board, column) : nothing}
    </div>
    <div class="scroller" data-key=${key} @scroll=${board.windows.scrolled}>
      <ul class="cards" role="list" aria-labelledby=${label} ${cards(board, column, isPrinting)}></ul>
      ${renderRest(board, column)}
      <div class="marker"></div>
    </div>
  </li>`;
};

const colorOf = ({ stage }: Column): unknown => inlineStyle({ '--_stage': stage?.color ?? null });

/** What stands where no cards are: nothing, not yet, or not to be had. */
const renderRest = (board: BoardController, { key, deals, isLoading, isComplete }: Column): unknown => {
  const list = board.data.list(key);
  if (isLoading) return board.isSlow ? skeletonCards(4) : nothing;
  if (list?.error && deals.length === 0) return renderFailed(board, () => list.retry());
  if (deals.length === 0) return html`<p class="column-note">${board.element.text('column.empty')}</p>`;
  return isComplete ? nothing : skeletonCards(1);
};

const renderFailed = ({ element }: BoardController, retry: () => void): TemplateResult =>
  html`<div class="column-note" role="status">
    ${element.text('column.error')}<button class="button" type="button" @click=${retry}>
      ${iconRetry}${element.text('frame.retry')}
    </button>
  </div>`;

/** Cards to come, of the size of cards. */
export const skeletonCards = (count: number): TemplateResult =>
  html`<div class="bones" aria-hidden="true">
    ${Array.from({ length: count }, () => html`<div class="card-bones"></div>`)}
  </div>`;

const foldButton = (board: BoardController, { key }: Column): TemplateResult =>
  html`<button
    class="button quiet square fold"
    type="button"
    aria-expanded="true"
    aria-label=${board.element.text('fold', { stage: board.stageName(key) })}
    @click=${() => board.fold(key, true)}
  >
    ${iconLeft}
  </button>`;

/** A closed stage: a narrow zone that takes drops, and opens when pressed. */
const renderFolded = (board: BoardController, column: Column): TemplateResult => {
  const { key, stage } = column;
  const totals = board.figures.totals(column);
  const worth = totals && board.isShowingSums ? sumText(board, totals) : '';
  return html`<li class="column folded" part="column" data-key=${key} data-kind=${stage!.kind} ${colorOf(column)}>
    <button
      class="unfold"
      type="button"
      aria-expanded="false"
      title=${totals ? countText(board, totals) : nothing}
      @click=${() => board.fold(key, false)}
    >
      <span class="dot"></span> <bdi class="title">${board.stageName(key)}</bdi>
      <span class="count number">${countOf(board, totals)}</span> <span class="sum number">${worth}</span>
    </button>
  </li>`;
};

const renderFigures = (board: BoardController, column: Column): TemplateResult => {
  const totals = column.isLoading ? undefined : board.figures.totals(column);
  return html`<span class="count number" title=${totals?.isPartial ? countText(board, totals) : nothing}
      >${countOf(board, totals)}${totals?.isPartial ? '+' : nothing}</span
    >${board.isShowingSums ? renderSums(board, totals) : nothing}`;
};

const renderSums = (board: BoardController, totals: Totals | undefined): TemplateResult => {
  const { element } = board;
  const missing = totals?.withoutAmount ? element.text('without-amount', { count: totals.withoutAmount }) : nothing;
  const weighted = totals ? moneyText(board, totals, 'weighted') : '';
  return html`<p class="sums number" title=${missing}>
    <span class="sum">${totals ? sumText(board, totals) : nothing}</span>
    <span class="weighted" title=${element.text('weighted.hint')}
      >${weighted ? element.text('weighted', { amount: weighted }) : nothing}</span
    >
  </p>`;
};

/** The bare number. */
export const countOf = ({ element }: BoardController, totals: Totals | undefined): string =>
  totals ? formatNumber(totals.count, element.locale) : '';

const countText = ({ element }: BoardController, { count, isPartial }: Totals): string =>
  element.text(isPartial ? 'count.more' : 'count', { count });

const sumText = (board: BoardController, totals: Totals): string => {
  const amount = moneyText(board, totals, 'amount');
  return totals.isPartial && amount ? board.element.text('sum.more', { amount }) : amount;
};

const moneyText = ({ element }: BoardController, { sums }: Totals, which: 'amount' | 'weighted'): string =>
  [...sums].map(([currency, sum]) => shortMoney(wholeMoneyOf(sum[which], currency), element.locale)).join(' + ');
