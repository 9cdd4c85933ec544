import { css } from 'lit';

/** Cards of one height, placed by their row: only those in sight are in the document. */
export const cardStyles = css`
  .cards {
    position: relative;
    block-size: calc(var(--_rows) * (var(--_card) + var(--_between)));
  }

  .card {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: grid;
    grid-template-rows: 1.43em 1.25em 1fr auto;
    align-items: center;
    block-size: var(--_card);
    padding: calc(var(--_unit) * 2) calc(var(--_unit) * 2.75);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
    box-shadow: var(--_shadow-1);
    transform: translateY(calc(var(--_at) * (var(--_card) + var(--_between))));
    contain: layout style;
    cursor: grab;
    -webkit-touch-callout: none;
    user-select: none;
    transition: border-color var(--_motion);
  }

  .card:hover {
    border-color: var(--_line-2);
  }

  .card-open {
    display: block;
    overflow: hidden;
    padding-inline-end: 1.4em;
    font-weight: 600;
    letter-spacing: -0.005em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .card-open,
  .card-open:hover {
    text-decoration: none;
  }

  .card-open::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--_radius);
  }

  .card-open:focus-visible {
    outline: none;
  }

  .card-open:focus-visible::after {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  .card-line {
    display: flex;
    align-items: baseline;
    gap: var(--_gap);
    min-inline-size: 0;
    line-height: 1.35;
    color: var(--_text-2);
  }

  .card-account {
    flex: 1;
    min-inline-size: 0;
    font-size: 0.929em;
  }

  .card-next {
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    font-size: var(--_small);
    white-space: nowrap;
    color: var(--_text-3);
  }

  .card-next > .icon {
    inline-size: 1em;
    block-size: 1em;
  }

  .card-next > bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .card-foot {
    display: flex;
    align-items: center;
    gap: calc(var(--_unit) * 1.5);
    min-inline-size: 0;
    --_avatar: 1.65em;
  }

  .card-amount {
    min-inline-size: 0;
    font-weight: 600;
  }

  .unpriced .card-amount {
    font-size: var(--_small);
    font-weight: 400;
    color: var(--_text-3);
  }

  .card-share,
  .card-date {
    font-size: var(--_small);
    white-space: nowrap;
    color: var(--_text-2);
  }

  .card-date {
    margin-inline-start: auto;
  }

  .card-mark {
    flex: none;
    margin-inline-start: auto;
    color: var(--_text-3);
  }

  .card-mark > .icon {
    display: block;
    inline-size: 1em;
    block-size: 1em;
  }

  .card-mark ~ .card-date,
  .card-mark + .card-mark {
    margin-inline-start: 0;
  }

  .stalled {
    color: var(--_warn);
  }

  .overdue .card-date {
    font-weight: 550;
    color: var(--_bad);
  }

  .avatar:empty {
    visibility: hidden;
  }

  .card .avatar {
    font-size: 0.714em;
    inline-size: 2.2em;
    block-size: 2.2em;
  }

  .card-menu {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    color: var(--_text-2);
    background: var(--_raised);
    cursor: pointer;
    opacity: 0;
  }

  .card:hover > .card-menu,
  .card:focus-within > .card-menu,
  .card-menu[data-anchor] {
    opacity: 1;
  }

  .card-menu:hover {
    background: color-mix(in oklab, var(--_text) 8%, var(--_raised));
  }

  .lifted {
    border-style: dashed;
    box-shadow: none;
    opacity: 0.45;
  }

  .lifted:focus-within {
    opacity: 1;
    border-color: var(--_accent);
  }

  .card[data-ghost] {
    position: fixed;
    inset: auto;
    inset-block-start: 0;
    inset-inline-start: 0;
    margin: 0;
    color: var(--_text);
    opacity: 1;
    border-color: var(--_line-2);
    box-shadow: var(--_shadow-3);
    rotate: 1.2deg;
    pointer-events: none;
    will-change: transform;
    cursor: grabbing;
  }

  .column[data-target] .cards::after {
    content: '';
    position: absolute;
    inset-block-start: calc(var(--_marker) - var(--_between) / 2 - 1px);
    inset-inline: 0;
    block-size: 2px;
    border-radius: 1px;
    background: var(--_accent);
    pointer-events: none;
  }

  .card-bones {
    display: grid;
    align-content: space-between;
    justify-items: start;
    block-size: var(--_card);
    margin-block-end: var(--_between);
    padding: calc(var(--_unit) * 2.5) calc(var(--_unit) * 2.75);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .card-bones > .bone {
    inline-size: 75%;
    block-size: 0.9em;
  }

  .card-bones > .bone + .bone {
    inline-size: 50%;
  }

  :host([density='compact']) .card {
    grid-template-rows: 1.43em 1.25em auto;
  }

  :host([density='compact']) .card-next {
    display: none;
  }

  @media (pointer: coarse) {
    .card-menu {
      inline-size: 40px;
      block-size: 40px;
      inset-block-start: 0;
      inset-inline-end: 0;
      background: none;
      opacity: 1;
    }
  }

  @media (forced-colors: active) {
    .overdue .card-date {
      text-decoration: underline;
    }
  }

  @media print {
    .cards {
      block-size: auto;
    }

    .card {
      position: static;
      transform: none;
      block-size: auto;
      margin-block-end: 4px;
      break-inside: avoid;
      box-shadow: none;
    }
  }
`;
