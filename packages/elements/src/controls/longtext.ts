import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ControlView, RenderControl } from './control-view.ts';
import { settled, shownText, typed } from './typing.ts';

export const renderLongtext: RenderControl<'longtext'> = (view) =>
  renderTextarea(view, { format: (value) => String(value) });

interface Area {
  readonly format: (value: unknown) => string;
  readonly read?: Parameters<typeof typed>[2];
}

/** Several lines of text; grows with them where the browser can. */
export const renderTextarea = (view: ControlView, { format, read }: Area): unknown => {
  const { id, isInvalid, isRequired, isReadonly, describedBy } = view;
  return html`<textarea
    class="input area"
    part="input"
    id=${id}
    rows="4"
    ?required=${isRequired}
    ?readonly=${isReadonly}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    .value=${live(shownText(view, format))}
    @input=${(event: Event) => typed(view, (event.target as HTMLTextAreaElement).value, read)}
    @blur=${() => settled(view)}
  ></textarea>`;
};
