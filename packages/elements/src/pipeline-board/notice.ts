import type { CrmError } from '@tessera-crm/model/errors.js';
import { html, nothing } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import { iconAlert, iconClose, iconRetry } from '../icons.ts';
import { adopt } from '../styles/adopt.ts';
import type { BoardController } from './board-controller.ts';
import { noticeStyles } from './notice.styles.ts';

/** Says which deal went back, and why; offers to try again where that makes sense. */
export const renderNotice = (board: BoardController): unknown => {
  const { notice, element } = board;
  if (!notice) return nothing;
  adopt(element.renderRoot, noticeStyles);
  const { move, error } = notice;
  const text = element.text('refused', { name: move.deal.name, stage: board.stageName(move.from) });
  return html`<div class="notice no-print" part="notice" role="alert">
    ${iconAlert}
    <p><b>${text}.</b> ${reasonOf(element, error)}</p>
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

/** Why a move was refused, as far as the person's language has words for it. */
const reasonOf = (element: CrmElement, error: CrmError): string => {
  const known = (key: string): string | undefined => {
    const text = element.text(key);
    return text === key ? undefined : text;
  };
  const issues = error.issues.map(({ code }) => known(`issue.${code}`)).filter((text) => text !== undefined);
  return issues.length > 0
    ? [...new Set(issues)].join(' ')
    : (known(`frame.${error.code}`) ?? element.text('refused.reason'));
};
