import { html, nothing } from 'lit';
import { iconAlert, iconClose, iconRetry } from '../icons.ts';
import type { BoardController } from './board-controller.ts';

/** Says which deal went back, and why; offers to try again where that makes sense. */
export const renderNotice = (board: BoardController): unknown => {
  const { notice, element } = board;
  if (!notice) return nothing;
  const { move, error } = notice;
  const text = element.text('refused', { name: move.deal.name, stage: board.stageName(move.from) });
  return html`<div class="notice no-print" part="notice" role="alert">
    ${iconAlert}
    <p><b>${text}.</b> ${board.reasonOf(error)}</p>
    ${
      error.retryable
        ? html`<button class="button" type="button" @click=${() => board.moveAgain()}>
            ${iconRetry}${element.text('frame.retry')}
          </button>`
        : nothing
    }
    <button
      class="button quiet square"
      type="button"
      aria-label=${element.text('dismiss')}
      @click=${() => board.dismiss()}
    >
      ${iconClose}
    </button>
  </div>`;
};
