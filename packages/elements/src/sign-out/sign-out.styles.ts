import { css } from 'lit';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { overlay } from '../styles/overlay.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';

const own = css`
  .dialog {
    overflow-wrap: anywhere;
  }

  .title {
    font-size: var(--_large);
    line-height: 1.3;
    letter-spacing: -0.01em;
  }

  .counts,
  .options {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_unit);
  }

  .options {
    gap: var(--_gap);
  }

  .option {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_gap);
    inline-size: 100%;
    padding: var(--_gap) var(--_pad);
    border: 1px solid var(--_line-2);
    border-radius: var(--_radius);
    font: inherit;
    text-align: start;
    color: inherit;
    background: var(--_raised);
    cursor: pointer;
  }

  .option:hover {
    border-color: color-mix(in oklab, var(--_text) 38%, var(--_surface));
    background: var(--_hover);
  }

  .option > .icon {
    grid-row: 1 / span 2;
    margin-block-start: 0.15em;
    color: var(--_text-3);
  }

  .option > b {
    font-weight: var(--_strong);
  }

  .option > .what {
    font-size: var(--_small);
    color: var(--_text-2);
  }

  .option.first {
    border-color: var(--_accent-text);
  }

  .option.first > .icon {
    color: var(--_accent-text);
  }

  .option.last > .icon,
  .option.last > b {
    color: var(--_bad);
  }

  .said:empty {
    display: none;
  }

  .said {
    font-size: var(--_small);
    color: color-mix(in oklab, var(--_bad) 80%, var(--_text));
  }
`;

export const styles = [tokens, base, button, rest, overlay, own];
