import { css } from 'lit';
import { formStyles } from '../controls/form.styles.ts';
import { base } from '../styles/base.ts';
import { tokens } from '../styles/tokens.ts';

const own = css`
  :host {
    container-type: inline-size;
  }

  .panel {
    display: grid;
    gap: calc(var(--_unit) * 4);
    padding: calc(var(--_unit) * 4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
  }

  .title {
    font-size: var(--_large);
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
    letter-spacing: -0.01em;
  }

  form {
    display: grid;
    gap: calc(var(--_unit) * 4);
    min-inline-size: 0;
  }

  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_unit) * 4);
    align-items: start;
  }

  @container (min-inline-size: 460px) {
    .panel {
      padding: calc(var(--_unit) * 5);
    }

    .fields {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .field:is([data-width='row'], [data-width='wide']) {
      grid-column: 1 / -1;
    }
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_gap);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_unit) var(--_gap);
    padding: var(--_gap) var(--_pad);
    border-radius: var(--_radius);
    font-size: var(--_small);
    color: color-mix(in oklab, var(--_tone, var(--_text-2)) 80%, var(--_text));
    background: color-mix(in oklab, var(--_tone, var(--_text-2)) 10%, transparent);
  }

  .notice > span {
    flex: 1 1 14em;
  }

  .notice .plain {
    min-block-size: 24px;
    font-weight: var(--_strong);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .problems {
    flex-basis: 100%;
    padding-inline-start: calc(1.143em + var(--_gap));
  }

  .problems .plain {
    font-weight: 400;
  }

  .done {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: calc(var(--_unit) * 6) calc(var(--_unit) * 4);
    text-align: center;
  }

  .done > .icon {
    inline-size: 32px;
    block-size: 32px;
    color: var(--_ok);
  }

  .done[data-pending] > .icon {
    color: var(--_warn);
  }

  .done-title {
    font-size: var(--_large);
    font-family: var(--crm-heading-font, inherit);
    font-weight: var(--crm-heading-weight, 600);
    border-radius: var(--_radius);
    outline-offset: var(--_unit);
  }

  .done > .button {
    margin-block-start: var(--_gap);
  }

  .spin {
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .bones {
    display: grid;
    gap: calc(var(--_unit) * 4);
  }

  .bone {
    block-size: calc(var(--_height) + 1.6em);
  }

  .bone.tall {
    block-size: calc(var(--_height) * 3 + 1.6em);
  }

  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation-duration: 4s;
    }
  }

  @media (forced-colors: active) {
    .notice {
      border: 1px solid;
    }
  }

  @media print {
    .foot {
      display: none;
    }
  }
`;

export const styles = [tokens, base, formStyles, own];
