import type { Change } from '@tessera-crm/model/change.js';
import { humanise, labelOf, type Messages } from '@tessera-crm/model/locales/label.js';
import type { WaitingChanges } from '@tessera-crm/model/outgoing.js';
import { html, type TemplateResult } from 'lit';
import type { LinkRef } from '../controls/linked.ts';
import type { Facts } from '../i18n/catalogue.ts';

export interface WaitingView {
  readonly words: Messages;
  readonly label: string;
  /** What a record is called; nothing while that is not known. */
  readonly titleOf: (ref: LinkRef) => string | null | undefined;
  readonly say: (key: string, facts?: Facts) => string;
  readonly when: (at: string) => string;
}

/** What waits, oldest first: which record, what is done to it, and since when. */
export const renderWaiting = (waiting: readonly WaitingChanges[], view: WaitingView): TemplateResult =>
  html`<ul class="waiting" part="waiting" role="list" tabindex="0" aria-label=${view.label}>
    ${waiting.flatMap(({ at, changes }) => changes.map((change) => renderChange(change, at, view)))}
  </ul>`;

const renderChange = (change: Change, at: string, view: WaitingView): TemplateResult => {
  const { module, id } = change;
  const kind = labelOf(`${module}.one`, view.words);
  // What is being made has no other name than the one it brings
  const title = view.titleOf({ module, id });
  return html`<li class="waiting-change">
    <bdi class="waiting-title">${title ?? kind}</bdi>
    <span class="muted">${title ? `${kind} · ` : ''}${deedOf(change, view)}</span>
    <time class="muted number" datetime=${at}>${view.when(at)}</time>
  </li>`;
};

const deedOf = (change: Change, { words, say }: WaitingView): string => {
  if (change.op === 'act') return humanise(change.action);
  if (change.op !== 'update') return say(`op.${change.op}`);
  const fields = Object.keys(change.values).map((name) => labelOf(`${change.module}.${name}`, words));
  return say('op.update', { fields: fields.join(', ') });
};
