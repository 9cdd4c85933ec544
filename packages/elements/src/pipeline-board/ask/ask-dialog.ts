import { isCrmError, type CrmError, type Issue } from '@tessera-crm/model/errors.js';
import { html, nothing } from 'lit';
import { comboboxStyles } from '../../controls/combobox.styles.ts';
import type { Edit } from '../../controls/edit.ts';
import { inputId, issuesAt, renderField } from '../../controls/field.ts';
import { fieldStyles } from '../../controls/field.styles.ts';
import { prepareSaving } from '../../data/prepare-saving.ts';
import { iconClose } from '../../icons.ts';
import { adopt } from '../../styles/adopt.ts';
import { overlay } from '../../styles/overlay.ts';
import type { Asking } from '../board-controller.ts';
import type { BoardElement } from '../board-data.ts';
import type { Answers } from '../deal-mover.ts';
import { withFollowing } from '../gate.ts';
import { AskControls } from './ask-controls.ts';
import { AskFacts } from './ask-facts.ts';
import { renderReasons } from './reasons.ts';

/** What a deal needs before it may move, asked in one dialog: exactly the fields of the question. */
export class AskDialog {
  readonly #element: BoardElement;
  readonly #controls: AskControls;
  #asking: Asking | undefined;
  #values: Record<string, unknown> = {};
  #issues: readonly Issue[] = [];
  readonly #facts = new AskFacts();

  constructor(element: BoardElement) {
    this.#element = element;
    this.#controls = new AskControls(element);
    adopt(element.renderRoot, overlay, comboboxStyles, fieldStyles);
  }

  /** Has everything at hand for the first question. Never rejects. */
  async prepare(): Promise<void> {
    // Looking for the sentences is what fetches them
    void this.#controls.isReady;
    await Promise.all([prepareSaving(this.#element.source), this.#read()]);
  }

  render(asking: Asking | undefined): unknown {
    if (asking !== this.#asking) this.#begin(asking);
    if (!asking || !this.#controls.isReady) return nothing;
    const { question } = asking;
    const { deal, to, gate } = question;
    const facts = { name: deal.name, stage: to.name };
    const only = gate.fields.length === 0;
    const text = (key: string): string => this.#element.text(key, facts);
    return html`<dialog
      class="dialog"
      part="dialog"
      aria-labelledby="ask-title"
      @cancel=${() => this.#end()}
      @close=${() => this.#end()}
    >
      <form novalidate @submit=${this.#send}>
        <div class="dialog-head">
          <h2 class="title" id="ask-title">${text(only ? 'ask.reopen' : 'ask.title')}</h2>
          <button
            class="button quiet square"
            type="button"
            aria-label=${text('frame.close')}
            @click=${() => this.#end()}
          >
            ${iconClose}
          </button>
        </div>
        <div class="dialog-body">
          ${this.#sentences().map((key) => html`<p>${text(key)}</p>`)}
          ${this.#fields.map((field) => this.#renderField(field))}
        </div>
        <div class="dialog-foot">
          <button class="button" type="button" @click=${() => this.#end()}>${text('frame.cancel')}</button>
          <button class="button primary" type="submit" @click=${this.#send}>
            ${text(only ? 'ask.reopen.confirm' : 'ask.confirm')}
          </button>
        </div>
      </form>
    </dialog>`;
  }

  /** Shows what was rendered, above the page and nothing beside it. */
  open(): void {
    const dialog = this.#element.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
  }

  get #fields(): readonly string[] {
    const reason = this.#facts.reasons?.find(({ id }) => id === this.#values['lostReason']);
    return withFollowing(this.#asking!.question.gate.fields, reason);
  }

  #sentences(): readonly string[] {
    const { to, gate } = this.#asking!.question;
    const what = { won: 'ask.won', lost: 'ask.lost', open: 'ask.text' }[to.kind];
    return [...(gate.reopens ? ['ask.reopen.text'] : []), ...(gate.fields.length > 0 ? [what] : [])];
  }

  #renderField(name: string): unknown {
    const value = this.#values[name] ?? null;
    if (name === 'lostReason') {
      const isMissing = issuesAt(this.#issues, '/lostReason').length > 0;
      return renderReasons(this.#controls, {
        reasons: this.#facts.reasons,
        value,
        isMissing,
        choose: (id) => this.#set(name, id),
      });
    }
    const field = this.#facts.registry?.get('deals').fields[name];
    if (!field) return nothing;
    return renderField({
      form: this.#controls,
      module: 'deals',
      name,
      field: { ...field, presence: 'required' },
      value,
      issues: this.#issues,
      onEdit: (path, edit) => this.#edit(path, edit),
    });
  }

  #begin(asking: Asking | undefined): void {
    this.#asking = asking;
    if (!asking) return;
    const { answers, issues, gate } = asking.question;
    this.#values = { ...answers };
    this.#issues = issues;
    if (gate.fields.length > 0) void this.#read();
  }

  /** What was read before does as well, where nothing can be read now. */
  async #read(): Promise<void> {
    const asking = this.#asking;
    try {
      await this.#facts.read(this.#element);
    } catch (error) {
      const needed = asking?.question.gate.fields.includes('lostReason') ? this.#facts.reasons : this.#facts.registry;
      if (asking && asking === this.#asking && !needed) this.#close(this.#element.fail(error));
    }
    this.#element.requestUpdate();
  }

  #edit(path: string, edit: Edit): void {
    const name = path.split('/')[1]!;
    const others = this.#issues.filter((issue) => issuesAt([issue], `/${name}`).length === 0);
    if ('value' in edit && path === `/${name}`) return this.#set(name, edit.value);
    if ('code' in edit) {
      this.#values = { ...this.#values, [name]: null };
      this.#issues = [...others, { path, code: edit.code, ...(edit.params && { params: edit.params }) }];
    }
    this.#element.requestUpdate();
  }

  #set(name: string, value: unknown): void {
    this.#values = { ...this.#values, [name]: value };
    this.#issues = this.#issues.filter((issue) => issuesAt([issue], `/${name}`).length === 0);
    this.#element.requestUpdate();
  }

  /** Also of the button: where a sandbox allows no forms it is pressed, but nothing is ever submitted. */
  readonly #send = (event: Event): void => {
    event.preventDefault();
    const missing = this.#fields.filter((name) => isBlank(this.#values[name]));
    const known = this.#issues.filter(({ code }) => code !== 'required');
    const isRead = (name: string): boolean => issuesAt(known, `/${name}`).length > 0;
    this.#issues = [
      ...known,
      ...missing.filter((name) => !isRead(name)).map((name) => ({ path: `/${name}`, code: 'required' })),
    ];
    if (missing.length > 0) {
      this.#element.requestUpdate();
      (this.#element.renderRoot as ShadowRoot).getElementById(inputId(missing[0]!))?.focus();
      return;
    }
    this.#close(Object.fromEntries(this.#fields.map((name) => [name, this.#values[name]])));
  };

  #end(): void {
    this.#close(null);
  }

  #close(end: Answers | CrmError | null): void {
    const asking = this.#asking;
    if (!asking) return;
    this.#asking = undefined;
    this.#element.renderRoot.querySelector('dialog')?.close();
    this.#controls.forget();
    if (isCrmError(end)) asking.fail(end);
    else asking.answer(end);
  }
}

/** A box that is not ticked says nothing either. */
const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);
