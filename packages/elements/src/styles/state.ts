import { css } from 'lit';

/** What stands in the place of data, or above old ones. */
export const stateStyles = css`
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
    font-weight: var(--_strong);
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
`;
