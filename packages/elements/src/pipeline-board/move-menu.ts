import { html, nothing, type TemplateResult } from 'lit';
import { inlineStyle } from '../frame/inline-style.ts';
import { iconCheck } from '../icons.ts';
import { adopt } from '../styles/adopt.ts';
import { overlay } from '../styles/overlay.ts';
import type { BoardController } from './board-controller.ts';
import { moveMenuStyles } from './move-menu.styles.ts';

/** The other way to move a deal: a list of the stages. One menu serves all cards. */
export const renderMoveMenu = (board: BoardController): unknown => {
  const { menu, element } = board;
  if (!menu) return nothing;
  adopt(element.renderRoot, overlay, moveMenuStyles);
  return html`<div
    class="menu move-menu"
    popover
    role="menu"
    aria-label=${element.text('move', { name: menu.deal.name })}
    @keydown=${walk}
    @toggle=${(event: ToggleEvent) => event.newState === 'closed' && close(board)}
  >
    <p class="menu-title" role="presentation">${element.text('move.to')}</p>
    ${board.stages.map((stage) => {
      const isHere = stage.id === menu.key;
      return html`<button
        class="menu-item"
        type="button"
        role="menuitemradio"
        aria-checked=${isHere ? 'true' : 'false'}
        data-kind=${stage.kind}
        tabindex="-1"
        ${inlineStyle({ '--_stage': stage.color })}
        @click=${() => choose(board, stage.id)}
      >
        <span class="dot"></span><bdi class="cut">${stage.name}</bdi>${isHere ? iconCheck : nothing}
      </button>`;
    })}
  </div>` satisfies TemplateResult;
};

const choose = (board: BoardController, to: string): void => {
  const { deal, key } = board.menu!;
  close(board);
  board.move(deal, key, to);
};

/** Gives the focus back to the card. */
const close = (board: BoardController): void => {
  if (!board.menu) return;
  const { deal, key } = board.menu;
  board.closeMenu();
  const column = board.columns.find((one) => one.key === key);
  if (column) board.keys.focus(column, deal.id);
};

const walk = (event: KeyboardEvent): void => {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.menu-item')];
  const at = items.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
};

/** Opens the menu beside the card it is for, once it is rendered. */
export const openMoveMenu = (root: DocumentFragment | HTMLElement, { menu }: BoardController): void => {
  for (const button of root.querySelectorAll('.card-menu[data-anchor]')) button.removeAttribute('data-anchor');
  const popover = root.querySelector<HTMLElement>('.move-menu');
  if (!menu || !popover) return;
  root.querySelector(`.card[data-id="${CSS.escape(menu.deal.id)}"] .card-menu`)?.toggleAttribute('data-anchor', true);
  if (popover.matches(':popover-open')) return;
  popover.showPopover();
  const items = [...popover.querySelectorAll<HTMLElement>('.menu-item')];
  (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
};
