import { html, nothing, type TemplateResult } from 'lit';
import { inlineStyle } from '../frame/inline-style.ts';
import type { BoardController } from './board-controller.ts';
import { countOf } from './column.ts';

/** On narrow screens: the stages, each a way to its column. */
export const renderSwitcher = (board: BoardController): TemplateResult =>
  html`<nav class="switcher no-print" aria-label=${board.element.text('stages')}>
    ${board.columns.map(
      (column, index) =>
        html`<button
          class="chip"
          type="button"
          aria-current=${index === board.windows.shown ? 'true' : nothing}
          data-kind=${column.stage?.kind ?? 'stray'}
          ${inlineStyle({ '--_stage': column.stage?.color ?? null })}
          @click=${() => show(board, column.key)}
        >
          <span class="dot"></span><bdi>${board.stageName(column.key)}</bdi>
          <span class="number">${countOf(board, board.figures.totals(column))}</span>
        </button>`,
    )}
  </nav>`;

const show = (board: BoardController, key: string): void => {
  const { renderRoot } = board.element;
  const column = renderRoot.querySelector<HTMLElement>(`.column[data-key="${CSS.escape(key)}"]`);
  const columns = renderRoot.querySelector('.columns');
  if (!column || !columns) return;
  const { left, right } = column.getBoundingClientRect();
  const box = columns.getBoundingClientRect();
  // Not scrollIntoView, which would move the page as well
  columns.scrollBy({
    left: board.element.direction === 'rtl' ? right - box.right : left - box.left,
    behavior: 'smooth',
  });
};
