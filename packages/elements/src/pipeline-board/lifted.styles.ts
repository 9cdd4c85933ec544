import { css } from 'lit';

/** A card on its way: its place, its picture, and the mark of where it would go. */
export const liftedStyles = css`
  .lifted > .card-menu {
    visibility: hidden;
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

  .ghost {
    position: fixed;
    inset: 0;
    direction: ltr;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: scroll;
    scrollbar-width: none;
    will-change: transform;
    scroll-behavior: auto;
    background: none;
    pointer-events: none;
  }

  .ghost-place {
    position: absolute;
    left: 100%;
    top: 100%;
    box-sizing: content-box;
    inline-size: 100%;
    block-size: 100%;
  }

  .card[data-ghost] {
    position: static;
    color: var(--_text);
    border-color: var(--_line-2);
    box-shadow: var(--_shadow-3);
    transform: rotate(1deg);
  }
`;
