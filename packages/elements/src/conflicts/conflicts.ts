import type { CrmError } from '@tessera-crm/model/errors.js';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { labelsOf } from '../controls/labels.ts';
import { ModelWords } from '../controls/model-words.ts';
import { RecordTitles } from '../controls/record-titles.ts';
import { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { moment } from '../outgoing/moment.ts';
import { OutgoingController } from '../outgoing/outgoing-controller.ts';
import { DefinitionController } from '../record-list/definition-controller.ts';
import { messages } from './conflicts.messages.ts';
import { parts } from './conflicts.parts.ts';
import { styles } from './conflicts.styles.ts';
import { entryOf, type Entry } from './entry.ts';
import { renderEntry, type InboxView } from './entry-view.ts';
import { Settling } from './settling.ts';

/**
 * What a server refused of the changes that were made on this device, all of it in one place: where two people changed
 * the same, one chooses field by field; everything else can be tried again, brought back or thrown away. Nothing leaves
 * before it is settled.
 *
 * @tag crm-conflicts
 * @slot empty - Instead of ours where nothing was refused.
 * @slot error - Instead of ours where it could not be loaded.
 * @slot offline - Instead of ours where the definitions of the modules are not here, and the network is gone.
 * @slot forbidden - Instead of ours where this identity may not look.
 * @fires crm-ready - It is known for the first time what was refused.
 * @fires crm-open - The name of a record was pressed. Cancelable.
 * @fires crm-before-save - Something is about to be made once more. Cancelable; `detail.wait(promise)` holds it.
 * @fires crm-save - It is made, or waits to be sent.
 * @fires crm-conflict - It met what somebody else did meanwhile; it stays here.
 * @fires crm-error - It failed; it stays here.
 * @fires crm-load-error - The definitions of the modules could not be loaded.
 * @fires crm-offline - The server is not reached any more.
 * @fires crm-online - It is reached again.
 * @csspart inbox - The box around all of it.
 * @csspart heading - What stands above it.
 * @csspart entry - Changes that were made together.
 * @csspart name - What the record is called, a link where the page's `links` know its place.
 * @csspart reason - Why it was refused.
 * @csspart choice - One field with two values.
 * @csspart apply - The button that makes what was chosen.
 * @csspart again - The button that tries it once more.
 * @csspart restore - The button that brings a deleted record back with what was changed.
 * @csspart discard - The button that throws it away.
 * @csspart keep - The button that does not, after all.
 */
export class Conflicts extends CrmElement<typeof messages> {
  static override readonly element = 'conflicts';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./conflicts.messages.it.ts') };
  static override readonly styles = styles;
  static override readonly properties: PropertyDeclarations = {
    headingLevel: { type: Number, attribute: 'heading-level' },
  };

  /** Of what stands above, 1 to 6; 3 unless given. Names of records are one below. */
  declare headingLevel: number;

  readonly #outgoing = new OutgoingController(this);
  readonly #definition = new DefinitionController(this, () => undefined);
  readonly #words = new ModelWords(this);
  readonly #titles = new RecordTitles(this);
  readonly #settling = new Settling(this, this.#outgoing, () => void this.#left());
  #said = '';

  constructor() {
    super();
    this.headingLevel = 3;
  }

  override get failure(): CrmError | undefined {
    return this.#definition.error;
  }

  override get emptyKey(): string {
    return this.#outgoing.current === null ? 'direct' : 'empty';
  }

  override retry(): void {
    this.#definition.retry();
  }

  /** What stands above: whoever comes here to look at what was refused begins there. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.title')?.focus(options);
  }

  protected override get state(): ViewState {
    if (this.#outgoing.current === undefined) return 'loading';
    if (this.#outgoing.refused().length === 0) return 'empty';
    if (this.#definition.state !== 'ready') return this.#definition.state;
    return this.#words.messages ? 'ready' : 'loading';
  }

  override renderLoading(): TemplateResult {
    return this.#renderFrame(
      html`<div class="entry" aria-hidden="true"><span class="bone"></span><span class="bone tall"></span></div>
        <p class="unseen">${this.t('frame.loading')}</p>`,
    );
  }

  /** What is here is here, with or without network. */
  override renderOfflineNote(): unknown {
    return nothing;
  }

  protected override renderAround(reason: unknown): TemplateResult {
    return this.#renderFrame(reason);
  }

  protected override renderContent(): unknown {
    const view = this.#view;
    if (!view) return nothing;
    return this.#renderFrame(
      html`<ol class="entries" role="list">
        ${repeat(
          view.entries,
          ({ refused }) => refused.n,
          (entry) => html`<li>${renderEntry(entry, view)}</li>`,
        )}
      </ol>`,
    );
  }

  #renderFrame(content: unknown): TemplateResult {
    return html`<section class="inbox" part="inbox" aria-labelledby="title">
      <div class="title" part="heading" id="title" role="heading" aria-level=${this.headingLevel} tabindex="-1">
        ${this.hasWords ? this.t('title') : nothing}
      </div>
      ${content}
      <span class="unseen" role="status">${this.#said}</span>
    </section>`;
  }

  get #entries(): readonly Entry[] {
    return this.#outgoing.refused().map((refused) => entryOf(refused, this.#settling.of(refused).error));
  }

  get #view(): InboxView | undefined {
    const { registry } = this.#definition;
    const words = this.#words.messages;
    if (!registry || !words) return undefined;
    const { locale, timeZone } = this;
    const labels = labelsOf({ text: (key) => this.text(key), model: () => words });
    return {
      host: this,
      entries: this.#entries,
      settling: this.#settling,
      words,
      level: Math.min(this.headingLevel + 1, 6),
      shown: { registry, labels, titles: this.#titles, display: { locale, timeZone }, nothing: this.t('nothing') },
      t: (key, facts) => this.text(key, facts),
      when: (at) => moment(at, Date.now(), { locale, timeZone }),
    };
  }

  /** Whoever settled one is where the next one is. */
  async #left(): Promise<void> {
    const count = this.#outgoing.refused().length;
    this.#said = count === 0 ? this.t('settled.all') : this.t('settled', { count });
    const hadFocus = this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== null;
    this.requestUpdate();
    await this.updateComplete;
    const next = this.renderRoot.querySelector<HTMLElement>('.name[role="heading"]');
    if (hadFocus) (next ?? this).focus();
  }
}
