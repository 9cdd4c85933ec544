import { css } from 'lit';

export const styles = css`
  :host {
    min-inline-size: min(100%, 260px);
    --_avatar: calc(var(--_unit) * 11);
  }

  .card {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    gap: var(--_pad);
    /* What the loader keeps free, so that nothing moves when the card comes */
    min-block-size: calc(var(--_unit) * 87);
    padding: calc(var(--_unit) * 4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_surface);
  }

  .card .message {
    margin-block: auto;
  }

  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: var(--_pad);
    min-block-size: var(--_avatar);
  }

  .name,
  dd {
    font-size: var(--_large);
    font-weight: var(--crm-heading-weight, 600);
    line-height: 1.3;
    letter-spacing: -0.01em;
  }

  .name {
    font-family: var(--crm-heading-font, inherit);
    overflow-wrap: anywhere;
  }

  .job,
  .use,
  .more,
  dt {
    color: var(--_text-2);
  }

  .use,
  .more,
  dt {
    font-size: var(--_small);
  }

  .chips,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_unit) * 1.5);
  }

  .facts {
    display: grid;
  }

  .fact {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    column-gap: calc(var(--_unit) * 2.5);
    min-block-size: calc(var(--_unit) * 7);
  }

  .fact > .icon {
    color: var(--_text-3);
  }

  .value {
    display: flex;
    align-items: baseline;
    gap: var(--_gap);
    min-inline-size: 0;
  }

  .use {
    flex: none;
    max-inline-size: 40%;
  }

  .more {
    flex: none;
    padding-inline: 5px;
    /* Seen where colours are forced */
    border: 1px solid transparent;
    border-radius: var(--crm-chip-radius, 999px);
    background: var(--_hover);
  }

  .figures {
    display: grid;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    border-block: 1px solid var(--_line);
  }

  /* The number above its name, which comes first for those who listen */
  .figure {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: var(--_gap) calc(var(--_unit) * 2.5);
    border-inline-start: 1px solid var(--_line);
  }

  .figure:first-child {
    padding-inline-start: 0;
    border-inline-start: 0;
  }

  .figure:last-child {
    padding-inline-end: 0;
  }

  dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: var(--_gap);
    min-block-size: 1.43em;
    line-height: 1.43;
  }

  .actions {
    gap: var(--_gap);
    min-block-size: var(--_height);
    margin-block-start: auto;
  }

  .bone.text {
    inline-size: var(--_wide, 60%);
    block-size: 0.8em;
    margin-block: 0.315em;
    border-radius: 3px;
  }

  .figure-bone {
    inline-size: 3em;
    block-size: 1em;
    margin-block: 0.2em;
  }

  .job,
  .fact:nth-child(odd) {
    --_wide: 36%;
  }

  .action {
    inline-size: calc(var(--_unit) * 24);
    block-size: var(--_height);
    border-radius: var(--_radius);
  }

  @container (inline-size < 20.7em) {
    .use {
      display: none;
    }

    .figure {
      padding-inline: calc(var(--_unit) * 1.5);
    }
  }

  @container (inline-size < 14.3em) {
    .figures {
      grid-auto-flow: row;
    }

    .figure {
      padding-inline: 0;
      border-inline-start: 0;
    }
  }
`;
