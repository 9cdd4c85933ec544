import { css } from 'lit';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { chip } from '../styles/chip.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';

const own = css`
  :host {
    container-type: inline-size;
  }

  .inbox,
  .entries {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_unit) * 3);
  }

  .title {
    min-block-size: 1.43em;
    border-radius: var(--_radius);
    font-size: var(--_large);
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
    letter-spacing: -0.01em;
  }

  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_unit) * 3);
    padding: calc(var(--_unit) * 4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
    overflow-wrap: anywhere;
  }

  .name {
    border-radius: var(--_radius);
    font-size: var(--_large);
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
    line-height: 1.3;
    letter-spacing: -0.01em;
  }

  .meta,
  .typed-title,
  dt {
    font-size: var(--_small);
  }

  .reasons {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_gap);
    padding: var(--_gap) var(--_pad);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    color: color-mix(in oklab, var(--_bad) 80%, var(--_text));
    background: color-mix(in oklab, var(--_bad) 8%, transparent);
  }

  .reasons > .icon {
    margin-block-start: 0.15em;
  }

  .choice {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--_gap);
    inline-size: 100%;
    padding: 0;
    margin-block-end: calc(var(--_unit) * 1.5);
  }

  .choice-field {
    font-weight: var(--_strong);
  }

  legend .muted {
    font-size: var(--_small);
  }

  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_gap);
  }

  .side {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_gap);
    align-content: start;
    padding: var(--_gap) var(--_pad);
    border: 1px solid var(--_line-2);
    border-radius: var(--_radius);
    background: var(--_raised);
    cursor: pointer;
    transition:
      background var(--_motion),
      border-color var(--_motion);
  }

  .side:hover {
    border-color: color-mix(in oklab, var(--_text) 38%, var(--_surface));
  }

  .side:has(:checked) {
    border-color: var(--_accent-text);
    background: color-mix(in oklab, var(--_accent) 8%, var(--_raised));
    box-shadow: inset 0 0 0 1px var(--_accent-text);
  }

  .side:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }

  .side input {
    grid-row: 1 / span 2;
    inline-size: 16px;
    block-size: 16px;
    margin: 0.15em 0 0;
    outline: none;
    accent-color: var(--_accent);
  }

  .side-who {
    font-size: var(--_small);
    color: var(--_text-2);
  }

  .side-value {
    min-inline-size: 0;
    max-block-size: 14em;
    overflow: hidden auto;
    white-space: pre-line;
  }

  .field-error {
    margin-block-start: var(--_unit);
    font-size: var(--_small);
    color: var(--_bad);
  }

  .typed {
    padding-block-start: calc(var(--_unit) * 2.5);
    border-block-start: 1px solid var(--_line);
  }

  .typed-title {
    margin-block-end: var(--_unit);
    font-weight: var(--_strong);
    color: var(--_text-2);
  }

  .typed-title .muted {
    font-weight: 400;
  }

  dl {
    display: grid;
    gap: var(--_unit) var(--_gap);
  }

  dt {
    color: var(--_text-2);
  }

  dd {
    min-inline-size: 0;
    white-space: pre-line;
  }

  .chip-row {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--_unit);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--_unit) var(--_gap);
  }

  .all {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_unit);
    margin-inline-end: auto;
  }

  .question > p {
    flex: 1 1 14em;
    font-weight: var(--_strong);
  }

  .entry .bone {
    inline-size: 40%;
    block-size: 1.2em;
  }

  .entry .bone.tall {
    inline-size: 100%;
    block-size: 7em;
  }

  @container (inline-size < 460px) {
    .all,
    .question > p {
      flex-basis: 100%;
    }
  }

  @container (min-inline-size: 460px) {
    .sides {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .typed-value {
      display: grid;
      grid-template-columns: minmax(8em, 30%) minmax(0, 1fr);
      gap: var(--_gap);
      align-items: baseline;
    }
  }

  @media (forced-colors: active) {
    .side:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;

export const styles = [tokens, base, button, chip, rest, own];
