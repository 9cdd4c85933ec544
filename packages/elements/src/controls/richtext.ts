import { html, nothing } from 'lit';
import type { RenderControl } from './control-view.ts';
import { renderTextarea } from './longtext.ts';
import { fromHtml, isPlainHtml, toPlainHtml } from './plain-html.ts';

/**
 * Formatted text, edited as plain text for now: what is typed is stored as one paragraph, tags included as text, and
 * whoever edits text that has formatting is told that it goes. An editor follows.
 */
export const renderRichtext: RenderControl<'richtext'> = (view) => {
  const { value, form, isReadonly, field } = view;
  const loses = typeof value === 'string' && !isReadonly && !isPlainHtml(value);
  return html`${renderTextarea(view, {
    format: (one) => fromHtml(String(one)),
    read: (text) =>
      text.trim() === ''
        ? { ok: true, value: null }
        : field.kind.parse(toPlainHtml(text.trim()), field.options, form.reading),
  })}
  ${loses ? html`<p class="hint">${form.text('richtext.plain')}</p>` : nothing}`;
};
