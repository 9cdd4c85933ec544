import { css } from 'lit';

/** What every element needs: its box, focus, the shared states, the skeleton. */
export const base = css`
  :host {
    display: block;
    box-sizing: border-box;
    text-align: start;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  a {
    color: inherit;
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
    text-decoration-color: var(--_line-2);
    text-underline-offset: 0.2em;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  .icon {
    flex: none;
    inline-size: 1.143em;
    block-size: 1.143em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  .muted {
    color: var(--_text-2);
  }

  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .message {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: calc(var(--_unit) * 8) calc(var(--_unit) * 4);
    color: var(--_text-2);
    text-align: center;
  }

  .message > .icon {
    inline-size: 24px;
    block-size: 24px;
    stroke-width: 1.5;
    color: var(--_text-3);
  }

  .message-text {
    font-weight: 550;
    color: var(--_text);
  }

  .message-detail {
    font-size: var(--_small);
  }

  .note {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    padding: var(--_gap) var(--_pad);
    border-radius: var(--_radius);
    font-size: var(--_small);
    color: color-mix(in oklab, var(--_warn) 80%, var(--_text));
    background: color-mix(in oklab, var(--_warn) 11%, transparent);
  }

  .bone {
    border-radius: 4px;
    background: color-mix(in oklab, var(--_text) 8%, transparent);
    animation: breathe 1.6s ease-in-out infinite;
  }

  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .bone {
      border: 1px solid GrayText;
    }
  }

  @media print {
    :host {
      --_shadow-1: none;
      --_shadow-2: none;
      color-scheme: light;
      break-inside: avoid;
    }

    .no-print {
      display: none !important;
    }
  }
`;
