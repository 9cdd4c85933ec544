import { css } from 'lit';

/** Buttons on native `button` and `a`: `button`, and with it `primary`, `quiet`, `bad`, `square`; `plain` is text. */
export const button = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: var(--_height);
    padding: 0 var(--_pad);
    border: 1px solid var(--_line-2);
    border-radius: var(--_radius);
    font: inherit;
    font-weight: 550;
    line-height: 1.2;
    white-space: nowrap;
    color: inherit;
    background: var(--_raised);
    box-shadow: var(--_shadow-1);
    cursor: pointer;
    user-select: none;
    transition:
      background var(--_motion),
      border-color var(--_motion);
  }

  .button:hover {
    text-decoration: none;
    background: color-mix(in oklab, var(--_text) 4%, var(--_raised));
  }

  .button:active {
    background: color-mix(in oklab, var(--_text) 9%, var(--_raised));
  }

  .button > .icon {
    color: var(--_text-3);
  }

  .primary {
    border-color: transparent;
    color: var(--_on-accent);
    background: var(--_accent);
  }

  .primary:hover {
    background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
  }

  .primary:active {
    background: color-mix(in oklab, var(--_accent) 80%, var(--_text));
  }

  .button.primary > .icon,
  .button.bad > .icon {
    color: inherit;
  }

  .bad {
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

  .plain {
    padding: 0;
    border: 0;
    font: inherit;
    color: inherit;
    text-align: start;
    background: none;
    cursor: pointer;
  }

  .plain:hover {
    text-decoration: underline;
    text-decoration-color: var(--_line-2);
    text-underline-offset: 0.2em;
  }

  @media (pointer: coarse) {
    .plain,
    a {
      min-block-size: 24px;
    }
  }

  @media (forced-colors: active) {
    .button,
    .quiet {
      border-color: ButtonBorder;
    }
  }
`;
