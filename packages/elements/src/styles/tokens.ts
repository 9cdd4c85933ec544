import { css } from 'lit';

/**
 * What an element takes of its page, the public tokens, and everything that follows from them.
 *
 * Of what would be inherited only direction, light or dark, and the font come in; whatever else a page says of its text,
 * such as capitals or `pointer-events: none`, ends here. `-webkit-locale` is how Chromium and WebKit know by `lang` which
 * glyphs to take.
 *
 * The public tokens are those of `instance/seeds.ts`; the private ones (`--_…`) may change in any version. Text on the
 * accent is black or white, whichever can be read better: 0.5654 is the lightness at which both can be read equally
 * well. Sizes of type are in em of the page, so that text follows its size; `--_inner` keeps an element inside a slot of
 * another from shrinking twice.
 */
export const tokens = css`
  :host {
    all: initial;
    -webkit-locale: revert-layer;
    user-select: text;
    -webkit-user-select: text;

    --_accent: var(--crm-accent, light-dark(#4353d6, #99a5ff));
    --_on-accent: var(
      --crm-on-accent,
      oklch(from color(from var(--_accent) xyz-d65 y y y) calc((0.5654 - l) * 1e6) 0 0)
    );
    --_surface: var(--crm-surface, light-dark(#fff, #17181c));
    --_text: var(--crm-text, light-dark(#1c1e26, #ecedf1));
    --_radius: var(--crm-radius, 6px);
    --_unit: var(--crm-unit, 4px);

    --_raised: var(--crm-raised, light-dark(var(--_surface), color-mix(in oklab, #fff 5%, var(--_surface))));
    --_text-2: var(--crm-muted-text, color-mix(in oklab, var(--_text) 68%, var(--_surface)));
    --_text-3: var(--crm-muted-text, color-mix(in oklab, var(--_text) 62%, var(--_surface)));
    --_line: var(--crm-line, color-mix(in oklab, var(--_text) 12%, var(--_surface)));
    --_line-2: var(--crm-control-line, color-mix(in oklab, var(--_text) 23%, var(--_surface)));
    --_hover: color-mix(in oklab, var(--_text) 6%, transparent);
    --_selected: color-mix(in oklab, var(--_accent) 12%, transparent);
    --_accent-text: var(
      --crm-accent-text,
      light-dark(oklch(from var(--_accent) min(l, 0.48) c h), oklch(from var(--_accent) max(l, 0.76) c h))
    );
    --_focus: var(--crm-focus, var(--_accent-text));

    --_ok: var(--crm-good, light-dark(#157f4c, #55c98a));
    --_warn: var(--crm-warn, light-dark(#8f5200, #e9ae4b));
    --_bad: var(--crm-bad, light-dark(#c02a37, #ff8088));

    --_small: 0.857em;
    --_large: 1.143em;
    --_strong: var(--crm-strong-weight, 550);
    --_height: var(--crm-control-height, calc(var(--_unit) * 8));
    --_pad: calc(var(--_unit) * 3);
    --_gap: calc(var(--_unit) * 2);
    --_radius-2: calc(var(--_radius) + 4px);
    --_shadow-1: 0 1px 2px var(--crm-shadow, light-dark(#1b1f3a12, #0006));

    font: inherit;
    font-style: normal;
    font-variant: normal;
    font-weight: 400;
    font-family: var(--crm-font, var(--_font, inherit));
    font-size: var(--crm-font-size, var(--_inner, calc(var(--_size, 0.875) * var(--_em, 1em))));
    line-height: 1.43;
    -webkit-font-smoothing: inherit;
    color: var(--_text);
    color-scheme: var(--crm-color-scheme, inherit);
    -webkit-text-size-adjust: 100%;
  }

  slot {
    --_inner: 1em;
  }

  :host([density='compact']) {
    --_unit: var(--crm-unit, 3.5px);
    --_size: 0.8125;
  }

  :host([density='comfortable']) {
    --_unit: var(--crm-unit, 5px);
    --_size: 0.9375;
  }

  @media (pointer: coarse) {
    :host {
      --_height: max(40px, var(--crm-control-height, calc(var(--_unit) * 8)));
    }
  }
`;
