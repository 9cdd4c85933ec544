import { html, type TemplateResult } from 'lit';
import type { CrmElement } from './element.ts';
import type { RecordDetail } from './events.ts';

/**
 * What leads to a record: an anchor where the page's `links` know its place, a button where the page has no `links`
 * and listens for `open`, plain text where the record has no place.
 */
export const recordLink = (host: CrmElement, detail: RecordDetail, part: string, content: unknown): TemplateResult => {
  const href = host.hrefOf(detail.module, detail.id);
  const open = (event: Event): void => host.open(detail, event);
  if (href === null) return html`<span part=${part}>${content}</span>`;
  if (href === undefined)
    return html`<button class="plain" part=${part} type="button" @click=${open}>${content}</button>`;
  return html`<a part=${part} href=${href} @click=${open}>${content}</a>`;
};
