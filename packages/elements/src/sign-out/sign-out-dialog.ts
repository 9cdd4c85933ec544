import { html, nothing, type TemplateResult } from 'lit';
import { CrmElement } from '../frame/element.ts';
import type { CrmInstance } from '../frame/instance.ts';
import type { Icon } from '../icon.ts';
import { iconBan, iconDownload, iconLock, iconRetry } from '../icons.ts';
import { moment } from '../outgoing/moment.ts';
import { saveAsFile } from '../sync-status/save-as-file.ts';
import { messages, type SignOutMessages } from './sign-out.messages.ts';
import { styles } from './sign-out.styles.ts';
import { countsOf, type UnsentAnswer, type UnsentCounts, type UnsentQuestion } from './unsent-question.ts';

/** What is asked now; `saved` and `delete` make sure before anything is lost. */
type Step = 'options' | 'saved' | 'delete';

interface Option {
  readonly name: 'send' | 'keep' | 'save' | 'delete';
  readonly icon: Icon;
  readonly text: keyof SignOutMessages;
  run(): void;
}

/**
 * Asks whoever signs out what becomes of changes that no server took. No tag of its own in the page's language: the code
 * that signs out makes it, and takes it away again.
 */
export class SignOutDialog extends CrmElement<typeof messages> {
  static override readonly element = 'sign-out';
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./sign-out.messages.it.ts') };
  static override readonly styles = styles;

  readonly #answered = Promise.withResolvers<UnsentAnswer>();
  readonly #shown = Promise.withResolvers<boolean>();
  #question: UnsentQuestion | undefined;
  #stop: (() => void)[] = [];
  #step: Step = 'options';
  #isSending = false;
  #isOver = false;
  #said: keyof SignOutMessages | undefined;
  #files: readonly string[] = [];

  /** Whether somebody can see it; false where a page hides it. */
  get shown(): Promise<boolean> {
    return this.#shown.promise;
  }

  /** Before it is put on the page. @returns What the person says. */
  ask(question: UnsentQuestion): Promise<UnsentAnswer> {
    this.#question = question;
    this.#stop = question.sources.map(({ outgoing }) => outgoing.subscribe(() => this.requestUpdate()));
    return this.#answered.promise;
  }

  override get crm(): CrmInstance | undefined {
    return this.#question?.crm ?? super.crm;
  }

  /** Pages hear nothing of what is no element of theirs. */
  override emit(): boolean {
    return true;
  }

  override renderOfflineNote(): unknown {
    return nothing;
  }

  override disconnectedCallback(): void {
    this.#answer('cancelled');
    super.disconnectedCallback();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open || this.#isOver) return;
    try {
      dialog.showModal();
      this.#shown.resolve(dialog.getClientRects().length > 0);
    } catch {
      this.#shown.resolve(false);
    }
  }

