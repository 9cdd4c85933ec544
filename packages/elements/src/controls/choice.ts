import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { displayOf, type RenderControl } from './control-view.ts';

/** The browser's own list: typing finds, the keyboard works, telephones show theirs. */
export const renderChoice: RenderControl<'choice'> = (view) => {
  const { control, field, form, id, value, path, isInvalid, isRequired, isReadonly, describedBy, onEdit } = view;
  const chosen = typeof value === 'string' ? value : '';
  // A value that is no option any more stays until somebody chooses another
  const options = chosen === '' || control.options.includes(chosen) ? control.options : [chosen, ...control.options];
  const display = displayOf(view);
  const mayBeEmpty = chosen === '' || field.presence === 'optional';
  return html`<select
    class="input"
    part="input"
    id=${id}
    ?required=${isRequired}
    ?disabled=${isReadonly}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    @change=${(event: Event) => onEdit(path, { value: (event.target as HTMLSelectElement).value || null })}
  >
    ${
      mayBeEmpty
        ? html`<option value="" .selected=${live(chosen === '')}>
            ${isRequired ? form.text('choice.choose') : '–'}
          </option>`
        : nothing
    }
    ${options.map(
      (option) =>
        html`<option value=${option} .selected=${live(option === chosen)}>
          ${field.kind.format(option, field.options, display)}
        </option>`,
    )}
  </select>`;
};
