import { formatNumber } from '@tessera-crm/model/format/number.js';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ControlView, RenderControl } from './control-view.ts';
import { settled, shownText, typed } from './typing.ts';

/** Keyboards for numbers have no minus sign on some telephones. */
const modeOf = (digits: number, min: number | undefined): string => {
  if (min === undefined || min < 0) return 'text';
  return digits > 0 ? 'decimal' : 'numeric';
};

export const renderNumber: RenderControl<'number'> = (view) => {
  const { digits, unit, min } = view.control;
  const { locale } = view.form.display;
  const format = (value: unknown): string => formatNumber(value as number | string, locale, { digits });
  const input = renderFigure(view, { mode: modeOf(digits, min), format });
  return unit === undefined ? input : html`<div class="affixed">${input}<span class="affix">${unit}</span></div>`;
};

interface Figure {
  readonly mode: string;
  readonly format: (value: unknown) => string;
  readonly read?: Parameters<typeof typed>[2];
}

/** Text rather than a number input, because those know neither decimal commas nor what to do with `1.234,50`. */
export const renderFigure = (view: ControlView, { mode, format, read }: Figure): unknown => {
  const { id, isInvalid, isRequired, isReadonly, describedBy } = view;
  return html`<input
    class="input number"
    part="input"
    id=${id}
    inputmode=${mode}
    autocomplete="off"
    maxlength="40"
    ?required=${isRequired}
    ?readonly=${isReadonly}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    .value=${live(shownText(view, format))}
    @input=${(event: Event) => typed(view, (event.target as HTMLInputElement).value, read)}
    @blur=${() => settled(view)}
  />`;
};
