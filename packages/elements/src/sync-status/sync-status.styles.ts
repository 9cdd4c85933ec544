import { css } from 'lit';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';

const own = css`
  :host {
    container-type: inline-size;
  }

  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_unit) var(--_gap);
  }

  .status:not(.calm) {
    padding: var(--_gap) var(--_gap) var(--_gap) var(--_pad);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
  }

  .news {
    display: contents;
  }

  .line {
    display: flex;
    flex: 1 1 max-content;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_unit) var(--_gap);
    min-inline-size: 0;
    min-block-size: var(--_height);
    overflow-wrap: anywhere;
  }

  /* Each thing on a line of its own, a single one beside the buttons */
  .news > * + .line {
    flex-basis: 100%;
  }

  .line > span {
    flex: 0 1 auto;
    min-inline-size: 0;
  }

  .line > .icon {
    color: var(--_tone, var(--_text-3));
  }

  .line:has(> .icon) {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
  }

  .line b {
    font-weight: var(--_strong);
    color: color-mix(in oklab, var(--_tone) 80%, var(--_text));
  }

  .calm .line,
  .line.calm,
  .said {
    font-size: var(--_small);
    color: var(--_text-2);
  }

  .said {
    min-block-size: 0;
    flex-basis: 100%;
  }

  [data-tone='ok'] {
    --_tone: var(--_ok);
  }

  [data-tone='busy'] {
    --_tone: var(--_accent-text);
  }

  [data-tone='warn'] {
    --_tone: var(--_warn);
  }

  [data-tone='bad'] {
    --_tone: var(--_bad);
  }

  [data-tone='busy'] > .icon {
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_unit);
    margin-inline-start: auto;
  }

  .waiting {
    flex: 1 0 100%;
    max-block-size: 18em;
    overflow: auto;
    margin-block-start: var(--_unit);
    border-block-start: 1px solid var(--_line);
  }

  .waiting-change {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: var(--_gap);
    padding-block: calc(var(--_unit) * 1.5);
    padding-inline-end: var(--_unit);
    overflow-wrap: anywhere;
  }

  .waiting-change + .waiting-change {
    border-block-start: 1px solid var(--_line);
  }

  .waiting-title {
    font-weight: var(--_strong);
  }

  .waiting-change .muted {
    font-size: var(--_small);
  }

  .waiting-change time {
    grid-area: 1 / 2;
    align-self: center;
  }

  .line .bone {
    inline-size: 11em;
    block-size: 0.9em;
  }

  @media (prefers-reduced-motion: reduce) {
    [data-tone='busy'] > .icon {
      animation-duration: 4s;
    }
  }
`;

export const styles = [tokens, base, button, rest, own];
