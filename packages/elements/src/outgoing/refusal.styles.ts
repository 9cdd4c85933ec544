import { css } from 'lit';

/** A change that came back, in any element: in the flow, above what it concerns. */
export const refusalStyles = css`
  .refusal {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_gap);
    padding: var(--_gap) var(--_gap) var(--_gap) var(--_pad);
    border: 1px solid color-mix(in oklab, var(--_bad) 45%, var(--_line));
    border-radius: var(--_radius-2);
    background: color-mix(in oklab, var(--_bad) 7%, var(--_raised));
    text-align: start;
  }

  .refusal > .icon {
    flex: none;
    margin-block-start: calc((var(--_height) - 1.143em) / 2);
    color: var(--_bad);
  }

  .refusal-text {
    flex: 1 1 14em;
    min-inline-size: 0;
    padding-block: calc((var(--_height) - 1.43em) / 2);
    overflow-wrap: anywhere;
  }

  .refusal-text b {
    font-weight: 600;
  }

  .refusal-text ul {
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--_text-2);
  }

  .refusal-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_unit);
    margin-inline-start: auto;
  }
`;
