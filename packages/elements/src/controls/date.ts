import { wallTimeAt } from '@tessera-crm/model/zoned.js';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ControlView, RenderControl } from './control-view.ts';

type View = Parameters<RenderControl<'date'>>[0];

/** How the browser's inputs write a value: wall time of the person's zone, no seconds where there are none. */
const inputText = ({ control, form, value }: View): string => {
  if (typeof value !== 'string') return '';
  if (control.type === 'date') return value;
  if (control.type === 'time') return value.replace(/^(\d\d:\d\d):00$/, '$1');
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? '' : wallTimeAt(instant, form.display.timeZone).slice(0, 16);
};

/** The browser's own picker. What it holds half filled in it keeps for itself, so only that is told. */
export const renderDate: RenderControl<'date'> = (view) => {
  const { control, id, isInvalid, isRequired, isReadonly, describedBy } = view;
  return html`<input
    class="input date"
    part="input"
    id=${id}
    type=${control.type}
    max=${control.type === 'date' ? '9999-12-31' : nothing}
    ?required=${isRequired}
    ?readonly=${isReadonly}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    .value=${live(inputText(view))}
    @change=${(event: Event) => chosen(view, event.target as HTMLInputElement)}
    @blur=${(event: Event) => chosen(view, event.target as HTMLInputElement)}
  />`;
};

const chosen = (view: ControlView & View, input: HTMLInputElement): void => {
  const { field, form, path, onEdit, control, isInvalid } = view;
  if (input.validity.badInput) return onEdit(path, { text: '', code: control.type === 'time' ? 'time' : 'date' });
  if (input.value === inputText(view) && !isInvalid) return;
  const read = field.kind.parse(input.value, field.options, { ...form.reading, dates: 'ymd' });
  onEdit(path, read.ok ? { value: read.value } : { text: '', code: read.code });
};
