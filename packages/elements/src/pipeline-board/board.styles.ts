import { css } from 'lit';

/** The board around the cards: bar, columns, folded zones, marks, notices. */
export const boardStyles = css`
  :host {
    --_card: 7.1em;
    --_between: calc(var(--_unit) * 1.5);
    --_pitch: calc(var(--_card) + var(--_between));
    /* Let through what the page is painted in, of which columns have to stand off */
    --_column: color-mix(in oklab, var(--_text) 4.5%, transparent);
    display: flex;
    flex-direction: column;
    gap: var(--_gap);
    position: relative;
    block-size: min(44em, 85vh);
    min-block-size: 20em;
    container-type: inline-size;
  }

  :host([density='compact']) {
    --_card: 5.3em;
  }

  :host([density='comfortable']) {
    --_card: 7.7em;
  }

  .probe {
    position: absolute;
    visibility: hidden;
    inline-size: 0;
    block-size: var(--_pitch);
  }

  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_gap);
  }

  .bar {
    inline-size: min(24em, 60%);
    block-size: var(--_height);
  }

  .pipeline {
    inline-size: auto;
    max-inline-size: 18em;
    font-size: var(--_large);
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
    letter-spacing: -0.01em;
  }

  .search {
    position: relative;
    flex: 0 1 16em;
    min-inline-size: 9em;
  }

  .search > .icon {
    position: absolute;
    inset-block-start: calc(50% - 0.571em);
    inset-inline-start: calc(var(--_unit) * 2.5);
    color: var(--_text-3);
    pointer-events: none;
  }

  .search > .input {
    padding-inline-start: calc(var(--_unit) * 4 + 1.143em);
  }

  .space {
    flex: 1;
  }

  .button[aria-pressed='true'] > .icon {
    color: var(--_accent-text);
  }

  .board {
    flex: 1;
    display: flex;
    min-block-size: 0;
  }

  .columns {
    flex: 1;
    display: flex;
    gap: var(--_gap);
    min-inline-size: 0;
    min-block-size: 0;
    overflow-x: auto;
    overscroll-behavior-inline: contain;
    scrollbar-width: thin;
  }

  .switcher {
    display: flex;
    gap: calc(var(--_unit) * 1.5);
    overflow-x: auto;
    scrollbar-width: none;
  }

  .switcher > [aria-current] {
    color: var(--_text);
    background: color-mix(in oklab, var(--_accent) 16%, transparent);
  }

  .switcher > .chip {
    flex: none;
    border: 0;
    min-block-size: 28px;
    font: inherit;
    font-size: var(--_small);
    font-weight: var(--_strong);
    cursor: pointer;
  }

  .card-menu[data-anchor] {
    anchor-name: --move;
  }

  @container (inline-size < 560px) {
    .columns {
      scroll-snap-type: inline mandatory;
    }

    .column:not(.folded) {
      flex: 0 0 100%;
      max-inline-size: none;
      scroll-snap-align: start;
    }

    .search {
      flex: 1 1 9em;
    }

    .space {
      display: none;
    }

    .board[data-dragging] > .columns {
      scroll-snap-type: none;
    }
  }

  @media (pointer: coarse) {
    .switcher > .chip {
      min-block-size: 40px;
    }

    .fold {
      min-block-size: 40px;
      inline-size: 40px;
    }
  }

  @media (forced-colors: active) {
    .column {
      border: 1px solid CanvasText;
    }

    .column[data-target] {
      outline-color: Highlight;
    }

    .dot {
      border: 1px solid CanvasText;
    }
  }

  @media print {
    :host {
      display: block;
      block-size: auto;
    }

    .board,
    .columns,
    .column,
    .scroller {
      display: block;
      max-inline-size: none;
      overflow: visible;
      background: none;
    }

    .column {
      margin-block-end: 1em;
    }
  }
`;
