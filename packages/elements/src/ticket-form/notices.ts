import type { Issue } from '@tessera-crm/model/errors.js';
import { html, nothing } from 'lit';
import { iconClock, iconDone, iconError, iconHourglass, iconInfo, iconRetry } from '../icons.ts';
import { sentenceOf } from '../controls/sentence.ts';
import type { FormControls } from '../controls/form-controls.ts';
import type { Ticket } from './submission.ts';

interface Action {
  readonly text: string;
  readonly run: () => void;
}

/** One line above the fields, with what one can do about it. */
export const notice = (
  { icon, tone, text, more = nothing }: { icon: unknown; tone: string; text: string; more?: unknown },
  actions: readonly Action[] = [],
): unknown =>
  html`<div class="notice" part="notice" data-tone=${tone} role="status">
    ${icon}<span>${text}</span>
    ${actions.map((one) => html`<button class="plain" type="button" @click=${one.run}>${one.text}</button>`)} ${more}
  </div>`;

export const restoredNotice = (form: FormControls, discard: () => void): unknown =>
  notice({ icon: iconInfo, tone: 'info', text: form.text('draft.restored') }, [
    { text: form.text('draft.discard'), run: discard },
  ]);

export const offeredNotice = (form: FormControls, accept: () => void, decline: () => void): unknown =>
  notice({ icon: iconInfo, tone: 'warn', text: form.text('draft.offered') }, [
    { text: form.text('draft.accept'), run: accept },
    { text: form.text('draft.decline'), run: decline },
  ]);

export const queuedNotice = (form: FormControls, send: () => void, edit: () => void): unknown =>
  notice({ icon: iconClock, tone: 'warn', text: form.text('queued') }, [
    { text: form.text('queued.now'), run: send },
    { text: form.text('queued.edit'), run: edit },
  ]);

interface Problems {
  readonly form: FormControls;
  readonly issues: readonly Issue[];
  readonly labelOf: (issue: Issue) => string | undefined;
  readonly go: (issue: Issue) => void;
}

/** Everything wrong at once, each a way to its field; read out as soon as it appears. */
export const problemsNotice = ({ form, issues, labelOf, go }: Problems): unknown =>
  html`<div class="notice" part="notice" data-tone="bad" role="alert" tabindex="-1">
    ${iconError}<span>${form.text('summary', { count: issues.length })}</span>
    <ul class="problems">
      ${issues.map((issue) => {
        const label = labelOf(issue);
        const sentence = sentenceOf(issue, form, 'tickets');
        if (label === undefined) return html`<li>${sentence}</li>`;
        return html`<li>
          <button class="plain" type="button" @click=${() => go(issue)}>${label}: ${sentence}</button>
        </li>`;
      })}
    </ul>
  </div>`;

/** It is there: its number, and the way to another one. */
export const renderDone = (form: FormControls, { number }: Ticket, again: () => void): unknown => {
  const isPending = number === null;
  return html`<div class="done" part="done" ?data-pending=${isPending}>
    ${isPending ? iconHourglass : iconDone}
    <p class="done-title" tabindex="-1" id="done">
      ${isPending ? form.text('pending') : form.text('done', { number })}
    </p>
    <p class="muted">${form.text(isPending ? 'pending.detail' : 'done.detail')}</p>
    <button class="button" part="another" type="button" @click=${again}>${form.text('another')}</button>
  </div>`;
};

export const sendingMark = html`<span class="spin" aria-hidden="true">${iconRetry}</span>`;
