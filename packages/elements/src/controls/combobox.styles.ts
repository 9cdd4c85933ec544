import { css } from 'lit';

/** The combobox: chips of what is chosen, the input, its list. */
export const comboboxStyles = css`
  .combo {
    display: grid;
    gap: var(--_unit);
    min-inline-size: 0;
  }

  .combo-input {
    position: relative;
    display: grid;
    min-inline-size: 0;
  }

  .combo-input > .input {
    padding-inline-end: var(--_height);
  }

  .combo-input > :is(.combo-mark, .button) {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    inline-size: var(--_height);
    color: var(--_text-3);
  }

  .combo-mark {
    pointer-events: none;
  }

  .options {
    position: fixed;
    inset: auto;
    inset-block-start: anchor(end);
    inset-inline-start: anchor(start);
    position-try-fallbacks: flip-block;
    inline-size: anchor-size(inline);
    max-inline-size: none;
    max-block-size: 264px;
    overflow-y: auto;
  }

  .option {
    min-inline-size: 0;
  }

  .option > .cut {
    flex: 1;
  }

  .option[data-active] {
    background: var(--_hover);
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }

  .option[aria-selected='true'] {
    background: var(--_selected);
  }

  .option-note {
    padding: 8px 10px;
    color: var(--_text-2);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_unit);
  }

  .chips > .chip {
    padding-inline-end: 2px;
  }

  .chip-remove {
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  .chip-remove:hover {
    background: var(--_pressed);
  }

  .chip-remove > .icon {
    inline-size: 12px;
    block-size: 12px;
  }

  @media (pointer: coarse) {
    .chip-remove {
      inline-size: 32px;
      block-size: 32px;
    }
  }

  @media (forced-colors: active) {
    .option[data-active] {
      outline-color: Highlight;
    }
  }
`;
