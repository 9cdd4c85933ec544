import { html } from 'lit';
import { displayOf, type RenderControl } from './control-view.ts';

/** What nobody types in: the value as text. */
export const renderNone: RenderControl<'none'> = (view) => {
  const { value, field, id } = view;
  const text = value === null || value === undefined ? '–' : field.kind.format(value, field.options, displayOf(view));
  return html`<output class="value" id=${id}><bdi>${text}</bdi></output>`;
};
