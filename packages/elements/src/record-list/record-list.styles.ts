import { css } from 'lit';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { chip } from '../styles/chip.ts';
import { input } from '../styles/input.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';

const own = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
  }

  .bar {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    padding: var(--_gap);
    border-block-end: 1px solid var(--_line);
  }

  .bar[hidden],
  .bar:not(:has(*)) {
    display: none;
  }

  .search {
    position: relative;
    flex: 1 1 12em;
    max-inline-size: 26em;
  }

  .search > .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-start: calc(var(--_unit) * 2.5);
    margin-block: auto;
    color: var(--_text-3);
    pointer-events: none;
  }

  .search > .input {
    padding-inline-start: calc(var(--_unit) * 8.5);
  }

  .search > .input::-webkit-search-cancel-button {
    display: none;
  }

  .search > .button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
  }

  .count {
    margin-inline-start: auto;
    padding-inline: var(--_unit);
    font-size: var(--_small);
    color: var(--_text-2);
    white-space: nowrap;
  }

  .box {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    transition: opacity var(--_motion);
  }

  .box[aria-busy='true'] {
    opacity: 0.6;
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
  }

  th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 0;
    border-block-end: 1px solid var(--_line);
    font-size: var(--_small);
    font-weight: var(--_strong);
    text-align: start;
    white-space: nowrap;
    color: var(--_text-2);
    background: color-mix(in oklab, var(--_text) 2%, var(--_surface));
  }

  th > span,
  th > button {
    display: flex;
    align-items: center;
    gap: 4px;
    inline-size: 100%;
    min-block-size: var(--_height);
    padding: 0 var(--_pad);
  }

  th > button {
    border: 0;
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  th > button:hover {
    color: var(--_text);
    background: var(--_hover);
  }

  th > button:focus-visible {
    outline-offset: -2px;
  }

  th > button > .icon {
    inline-size: 1em;
    block-size: 1em;
    opacity: 0;
  }

  th:is([aria-sort='ascending'], [aria-sort='descending']) > button {
    color: var(--_text);
  }

  th[aria-sort] > button > .icon,
  th > button:is(:hover, :focus-visible) > .icon {
    opacity: 1;
  }

  .figure {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  th.figure > :is(span, button) {
    justify-content: flex-end;
  }

  td {
    max-inline-size: 22em;
    block-size: var(--_row);
    padding: 0 var(--_pad);
    border-block-end: 1px solid var(--_line);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  tbody > tr:last-child > td {
    border-block-end-color: transparent;
  }

  .main {
    font-weight: var(--_strong);
  }

  .main :is(a, .plain) {
    display: block;
    inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: inherit;
    white-space: nowrap;
  }

  tr[data-id] {
    cursor: default;
  }

  tr[data-opens] {
    cursor: pointer;
  }

  tr[data-id]:hover {
    background: color-mix(in oklab, var(--_text) 3%, transparent);
  }

  [data-id][aria-current='true']:is(tr, .card) {
    background: var(--_selected);
  }

  .gap > td {
    block-size: var(--_gap-height);
    padding: 0;
    border: 0;
  }

  .chip-row {
    display: inline-flex;
    gap: 4px;
    max-inline-size: 100%;
    overflow: hidden;
  }

  .chip {
    vertical-align: middle;
  }

  .yes > .icon {
    color: var(--_ok);
    vertical-align: middle;
  }

  .cards {
    display: grid;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_unit);
    padding: calc(var(--_unit) * 2.5) var(--_pad);
    border-block-end: 1px solid var(--_line);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 88px;
  }

  .card:last-child {
    border-block-end: 0;
  }

  .facts {
    display: grid;
    grid-template-columns: minmax(5em, 30%) minmax(0, 1fr);
    gap: 2px var(--_gap);
    font-size: var(--_small);
  }

  .facts > dt {
    color: var(--_text-2);
  }

  .facts > dd {
    overflow-wrap: anywhere;
  }

  .card > .main {
    min-block-size: 24px;
  }

  .foot {
    padding: var(--_gap);
    border-block-start: 1px solid var(--_line);
    text-align: center;
  }

  .bone {
    display: block;
    block-size: 0.8em;
    inline-size: 70%;
  }

  .bone.bar-bone {
    block-size: var(--_height);
    inline-size: min(26em, 100%);
  }

  @media (forced-colors: active) {
    [data-id][aria-current='true']:is(tr, .card) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }

  @media print {
    :host {
      display: block;
      overflow: visible;
    }

    .box {
      overflow: visible;
    }

    .bar,
    .foot {
      display: none;
    }
  }
`;

export const styles = [tokens, base, button, chip, rest, input, own];
