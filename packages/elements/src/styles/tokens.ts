import { css } from 'lit';

/**
 * The public tokens and everything that follows from them.
 *
 * Eight are public (`--crm-font`, `-font-size`, `-accent`, `-on-accent`, `-surface`, `-text`, `-radius`, `-unit`); the
 * private ones (`--_…`) may change in any version. Text on the accent is black or white, and text in
 * the accent is as dark or light as it has to be, so that both can be read whatever a page's accent is. Sizes of type are in em of the element, so that text follows the
 * page's own size; `--_inner` keeps an element inside a slot of another from shrinking twice.
 */
export const tokens = css`
  :host {
    --_accent: var(--crm-accent, light-dark(#4353d6, #99a5ff));
    --_on-accent: var(--crm-on-accent, oklch(from var(--_accent) calc((0.6 - l) * 999) 0 0));
    --_surface: var(--crm-surface, light-dark(#fff, #17181c));
    --_text: var(--crm-text, light-dark(#1c1e26, #ecedf1));
    --_radius: var(--crm-radius, 6px);
    --_unit: var(--crm-unit, 4px);

    --_raised: light-dark(var(--_surface), color-mix(in oklab, #fff 5%, var(--_surface)));
    --_text-2: color-mix(in oklab, var(--_text) 68%, var(--_surface));
    --_text-3: color-mix(in oklab, var(--_text) 62%, var(--_surface));
    --_line: color-mix(in oklab, var(--_text) 12%, var(--_surface));
    --_line-2: color-mix(in oklab, var(--_text) 23%, var(--_surface));
    --_hover: color-mix(in oklab, var(--_text) 6%, transparent);
    --_selected: color-mix(in oklab, var(--_accent) 12%, transparent);
    --_accent-text: light-dark(
      oklch(from var(--_accent) min(l, 0.48) c h),
      oklch(from var(--_accent) max(l, 0.76) c h)
    );

    --_ok: light-dark(#157f4c, #55c98a);
    --_warn: light-dark(#8f5200, #e9ae4b);
    --_bad: light-dark(#c02a37, #ff8088);

    --_small: 0.857em;
    --_large: 1.143em;
    --_height: calc(var(--_unit) * 8);
    --_pad: calc(var(--_unit) * 3);
    --_gap: calc(var(--_unit) * 2);
    --_radius-2: calc(var(--_radius) + 4px);
    --_shadow-1: 0 1px 2px light-dark(#1b1f3a12, #0006);

    font-family: var(--crm-font, inherit);
    font-size: var(--crm-font-size, var(--_inner, var(--_size, 0.875em)));
    line-height: 1.43;
    color: var(--_text);
    color-scheme: var(--crm-color-scheme, inherit);
    -webkit-text-size-adjust: 100%;
  }

  slot {
    --_inner: 1em;
  }

  :host([density='compact']) {
    --_unit: var(--crm-unit, 3.5px);
    --_size: 0.8125em;
  }

  :host([density='comfortable']) {
    --_unit: var(--crm-unit, 5px);
    --_size: 0.9375em;
  }

  @media (pointer: coarse) {
    :host {
      --_height: max(40px, calc(var(--_unit) * 8));
    }
  }
`;
