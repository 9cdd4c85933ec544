import { css } from 'lit';

/** Where files are dropped, and the list of them. */
export const dropZoneStyles = css`
  .drop {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_gap);
    padding: calc(var(--_unit) * 3.5) var(--_pad);
    border: 1px dashed var(--_line-2);
    border-radius: var(--_radius);
    font-size: var(--_small);
    text-align: center;
    color: var(--_text-2);
    cursor: pointer;
    transition:
      background var(--_motion),
      border-color var(--_motion);
  }

  .drop b {
    font-weight: var(--_strong);
    color: var(--_accent-text);
  }

  .drop > .icon {
    color: var(--_text-3);
  }

  .drop:hover,
  .drop[data-over] {
    border-color: var(--_accent);
    background: var(--_selected);
  }

  .drop:has(:focus-visible) {
    border-color: var(--_focus);
    outline: 2px solid color-mix(in oklab, var(--_focus) 35%, transparent);
  }

  .files {
    display: grid;
  }

  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    column-gap: var(--_gap);
    min-block-size: var(--_row);
    font-size: var(--_small);
    border-block-end: 1px solid var(--_line);
  }

  .file-actions {
    display: flex;
    justify-content: flex-end;
  }

  .file > .icon {
    color: var(--_text-3);
  }

  .file[data-wrong] > .icon,
  .file-reason {
    color: var(--_bad);
  }

  .file-progress,
  .file-reason {
    grid-column: 2 / -1;
    margin-block-end: var(--_unit);
  }

  .file-progress {
    appearance: none;
    inline-size: 100%;
    block-size: 3px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--_hover);
  }

  .file-progress::-webkit-progress-bar {
    background: transparent;
  }

  .file-progress::-webkit-progress-value {
    background: var(--_accent);
  }

  .file-progress::-moz-progress-bar {
    background: var(--_accent);
  }
`;
