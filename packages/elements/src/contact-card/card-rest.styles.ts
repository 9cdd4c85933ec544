import { css } from 'lit';

/** What comes behind the person. */
export const styles = css`
  .avatar > img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .copy {
    --_height: calc(var(--_unit) * 6);
    min-block-size: var(--_height);
    color: var(--_text-2);
    box-shadow: none;
  }

  @media (hover: hover) and (pointer: fine) {
    .copy {
      opacity: 0;
      transition: opacity var(--_motion);
    }

    .fact:hover > .copy,
    .copy:focus-visible,
    .copy.is-done {
      opacity: 1;
    }
  }

  .is-done > .icon {
    color: var(--_ok);
  }

  .sum {
    font-size: 0.75em;
    font-weight: 400;
    letter-spacing: 0;
    color: var(--_text-2);
  }

  @container (inline-size < 20.7em) {
    .copy,
    .sum {
      display: none;
    }
  }

  @media print {
    .card {
      border-color: #999;
    }

    .actions,
    .copy,
    .more {
      display: none;
    }
  }
`;