  protected override renderContent(): unknown {
    if (!this.#question) return nothing;
    const counts = countsOf(this.#question.sources);
    const isNone = counts.waiting + counts.refused === 0;
    return html`<dialog
      class="dialog"
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="text"
      @keydown=${this.#pressed}
      @close=${() => this.#answer('cancelled')}
    >
      ${isNone ? this.#renderSent() : this.#renderStep(counts)}
    </dialog>`;
  }

  #renderStep(counts: UnsentCounts): TemplateResult {
    if (this.#step === 'options') return this.#renderOptions(counts);
    const isSaved = this.#step === 'saved';
    const count = counts.waiting + counts.refused;
    return this.#renderQuestion({
      title: this.t(isSaved ? 'saved.title' : 'delete.title'),
      text: isSaved ? this.t('saved.text', { file: this.#files.join(', ') }) : this.t('delete.sure', { count }),
      confirm: html`<button
        class="button bad"
        type="button"
        @click=${() => this.#answer(isSaved ? 'saved' : 'discarded')}
      >
        ${this.t('confirm')}
      </button>`,
      between: isSaved
        ? html`<button class="button" type="button" @click=${() => this.#save()}>${this.t('saved.again')}</button>`
        : nothing,
    });
  }

  #renderSent(): TemplateResult {
    return html`<div class="dialog-head"><h2 class="title" id="title">${this.t('sent.title')}</h2></div>
      <div class="dialog-body" id="text"><p>${this.t('sent.text')}</p></div>
      <div class="dialog-foot">
        ${this.#renderCancel()}
        <button class="button primary" type="button" @click=${() => this.#answer('sent')}>
          ${this.t('sent.confirm')}
        </button>
      </div>`;
  }

  #renderOptions(counts: UnsentCounts): TemplateResult {
    return html`<div class="dialog-head"><h2 class="title" id="title">${this.t('title')}</h2></div>
      <div class="dialog-body">
        <div class="counts" id="text">
          ${counts.waiting > 0 ? html`<p>${this.t('waiting', { count: counts.waiting, since: this.#since(counts) })}</p>` : nothing}
          ${counts.refused > 0 ? html`<p>${this.t('refused', { count: counts.refused })}</p>` : nothing}
        </div>
        <div class="options">${this.#options(counts).map((option, place) => this.#renderOption(option, place))}</div>
        <p class="said" role="status">${this.#said ? this.text(this.#said) : nothing}</p>
      </div>
      <div class="dialog-foot">${this.#renderCancel()}</div>`;
  }

  #renderOption({ name, icon, text, run }: Option, place: number): TemplateResult {
    const label = name === 'send' && this.#isSending ? 'sending' : name;
    return html`<button
      class="option ${name === 'delete' ? 'last' : place === 0 ? 'first' : ''}"
      type="button"
      data-option=${name}
      aria-disabled=${String(this.#isSending)}
      @click=${() => this.#isSending || run()}
    >
      ${icon}<b>${this.text(label)}</b><span class="what">${this.text(text)}</span>
    </button>`;
  }

  #renderQuestion(parts: { title: string; text: string; confirm: unknown; between: unknown }): TemplateResult {
    return html`<div class="dialog-head"><h2 class="title" id="title">${parts.title}</h2></div>
      <div class="dialog-body">
        <p id="text">${parts.text}</p>
        <p class="said" role="status">${this.#said ? this.text(this.#said) : nothing}</p>
      </div>
      <div class="dialog-foot">
        <button class="button" type="button" data-option="back" @click=${() => this.#go('options')}>
          ${this.t('back')}
        </button>
        ${parts.between} ${parts.confirm}
      </div>`;
  }

  #renderCancel(): TemplateResult {
    return html`<button class="button" type="button" data-option="cancel" @click=${() => this.#answer('cancelled')}>
      ${this.t('frame.cancel')}
    </button>`;
  }

  #options({ waiting }: UnsentCounts): readonly Option[] {
    const { mayKeep, isEncrypted } = this.#question!;
    const send: Option = { name: 'send', icon: iconRetry, text: 'send.text', run: () => void this.#send() };
    const keep: Option = {
      name: 'keep',
      icon: iconLock,
      text: isEncrypted ? 'keep.text.encrypted' : 'keep.text',
      run: () => this.#answer('kept'),
    };
    const save: Option = { name: 'save', icon: iconDownload, text: 'save.text', run: () => void this.#save() };
    return [
      ...(waiting > 0 ? [send] : []),
      ...(mayKeep ? [keep] : []),
      ...(this.#isReadable ? [save] : []),
      { name: 'delete', icon: iconBan, text: 'delete.text', run: () => this.#go('delete') },
    ];
  }

  /** Whether all of it would be in the file: what a later version of this program made is not. */
  get #isReadable(): boolean {
    return this.#question!.sources.every(({ outgoing }) =>
      outgoing.waiting().every(({ changes }) => changes.length > 0),
    );
  }

  #since({ since }: UnsentCounts): string {
    return since ? moment(since, Date.now(), this) : '';
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    this.#said = undefined;
    this.requestUpdate();
    const { sources } = this.#question!;
    await Promise.allSettled(sources.map(({ outgoing }) => outgoing.retry()));
    this.#isSending = false;
    const { waiting, refused } = countsOf(sources);
    if (waiting + refused === 0) return this.#answer('sent');
    const isReached = sources.every(({ outgoing }) => outgoing.state.online);
    this.#said = isReached ? 'send.rest' : 'send.failed';
    this.requestUpdate();
  }

  /** That a file arrived nobody tells: the person has to look before the rest is deleted. */
  async #save(): Promise<void> {
    const { sources } = this.#question!;
    const unsent = sources.filter(({ outgoing }) => outgoing.waiting().length + outgoing.refused().length > 0);
    try {
      const contents = await Promise.all(unsent.map(({ outgoing }) => outgoing.export()));
      const prefix = (place: number): string => `${this.tagPrefix}-${unsent[place]!.name}`;
      this.#files = contents.map((content, place) =>
        saveAsFile(content, unsent.length > 1 ? prefix(place) : this.tagPrefix),
      );
      this.#go('saved');
    } catch {
      this.#said = 'save.failed';
      this.requestUpdate();
    }
  }

  #go(step: Step): void {
    this.#step = step;
    this.#said = undefined;
    this.requestUpdate();
    // Whoever works by keyboard is where the question is; of two answers, at the one that loses nothing
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[data-option]')?.focus());
  }

  /** Escape leads one step back; from the first one, browsers close what is open by it. */
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#step === 'options') return;
    event.preventDefault();
    this.#go('options');
  };

  #answer(answer: UnsentAnswer): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const stop of this.#stop) stop();
    this.#answered.resolve(answer);
    this.renderRoot?.querySelector('dialog')?.close();
  }
}
