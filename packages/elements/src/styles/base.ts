import { css } from 'lit';

/** What every element needs: its box, focus, the skeleton. */
export const base = css`
  :host {
    display: block;
    box-sizing: border-box;
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

  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: inherit;
    text-decoration: none;
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
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

  .bone {
    /* Seen where colours are forced */
    border: 1px solid transparent;
    border-radius: 4px;
    background: color-mix(in oklab, var(--_text) 8%, transparent);
  }

  @media (prefers-reduced-motion: no-preference) {
    .bone {
      animation: breathe 1.6s ease-in-out infinite;
    }
  }

  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
`;
