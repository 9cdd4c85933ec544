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
    font-weight: var(--_strong);
    line-height: 1.2;
    white-space: nowrap;
    color: var(--_text);
    background: var(--_raised);
    box-shadow: var(--_shadow-1);
  }

  .button > .icon {
    color: var(--_text-3);
  }

  .primary {
    border-color: transparent;
    color: var(--_on-accent);
    background: var(--_accent);
  }

  .primary > .icon {
    color: inherit;
  }

  .plain {
    padding: 0;
    border: 0;
    font: inherit;
    color: inherit;
    text-align: start;
    background: none;
  }

  @media (pointer: coarse) {
    .plain,
    a {
      min-block-size: 24px;
    }
  }
`;
