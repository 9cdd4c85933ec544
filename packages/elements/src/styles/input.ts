import { css } from 'lit';

/** Native inputs, selects and text areas: `input`; around it `field` with `label`, `hint` and `field-error`. */
export const input = css`
  .field {
    display: grid;
    gap: var(--_unit);
    min-inline-size: 0;
  }

  .label {
    font-size: var(--_small);
    font-weight: var(--_strong);
    color: var(--_text-2);
  }

  .hint {
    font-size: var(--_small);
    color: var(--_text-2);
  }

  .field-error {
    font-size: var(--_small);
    color: var(--_bad);
  }

  .input {
    inline-size: 100%;
    min-block-size: var(--_height);
    padding: 0 calc(var(--_unit) * 2.5);
    border: 1px solid var(--_line-2);
    border-radius: var(--_radius);
    font: inherit;
    color: inherit;
    background: var(--_surface);
    transition: border-color var(--_motion);
  }

  textarea.input {
    padding-block: calc(var(--_unit) * 1.5);
    resize: vertical;
    line-height: 1.43;
  }

  .input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }

  .input:hover {
    border-color: color-mix(in oklab, var(--_text) 38%, var(--_surface));
  }

  .input:focus-visible {
    border-color: var(--_focus);
    outline: 2px solid color-mix(in oklab, var(--_focus) 35%, transparent);
    outline-offset: 0;
  }

  .input[aria-invalid='true'] {
    border-color: var(--_bad);
  }

  .input:disabled,
  .input:read-only:not(select) {
    color: var(--_text-2);
    background: var(--_sunken);
  }

  @media (pointer: coarse) {
    .input {
      font-size: max(16px, 1em);
    }
  }

  @media (forced-colors: active) {
    .input:focus-visible {
      outline-color: Highlight;
    }
  }
`;
