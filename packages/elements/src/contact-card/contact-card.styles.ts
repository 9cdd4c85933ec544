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
    gap: calc(var(--_unit) * 3);
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
    column-gap: calc(var(--_unit) * 3);
    min-block-size: var(--_avatar);
  }

  .name {
    font-size: var(--_large);
    font-weight: 620;
    line-height: 1.3;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }

  .job {
    color: var(--_text-2);
  }

  .chips {
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
    flex: 0 999 auto;
    min-inline-size: 0;
    color: var(--_text-2);
    font-size: var(--_small);
  }

  .more {
    flex: none;
    padding-inline: 5px;
    /* Seen where colours are forced */
    border: 1px solid transparent;
    border-radius: 999px;
    font-size: var(--_small);
    color: var(--_text-2);
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
    padding: calc(var(--_unit) * 2) calc(var(--_unit) * 2.5);
    border-inline-start: 1px solid var(--_line);
  }

  .figure:first-child {
    padding-inline-start: 0;
    border-inline-start: 0;
  }

  .figure:last-child {
    padding-inline-end: 0;
  }

  .figure > dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: var(--_gap);
    min-block-size: 1.43em;
    font-size: var(--_large);
    font-weight: 620;
    line-height: 1.43;
    letter-spacing: -0.01em;
  }

  .figure > dt {
    overflow: hidden;
    font-size: var(--_small);
    color: var(--_text-2);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
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

  .bone.figure-bone {
    inline-size: 3em;
    block-size: 1em;
    margin-block: 0.2em;
  }

  .narrow {
    --_wide: 36%;
  }

  .bone.action {
    inline-size: calc(var(--_unit) * 24);
    block-size: var(--_height);
    border-radius: var(--_radius);
  }

  @container (inline-size < 290px) {
    .use {
      display: none;
    }

    .figure {
      padding-inline: calc(var(--_unit) * 1.5);
    }
  }

  @container (inline-size < 200px) {
    .figures {
      grid-auto-flow: row;
    }

    .figure {
      padding-inline: 0;
      border-inline-start: 0;
    }
  }
`;
