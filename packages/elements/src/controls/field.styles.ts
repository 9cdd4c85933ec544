import { css } from 'lit';

/** What all controls share beyond plain inputs: errors, groups, check boxes, stars, affixes. */
export const fieldStyles = css`
  fieldset.field {
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend.label {
    padding: 0;
    margin-block-end: var(--_unit);
  }

  .required {
    margin-inline-start: 0.2em;
    color: var(--_bad);
  }

  .field-error {
    display: flex;
    align-items: flex-start;
    gap: 5px;
  }

  .field-error > .icon {
    margin-block-start: 0.12em;
  }

  .input {
    max-inline-size: 100%;
    min-inline-size: 0;
    text-overflow: ellipsis;
  }

  .area {
    display: block;
    min-block-size: calc(var(--_height) * 3);
    max-block-size: 24em;
    field-sizing: content;
  }

  select.input {
    padding-inline-end: calc(var(--_unit) * 7);
    appearance: none;
    cursor: pointer;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--_text-3) 50%),
      linear-gradient(135deg, var(--_text-3) 50%, transparent 50%);
    background-position:
      right calc(var(--_unit) * 3 + 4px) center,
      right calc(var(--_unit) * 3) center;
    background-size:
      4px 4px,
      4px 4px;
    background-repeat: no-repeat;
  }

  select.input:dir(rtl) {
    background-position:
      left calc(var(--_unit) * 3) center,
      left calc(var(--_unit) * 3 + 4px) center;
  }

  .input.date {
    inline-size: auto;
    justify-self: start;
    min-inline-size: min(100%, 11em);
  }

  .affixed {
    display: grid;
    grid-template-columns: minmax(0, 12em) auto;
    align-items: center;
    justify-content: start;
    gap: var(--_gap);
  }

  .affix {
    color: var(--_text-2);
  }

  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_gap);
  }

  .swatch {
    inline-size: var(--_height);
    block-size: var(--_height);
    padding: 2px;
    border: 1px solid var(--_line-2);
    border-radius: var(--_radius);
    background: none;
  }

  .toggle {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-block-size: var(--_height);
    cursor: pointer;
  }

  .field:has(> .toggle) {
    align-self: end;
  }

  .check {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .checks {
    display: flex;
    flex-wrap: wrap;
    column-gap: calc(var(--_unit) * 5);
  }

  .stars {
    display: flex;
    align-items: center;
    min-block-size: var(--_height);
  }

  .star {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: var(--_height);
    border-radius: var(--_radius);
    color: var(--_text-3);
    cursor: pointer;
  }

  .star > .icon {
    inline-size: 20px;
    block-size: 20px;
  }

  .star[data-filled] {
    color: var(--_warn);
  }

  .star[data-filled] > .icon {
    fill: currentColor;
  }

  .star:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .value {
    display: block;
    padding-block: calc((var(--_height) - 1.43em) / 2);
    overflow-wrap: anywhere;
  }

  .parts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr));
    align-items: start;
    gap: calc(var(--_unit) * 2.5) calc(var(--_unit) * 3);
    min-inline-size: 0;
  }

  .parts > [data-width='row'] {
    grid-column: 1 / -1;
  }

  .rare > summary {
    inline-size: fit-content;
    padding-block: var(--_gap);
    font-size: var(--_small);
    color: var(--_text-2);
    cursor: pointer;
  }

  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_gap);
    padding-block: calc(var(--_unit) * 2.5);
    border-block-end: 1px solid var(--_line);
  }

  .add {
    justify-self: start;
    margin-inline-start: calc(var(--_pad) * -1);
  }

  .lines-box {
    overflow-x: auto;
  }

  .lines {
    inline-size: 100%;
    border-collapse: collapse;
  }

  .lines th {
    font-size: var(--_small);
    font-weight: var(--_strong);
    color: var(--_text-2);
    text-align: start;
  }

  .lines :is(th, td) {
    padding: var(--_unit);
    border-block-end: 1px solid var(--_line);
    vertical-align: top;
  }

  .lines td:first-child {
    inline-size: 60%;
    min-inline-size: 10em;
  }

  .lines .number {
    min-inline-size: 5em;
    text-align: end;
  }

  @media (forced-colors: active) {
    select.input {
      appearance: auto;
      padding-inline-end: 0;
      background-image: none;
    }

    .star[data-filled] {
      color: Highlight;
    }
  }
`;
