import { css } from 'lit';

/**
 * What the first card on a page is shown without, and gets behind it: answers to the mouse, buttons that are not there
 * yet, more contrast, print, and the tokens of boards, lists and forms. Nothing here moves anything.
 */
export const rest = css`
  :host {
    --_sunken: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    --_pressed: color-mix(in oklab, var(--_text) 11%, transparent);
    --_info: var(--crm-info, light-dark(#1769c2, #72b4ff));
    --_row: calc(var(--_unit) * 9);
    --_radius-3: calc(var(--_radius) + 8px);
    --_motion: var(--crm-motion, 140ms) cubic-bezier(0.2, 0, 0, 1);
    --_shadow-3:
      0 2px 4px var(--crm-shadow, light-dark(#1b1f3a14, #0006)),
      0 12px 40px var(--crm-shadow, light-dark(#1b1f3a33, #000a));
    /* Black under white text, white under black text: what makes text on the accent easier to read */
    --_away: oklch(from color(from var(--_accent) xyz-d65 y y y) calc((l - 0.5654) * 1e6) 0 0);
  }

  :host([density='compact']) {
    --_row: calc(var(--_unit) * 8.5);
  }

  @media (pointer: coarse) {
    :host {
      --_row: max(44px, calc(var(--_unit) * 9));
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_line: color-mix(in oklab, var(--_text) 45%, var(--_surface));
      --_line-2: color-mix(in oklab, var(--_text) 70%, var(--_surface));
      --_text-2: var(--_text);
      --_text-3: var(--_text);
    }
  }

  h1,
  h2,
  h3,
  h4,
  ol,
  figure {
    margin: 0;
    padding: 0;
  }

  ol {
    list-style: none;
  }

  .button,
  .plain {
    cursor: pointer;
  }

  .button {
    user-select: none;
    transition:
      background var(--_motion),
      border-color var(--_motion);
  }

  a:hover,
  .plain:hover {
    text-decoration: underline;
    text-decoration-color: var(--_line-2);
    text-underline-offset: 0.2em;
  }

  .muted {
    color: var(--_text-2);
  }

  .button:hover {
    text-decoration: none;
    background: color-mix(in oklab, var(--_text) 4%, var(--_raised));
  }

  .button:active {
    background: color-mix(in oklab, var(--_text) 9%, var(--_raised));
  }

  .primary:hover {
    background: color-mix(in oklab, var(--_accent) 90%, var(--_away));
  }

  .primary:active {
    background: color-mix(in oklab, var(--_accent) 80%, var(--_away));
  }

  .bad,
  .bad > .icon {
    color: var(--_bad);
  }

  .quiet {
    border-color: transparent;
    background: none;
    box-shadow: none;
  }

  .quiet:hover {
    background: var(--_hover);
  }

  .quiet:active {
    background: var(--_pressed);
  }

  .square {
    inline-size: var(--_height);
    padding: 0;
  }

  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  [data-tone='info'] {
    --_tone: var(--_info);
  }

  @media (forced-colors: active) {
    /* Pictures keep colours of their own else, on a ground that is another now; thrice, to outweigh those */
    .icon.icon.icon {
      color: inherit;
    }

    .button,
    .quiet {
      border-color: ButtonBorder;
    }
  }

  @media print {
    :host {
      --_shadow-1: none;
      color-scheme: light;
      break-inside: avoid;
    }

    .no-print {
      display: none !important;
    }
  }
`;
