import { css } from 'lit';

/** What floats: `menu` and its `menu-item`s on a popover, `dialog` on a native dialog. */
export const overlay = css`
  .menu {
    inset: auto;
    margin: 4px 0;
    padding: 4px;
    min-inline-size: 180px;
    max-inline-size: min(360px, calc(100vw - 16px));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    color: var(--_text);
    background: var(--_raised);
    box-shadow: var(--_shadow-3);
  }

  .menu:popover-open {
    display: grid;
  }

  .menu-item {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-block-size: var(--_height);
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius);
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  .menu-item > .icon {
    color: var(--_text-3);
  }

  .menu-item:hover,
  .menu-item:focus-visible,
  .menu-item[aria-selected='true'] {
    text-decoration: none;
    background: var(--_hover);
  }

  .menu-item:focus-visible {
    outline-offset: -2px;
  }

  .dialog {
    inline-size: min(520px, calc(100vw - 32px));
    max-block-size: min(90dvh, 720px);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-3);
    color: var(--_text);
    background: var(--_raised);
    box-shadow: var(--_shadow-3);
  }

  .dialog::backdrop {
    background: #0b0d1a59;
  }

  .dialog[open] {
    animation: rise var(--_motion);
  }

  .dialog-head,
  .dialog-foot {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    padding: calc(var(--_unit) * 3.5) calc(var(--_unit) * 4.5);
  }

  .dialog-head {
    justify-content: space-between;
    padding-block-end: 0;
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
  }

  .dialog-body {
    display: grid;
    gap: calc(var(--_unit) * 3.5);
    padding: calc(var(--_unit) * 3.5) calc(var(--_unit) * 4.5);
  }

  .dialog-foot {
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-block-start: 0;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
`;
