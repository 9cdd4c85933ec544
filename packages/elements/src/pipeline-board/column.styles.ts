import { css } from 'lit';

/** Columns, folded zones, and the mark of where a card would go. */
export const columnStyles = css`
  .column {
    position: relative;
    flex: 1 0 15em;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    max-inline-size: 26em;
    border-radius: var(--_radius-2);
    background: var(--_column);
    contain: layout style;
  }

  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_stage, color-mix(in oklab, var(--_accent) 70%, var(--_surface)));
  }

  [data-kind='won'] .dot {
    background: var(--_stage, var(--_ok));
  }

  [data-kind='lost'] .dot {
    background: var(--_stage, var(--_bad));
  }

  [data-kind='stray'] .dot {
    background: none;
    border: 1.5px solid var(--_text-3);
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: center;
    column-gap: var(--_gap);
    padding: calc(var(--_unit) * 2.5) calc(var(--_unit) * 3) calc(var(--_unit) * 2);
  }

  .title {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-inline-size: 0;
    font-size: 1em;
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
  }

  .title.bone {
    inline-size: 60%;
    block-size: 1.43em;
  }

  .count {
    font-size: var(--_small);
    font-weight: var(--_strong);
    color: var(--_text-2);
  }

  .fold {
    min-block-size: 24px;
    inline-size: 24px;
  }

  .sums {
    grid-column: 1 / -1;
    display: flex;
    align-items: baseline;
    gap: var(--_gap);
    min-inline-size: 0;
    block-size: 1.43em;
    white-space: nowrap;
  }

  .sum {
    flex: none;
    font-weight: var(--_strong);
  }

  .weighted {
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: var(--_small);
    color: var(--_text-2);
  }

  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    padding: 2px calc(var(--_unit) * 2) var(--_gap);
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior-block: contain;
    scrollbar-width: thin;
  }

  .column-note {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: calc(var(--_unit) * 5) var(--_gap);
    font-size: var(--_small);
    color: var(--_text-2);
    text-align: center;
  }

  .board-note {
    padding: var(--_gap) var(--_pad);
    border-radius: var(--_radius);
    color: var(--_text-2);
    background: var(--_column);
  }

  .folded {
    flex: 0 0 2.9em;
  }

  .unfold {
    flex: 1;
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-block-size: 0;
    padding: calc(var(--_unit) * 3.5) 0;
    border: 0;
    border-radius: inherit;
    font: inherit;
    color: inherit;
    background: none;
    writing-mode: vertical-rl;
    overflow: hidden;
    white-space: nowrap;
    cursor: pointer;
  }

  .unfold:hover {
    background: var(--_hover);
  }

  .unfold:focus-visible {
    outline-offset: -2px;
  }

  .unfold .sum {
    font-size: var(--_small);
    font-weight: 400;
    color: var(--_text-2);
  }

  .column[data-target] {
    outline: 2px solid color-mix(in oklab, var(--_accent) 70%, transparent);
    outline-offset: -2px;
    background: color-mix(in oklab, var(--_accent) 7%, var(--_column));
  }

  .board[data-dragging] {
    cursor: grabbing;
  }

  /* Stops what the board inherits while a card is carried, or every card would be worked out again */
  .columns {
    cursor: auto;
  }

  .board[data-dragging] .folded {
    background: color-mix(in oklab, var(--_accent) 5%, var(--_column));
  }

  /* Where a card would go; its place is written on itself, for what is written on a column reaches all cards */
  .marker {
    display: none;
    position: absolute;
    inset-block-start: calc(2px + var(--_place) - var(--_between) / 2 - 1px);
    inset-inline: calc(var(--_unit) * 2);
    block-size: 2px;
    border-radius: 1px;
    background: var(--_accent);
    pointer-events: none;
  }

  .column[data-target] .marker {
    display: block;
  }
`;
