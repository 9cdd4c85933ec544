import { tickets } from '@tessera-crm/model/modules/service/tickets.js';
import { html, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { OnEdit } from '../controls/edit.ts';
import { inputId } from '../controls/field.ts';
import { FormControls } from '../controls/form-controls.ts';
import { FormElement } from '../controls/form-element.ts';
import { LateCode } from '../data/late-code.ts';
import { DraftController } from '../draft/draft-controller.ts';
import type { ViewState } from '../frame/view-state.ts';
import { Attachments } from './attachments.ts';
import { FormValue } from './form-value.ts';
import { renderDone } from './notices.ts';
import { Submission } from './submission.ts';
import { fieldsOf, filledIn, hintAttribute, hintAttributes, initialOf } from './ticket-fields.ts';
import { messages, type TicketFormMessages } from './ticket-form.messages.ts';
import { parts } from './ticket-form.parts.ts';
import { styles } from './ticket-form.styles.ts';
import { inputOf, renderBones, renderTicketForm } from './ticket-view.ts';

/**
 * Opens a ticket: checks what is typed by the module's own rules, keeps the draft through a reload, sends it once, and
 * waits with it while there is no network.
 *
 * Part of the form around it. Its value is the id of the ticket once that was created, the draft as JSON before, and
 * empty while nothing was typed. The form's `reset` empties it, a disabled `fieldset` disables it; a draft that is not
 * complete makes the form invalid, and so does `required` until the ticket was sent.
 *
 * @tag crm-ticket-form
 * @attr {string | undefined} *-hint - A sentence below a field, by its name: `subject-hint`, `serial-hint`.
 * @slot header - Instead of the heading.
 * @slot footer - Beside the button.
 * @slot success - Instead of the words after the ticket was sent.
 * @slot error - Instead of the note that it was not sent.
 * @slot offline - Instead of the note that it waits for the network.
 * @slot forbidden - Instead of the note that one may not open tickets.
 * @slot empty - Instead of what is shown when there is no field to fill in.
 * @fires crm-before-save - Cancelable, before the ticket is sent; `detail.wait(promise)` makes it wait.
 * @fires crm-save - The ticket was created, or waits in the outbox.
 * @fires crm-change - A field was changed; `detail.fields` names those that differ from the start.
 * @fires crm-error - The ticket was refused or could not be sent.
 * @csspart panel - The box around everything.
 * @csspart heading - The heading.
 * @csspart field - One field with its label.
 * @csspart label - A label.
 * @csspart input - An input.
 * @csspart field-error - What is wrong with a field.
 * @csspart attachments - The files.
 * @csspart drop-zone - Where files are dropped.
 * @csspart notice - A line above the fields.
 * @csspart refusal - A ticket that waited on this device and was refused.
 * @csspart submit - The button that sends.
 * @csspart done - What is shown after the ticket was sent.
 * @csspart another - The button that opens another ticket.
 */
export class TicketForm extends FormElement<TicketFormMessages> {
  static override readonly element = 'ticket-form';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./ticket-form.messages.it.ts') };
  static override readonly styles = styles;
  static override readonly properties: PropertyDeclarations = {
    accept: {},
    attachments: {},
    draftKey: { attribute: 'draft-key' },
    fields: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    mirrorInputs: { attribute: 'mirror-inputs', type: Boolean },
    name: { reflect: true },
    readonly: { type: Boolean, reflect: true },
    required: { type: Boolean, reflect: true },
    subject: {},
    values: { type: Object },
  };

  /** Which files can be chosen, as browsers' `accept` wants it. */
  declare accept: string | undefined;
  /** `off` takes no files; else they are taken where the backend stores files. */
  declare attachments: string | undefined;
  /** Under which name the draft is kept; pages with several forms, or people, give each its own. `off` keeps none. */
  declare draftKey: string | undefined;
  /** The fields to fill in, in order, separated by commas. */
  declare fields: string;
  /** Of the heading; 2 unless told. */
  declare headingLevel: number;
  /** Repeats the value in hidden inputs of the page, for code that reads inputs only; the form gets it from those. */
  declare mirrorInputs: boolean;
  /** Under which the form around sends it. */
  declare name: string | null;
  /** Shows, but changes nothing. */
  declare readonly: boolean;
  /** The form around is not valid until the ticket was sent. */
  declare required: boolean;
  /** `me`: a customer writes, and only fields that the portal lets customers give are shown. */
  declare subject: string | undefined;
  /** What the ticket starts with, also in fields that are not shown, such as `account` or `channel`. */
  declare values: Readonly<Record<string, unknown>>;

  readonly #draft = new DraftController(this, {
    module: tickets,
    fields: () => this.#fields,
    initial: () => initialOf(this.#fields, this.values),
    key: () => this.#key,
    forgotten: () => this.#startOver(),
  });
  readonly #form = new FormControls(this, { unread: (path) => this.#draft.unread(path) });
  readonly #submission = new Submission(this, () => {
    this.#empty();
    this.#show('done');
  });
  readonly #files = new Attachments(this.#form, {
    get: () => this.#draft.extra,
    set: (files) => (this.#draft.extra = files),
  });
  readonly #value = new FormValue(this.outer, this.internals);
  readonly #returned = new LateCode(this, async () => {
    const { Returned } = await import('./returned.ts');
    const parts = { draft: this.#draft, submission: this.#submission };
    return new Returned(this, { ...parts, cameBack: () => this.#show('problem', true) });
  });
  #isBusy = false;
  #hasProblems = false;
  #focusNext: 'problem' | 'done' | 'first' | undefined;

  constructor() {
    super();
    this.fields = 'subject,category,priority,description';
    this.headingLevel = 2;
    this.mirrorInputs = false;
    this.name = null;
    this.readonly = false;
    this.required = false;
    this.values = {};
    this.whenInvalid = () => this.#draft.validate();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...hintAttributes];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (hintAttributes.includes(name)) this.requestUpdate();
  }

  formResetCallback(): void {
    this.#startOver();
  }

  override focus(): void {
    this.shadowRoot?.getElementById(inputId(this.#fields[0] ?? ''))?.focus();
  }

  /** Sends the ticket, as the button does. Whatever is wrong is shown; pressed twice, it is sent once. */
  async submit(): Promise<void> {
    if (this.#isBusy || this.#isReadonly || this.#submission.phase !== 'editing') return;
    this.#isBusy = true;
    this.requestUpdate();
    await this.#checkAndSend();
    this.#isBusy = false;
    this.requestUpdate();
  }

  override renderLoading(): unknown {
    return renderBones(this.#fields, this.t('frame.loading'));
  }

  protected override get state(): ViewState {
    if (this.source === undefined) return 'loading';
    return this.#fields.length === 0 ? 'empty' : 'ready';
  }

  protected override renderContent(): unknown {
    const { ticket } = this.#submission;
    return html`<section class="panel" part="panel" aria-labelledby="heading">
      <slot name="header"
        ><div class="title" part="heading" id="heading" role="heading" aria-level=${this.headingLevel}>
          ${this.t('title')}
        </div></slot
      >
      ${this.#returned.current?.render()}
      ${
        ticket
          ? html`<slot name="success">${renderDone(this.#form, ticket, () => this.#startOver('first'))}</slot>`
          : this.#renderForm()
      }
    </section>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#tellForm();
    // Later, because what loses the focus is then drawn again
    if (this.#focusNext) queueMicrotask(() => this.#moveFocus());
  }

  #renderForm(): unknown {
    return renderTicketForm({
      form: this.#form,
      draft: this.#draft,
      submission: this.#submission,
      files: this.#files,
      fields: this.#fields,
      hintOf: (name) => this.getAttribute(hintAttribute(name)) ?? undefined,
      accept: this.accept,
      takesFiles: this.attachments !== 'off' && this.#files.isAvailable,
      isReadonly: this.#isReadonly,
      isBusy: this.#isBusy,
      hasProblems: this.#hasProblems,
      onEdit: this.#edit,
      submit: () => void this.submit(),
      startOver: () => this.#startOver('first'),
    });
  }

  get #isReadonly(): boolean {
    return this.readonly || this.isDisabled;
  }

  get #fields(): readonly string[] {
    return fieldsOf(this.fields, this.subject !== undefined);
  }

  get #key(): string | null {
    return this.draftKey === 'off' ? null : `ticket-form/${this.draftKey ?? this.name ?? ''}`;
  }

  readonly #edit: OnEdit = (path, edit) => {
    this.#draft.edit(path, edit);
    if (this.#draft.issues.length === 0) this.#hasProblems = false;
    this.emit('change', { module: tickets.key, id: this.#draft.id, fields: this.#draft.dirty });
  };

  async #checkAndSend(): Promise<void> {
    this.#hasProblems = true;
    const { uploads } = this.#files;
    if (this.#draft.validate().length > 0 || uploads.isStuck) return this.#show('problem');
    await uploads.settled();
    if (uploads.isStuck) return this.#show('problem');
    const { id, values } = this.#draft;
    await this.#submission.send({ id, values: filledIn(values), also: this.#files.documents(id) });
    const { error } = this.#submission;
    if (!error) return;
    this.#draft.refuse(error.issues);
    this.#show('problem');
  }

  #startOver(focus?: 'first'): void {
    this.#empty();
    this.#submission.reset();
    if (focus) this.#show(focus);
  }

  #empty(): void {
    this.#hasProblems = false;
    this.#draft.clear();
    this.#files.uploads.clear();
    this.#form.forget();
  }

  #show(what: 'problem' | 'done' | 'first', hasProblems = this.#hasProblems): void {
    this.#hasProblems = hasProblems;
    this.#focusNext = what;
    this.requestUpdate();
  }

  #moveFocus(): void {
    const what = this.#focusNext;
    this.#focusNext = undefined;
    const root = this.shadowRoot;
    if (what === 'first') return this.focus();
    if (what === 'done') return root?.getElementById('done')?.focus();
    if (what !== 'problem') return;
    const [issue] = this.#draft.issues;
    const target = issue && inputOf(this.#form, issue);
    (target ?? root?.querySelector<HTMLElement>('.notice[role="alert"]'))?.focus();
  }

  #tellForm(): void {
    const { values, isDirty } = this.#draft;
    const id = this.#submission.ticket?.id;
    const [problem] = this.#draft.problems;
    const state = {
      name: this.name,
      values: filledIn(values),
      isDirty,
      id,
      isMirrored: this.mirrorInputs,
      isDisabled: this.isDisabled,
      refusal: this.#refusal,
    };
    this.#value.update(state, (problem && inputOf(this.#form, problem)) ?? undefined);
  }

  /** Why the form around must not be sent yet. */
  get #refusal(): string | undefined {
    if (this.#submission.ticket || this.viewState !== 'ready') return undefined;
    if (this.#draft.isDirty && this.#draft.problems.length > 0) return this.t('incomplete');
    return this.required ? this.t('unsent') : undefined;
  }
}
