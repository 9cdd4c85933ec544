import type { Issue } from '@tessera-crm/model/errors.js';
import { tickets } from '@tessera-crm/model/modules/service/tickets.js';
import { html, nothing } from 'lit';
import type { OnEdit } from '../controls/edit.ts';
import { inputId, renderField } from '../controls/field.ts';
import type { FormControls } from '../controls/form-controls.ts';
import type { DraftController } from '../draft/draft-controller.ts';
import { iconAlert } from '../icons.ts';
import type { Attachments } from './attachments.ts';
import { notice, offeredNotice, problemsNotice, queuedNotice, restoredNotice, sendingMark } from './notices.ts';
import { isForbidden, type Submission } from './submission.ts';
import { ticketField } from './ticket-fields.ts';

/** All that the form of a ticket is drawn from. */
export interface TicketView {
  readonly form: FormControls;
  readonly draft: DraftController;
  readonly submission: Submission;
  readonly files: Attachments;
  readonly fields: readonly string[];
  readonly hintOf: (name: string) => string | undefined;
  readonly accept: string | undefined;
  readonly takesFiles: boolean;
  /** Whether it can be changed at all. */
  readonly isReadonly: boolean;
  /** Whether it is being sent, or waits for its files. */
  readonly isBusy: boolean;
  /** Whether everything was checked already, so that a summary makes sense. */
  readonly hasProblems: boolean;
  readonly onEdit: OnEdit;
  readonly submit: () => void;
  readonly startOver: () => void;
}

/** The form's shape while nothing is known. */
export const renderBones = (fields: readonly string[], label: string): unknown =>
  html`<div class="panel">
    <div class="bones" aria-hidden="true">
      ${fields.map((name) => html`<div class=${name === 'description' ? 'bone tall' : 'bone'}></div>`)}
    </div>
    <p class="unseen">${label}</p>
  </div>`;

/** The id of the input of attachments. */
const filesId = 'files';

export const renderTicketForm = (view: TicketView): unknown => {
  const { submission, isReadonly, form } = view;
  const isSending = view.isBusy || submission.phase === 'sending';
  // Where a sandbox allows no forms, the button is pressed but nothing is ever submitted
  const submit = (event: Event): void => {
    event.preventDefault();
    view.submit();
  };
  return html`<form novalidate @submit=${submit} aria-busy=${String(isSending)}>
    ${renderNotices(view)}
    <div class="fields">${view.fields.map((name) => renderOne(view, name))} ${renderFiles(view)}</div>
    ${
      isReadonly
        ? nothing
        : html`<div class="foot">
            ${
              submission.phase === 'queued'
                ? nothing
                : html`<button
                    class="button primary"
                    part="submit"
                    type="submit"
                    aria-disabled=${String(isSending)}
                    @click=${submit}
                  >
                    ${isSending ? sendingMark : nothing}${form.text(isSending ? 'sending' : 'send')}
                  </button>`
            }
            <slot name="footer"></slot>
          </div>`
    }
  </form>`;
};

const isLocked = ({ isReadonly, isBusy, submission }: TicketView): boolean =>
  isReadonly || isBusy || submission.phase !== 'editing';

const renderOne = (view: TicketView, name: string): unknown => {
  const field = ticketField(name);
  if (!field) return nothing;
  return renderField({
    form: view.form,
    module: tickets.key,
    name,
    field,
    value: view.draft.values[name] ?? null,
    issues: view.draft.issues,
    hint: view.hintOf(name),
    isReadonly: isLocked(view),
    onEdit: view.onEdit,
  });
};

const renderFiles = (view: TicketView): unknown =>
  view.takesFiles && !(isLocked(view) && view.files.uploads.items.length === 0)
    ? view.files.render(filesId, view.accept, isLocked(view))
    : nothing;

const renderNotices = (view: TicketView): unknown => {
  const { form, draft, submission, isReadonly, startOver } = view;
  if (isReadonly) return nothing;
  if (submission.phase === 'queued')
    return html`<slot name="offline"
      >${queuedNotice(
        form,
        () => submission.retry(),
        () => submission.withdraw(),
      )}</slot
    >`;
  return [
    draft.offered
      ? offeredNotice(
          form,
          () => draft.accept(),
          () => draft.decline(),
        )
      : nothing,
    draft.restoredAt === undefined ? nothing : restoredNotice(form, startOver),
    renderRefusal(view),
    view.hasProblems ? renderProblems(view) : nothing,
  ];
};

/** Why it was not taken, where no field can be named. */
const renderRefusal = ({ form, submission }: TicketView): unknown => {
  const { error } = submission;
  if (!error || error.issues.length > 0) return nothing;
  if (isForbidden(error)) {
    const key = error.code === 'forbidden' ? 'frame.forbidden' : 'frame.auth';
    return html`<slot name="forbidden">${notice({ icon: iconAlert, tone: 'bad', text: form.text(key) })}</slot>`;
  }
  const key = `frame.${error.code}`;
  const reason = form.text(key);
  const text = [form.text('refused'), reason === key ? '' : reason].join(' ').trim();
  return html`<slot name="error">${notice({ icon: iconAlert, tone: 'bad', text })}</slot>`;
};

const renderProblems = (view: TicketView): unknown => {
  const { form, draft, files } = view;
  const stuck: readonly Issue[] = files.uploads.isStuck ? [{ path: '', code: 'file-missing' }] : [];
  const issues = [...draft.issues, ...stuck];
  if (issues.length === 0) return nothing;
  return problemsNotice({
    form,
    issues,
    labelOf: ({ path }) => {
      const name = path.split('/')[1] ?? '';
      const field = view.fields.includes(name) ? ticketField(name) : undefined;
      return field && form.labels.field(tickets.key, name, field);
    },
    go: (issue) => inputOf(form, issue)?.focus(),
  });
};

/** The input that can be corrected; the first of the field where the place itself has none. */
export const inputOf = (form: FormControls, { path }: Issue): HTMLElement | null => {
  const [name = '', ...parts] = path.split('/').slice(1);
  const root = form.host.shadowRoot;
  const exact = root?.getElementById([inputId(name), ...parts].join('-'));
  return (
    exact ??
    root?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"] :is(input, select, textarea, button)`) ??
    null
  );
};
