import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { RenderControl } from './control-view.ts';
import { friendlyText, settled, shownText, typed } from './typing.ts';

/** `email` and `url` inputs change what is typed, so only the keyboard is chosen for them. */
const inputs = {
  text: { type: 'text' },
  email: { type: 'text', mode: 'email' },
  tel: { type: 'tel', mode: 'tel' },
  url: { type: 'text', mode: 'url' },
  color: { type: 'text' },
  password: { type: 'password' },
} as const satisfies Record<string, { readonly type: string; readonly mode?: string }>;

export const renderText: RenderControl<'text'> = (view) => {
  const { control, id, isInvalid, isRequired, isReadonly, describedBy } = view;
  const input: { readonly type: string; readonly mode?: string } = inputs[control.type ?? 'text'];
  const isPlain = control.type === undefined;
  const field = html`<input
    class="input"
    part="input"
    id=${id}
    type=${input.type}
    inputmode=${ifDefined(input.mode)}
    autocomplete=${control.autocomplete ?? (isPlain ? nothing : 'off')}
    autocapitalize=${isPlain ? nothing : 'none'}
    spellcheck=${isPlain ? nothing : 'false'}
    maxlength=${control.max ?? nothing}
    ?required=${isRequired}
    ?readonly=${isReadonly}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    .value=${live(shownText(view, (value) => friendlyText(view, value)))}
    @input=${(event: Event) => typed(view, (event.target as HTMLInputElement).value)}
    @blur=${() => settled(view)}
  />`;
  return control.type === 'color' ? html`<div class="beside">${field}${swatch(view)}</div>` : field;
};

/** The browser's picker beside the text, which alone can be empty. */
const swatch = (view: Parameters<typeof renderText>[0]): unknown =>
  html`<input
    class="swatch"
    type="color"
    tabindex="-1"
    aria-label=${view.label}
    ?disabled=${view.isReadonly}
    .value=${live(typeof view.value === 'string' ? view.value : '#888888')}
    @input=${(event: Event) => view.onEdit(view.path, { value: (event.target as HTMLInputElement).value })}
  />`;
