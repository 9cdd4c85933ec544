import { css } from 'lit';

/**
 * Chips carry their meaning in words; `data-tone` only tints them. And avatars, which stand beside them. Their
 * transparent lines are seen where colours are forced.
 */
export const chip = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-inline-size: 100%;
    min-block-size: 20px;
    padding-inline: 6px;
    border: 1px solid transparent;
    border-radius: var(--crm-chip-radius, 999px);
    font-size: var(--_small);
    font-weight: var(--_strong);
    line-height: 1.4;
    white-space: nowrap;
    color: color-mix(in oklab, var(--_tone, var(--_text-2)) 78%, var(--_text));
    background: color-mix(in oklab, var(--_tone, var(--_text-2)) 12%, transparent);
  }

  .chip > .icon {
    inline-size: 1em;
    block-size: 1em;
  }

  [data-tone='accent'] {
    --_tone: var(--_accent-text);
  }

  [data-tone='ok'] {
    --_tone: var(--_ok);
  }

  [data-tone='warn'] {
    --_tone: var(--_warn);
  }

  [data-tone='bad'] {
    --_tone: var(--_bad);
  }

  .avatar {
    flex: none;
    display: grid;
    place-items: center;
    overflow: hidden;
    inline-size: var(--_avatar, 28px);
    block-size: var(--_avatar, 28px);
    border: 1px solid transparent;
    border-radius: 50%;
    font-size: calc(var(--_avatar, 28px) * 0.36);
    font-weight: 600;
    letter-spacing: 0.01em;
    color: var(--_accent-text);
    background: var(--_selected);
  }
`;
