import { css } from 'lit';

/** The menu of a card; it comes with its code. */
export const moveMenuStyles = css`
  .move-menu {
    position-anchor: --move;
    position-area: block-end span-inline-start;
    position-try-fallbacks:
      flip-block,
      flip-inline,
      flip-block flip-inline;
    max-block-size: min(24em, 80vh);
    overflow-y: auto;
  }

  .menu-title {
    padding: 4px 10px;
    font-size: var(--_small);
    font-weight: var(--_strong);
    color: var(--_text-2);
  }

  .move-menu .menu-item > .icon {
    margin-inline-start: auto;
  }

  @supports not (anchor-name: --move) {
    .move-menu {
      inset: 0;
      margin: auto;
      block-size: fit-content;
    }
  }
`;
