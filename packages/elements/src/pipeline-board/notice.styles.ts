import { css } from 'lit';

/** What is said after a refused move; it comes with its code. */
export const noticeStyles = css`
  .notice {
    position: absolute;
    inset-block-end: var(--_pad);
    inset-inline: var(--_pad);
    z-index: 2;
    display: flex;
    align-items: center;
    gap: var(--_gap);
    inline-size: fit-content;
    max-inline-size: calc(100% - 2 * var(--_pad));
    margin-inline: auto;
    padding: var(--_gap) var(--_gap) var(--_gap) var(--_pad);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_raised);
    box-shadow: var(--_shadow-3);
    animation: rise var(--_motion);
  }

  .notice > .icon {
    color: var(--_bad);
  }

  .notice b {
    font-weight: 600;
  }
`;
