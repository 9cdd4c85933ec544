import { css } from 'lit';

/** Cards of one height, placed by their row: only those in sight are in the document. */
export const cardStyles = css`
  .cards {
    position: relative;
  }

  .card {
    position: absolute;
    inset-inline: 0;
    display: grid;
    grid-template-rows: 1.25em 1fr auto;
    align-items: center;
    block-size: var(--_card);
    padding: calc(var(--_unit) * 2) calc(var(--_unit) * 2.75);
    padding-block-start: calc(var(--_unit) * 2 + 1.43em);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
    box-shadow: var(--_shadow-1);

    contain: layout style;
    cursor: grab;
    -webkit-touch-callout: none;
    user-select: none;
  }

  .card:hover {
    border-color: var(--_line-2);
  }

  /* The whole card is the link; its text stands in the first line. */
  .card-open {
    position: absolute;
    inset: 0;
    /* Clipping is cheaper than hiding, which makes each line something that scrolls */
    overflow: clip;
    padding: calc(var(--_unit) * 2) calc(var(--_unit) * 2.75);
    border-radius: inherit;
    font-weight: 600;
    letter-spacing: -0.005em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .card-open,
  .card-open:hover {
    text-decoration: none;
  }

  /* A name runs, and is cut, in its own direction, but stands where the card begins. */
  .card:dir(ltr) :is(.card-open, .card-account, .card-next) {
    text-align: left;
  }

  .card:dir(ltr) > .card-open {
    padding-right: 2.2em;
  }

  .card:dir(rtl) > .card-open {
    padding-left: 2.2em;
  }

  .card:dir(rtl) :is(.card-open, .card-account, .card-next) {
    text-align: right;
  }

  .card-line {
    display: flex;
    align-items: baseline;
    gap: var(--_gap);
    min-inline-size: 0;
    line-height: 1.35;
    color: var(--_text-2);
  }

  .card-account,
  .card-next {
    overflow: clip;
  }

  .card-account {
    flex: 1;
    min-inline-size: 0;
    font-size: 0.929em;
  }

  .card-next {
    min-inline-size: 0;
    font-size: var(--_small);
    color: var(--_text-3);
  }

  .card-next:empty {
    visibility: hidden;
    overflow: visible;
  }

  .card-next:not(:empty)::before {
    content: '\\2192\\00a0';
  }

  .card-next:not(:empty):dir(rtl)::before {
    content: '\\2190\\00a0';
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
    font-weight: var(--_strong);
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
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    color: var(--_text-2);
    background: var(--_dots) var(--_raised);
    cursor: pointer;
    visibility: hidden;
    --_dot: radial-gradient(circle closest-side, currentColor 80%, transparent);
    --_dots:
      var(--_dot) 5px 50% / 3px 3px no-repeat, var(--_dot) 50% 50% / 3px 3px no-repeat,
      var(--_dot) calc(100% - 5px) 50% / 3px 3px no-repeat;
  }

  .card:hover > .card-menu,
  .card:focus-within > .card-menu,
  .card-menu[data-anchor] {
    visibility: visible;
  }

  .card-menu:hover {
    background: var(--_dots) color-mix(in oklab, var(--_text) 8%, var(--_raised));
  }

  .bones {
    animation: breathe 1.6s ease-in-out infinite;
  }

  .card-bones {
    --_bone: linear-gradient(var(--_hover) 0 0) calc(var(--_unit) * 2.75);
    block-size: var(--_card);
    margin-block-end: var(--_between);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background:
      var(--_bone) 0.8em / 65% 0.9em no-repeat,
      var(--_bone) 2.4em / 45% 0.9em no-repeat,
      var(--_bone) calc(100% - 0.8em) / 30% 0.9em no-repeat,
      var(--_raised);
  }

  :host([density='compact']) .card {
    grid-template-rows: 1.25em auto;
  }

  :host([density='compact']) .card-next {
    display: none;
  }

  @media (prefers-reduced-motion: reduce) {
    .bones {
      animation: none;
    }
  }

  @media (pointer: coarse) {
    .card-menu {
      inline-size: 40px;
      block-size: 40px;
      inset-block-start: 0;
      inset-inline-end: 0;
      background: var(--_dots);
      --_dots:
        var(--_dot) 13px 50% / 3px 3px no-repeat, var(--_dot) 50% 50% / 3px 3px no-repeat,
        var(--_dot) calc(100% - 13px) 50% / 3px 3px no-repeat;
      visibility: visible;
    }
  }

  @media (forced-colors: active) {
    .overdue .card-date {
      text-decoration: underline;
    }
  }

  @media print {
    .cards {
      block-size: auto !important;
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
