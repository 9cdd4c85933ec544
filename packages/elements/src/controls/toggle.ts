import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { RenderControl } from './control-view.ts';

export const renderToggle: RenderControl<'toggle'> = ({ id, path, value, label, ...view }) =>
  html`<label class="toggle">
    <input
      class="check"
      part="input"
      id=${id}
      type="checkbox"
      ?disabled=${view.isReadonly}
      aria-invalid=${view.isInvalid ? 'true' : nothing}
      aria-describedby=${ifDefined(view.describedBy)}
      .checked=${live(value === true)}
      @change=${(event: Event) => view.onEdit(path, { value: (event.target as HTMLInputElement).checked })}
    />
    <span>${label}</span>
  </label>`;
