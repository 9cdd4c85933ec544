import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import { html, nothing, type TemplateResult } from 'lit';
import { ModelWords } from '../controls/model-words.ts';
import type { CrmElement } from '../frame/element.ts';
import { LateSentences } from '../i18n/late-sentences.ts';
import { iconAlert, iconClock } from '../icons.ts';
import { adopt } from '../styles/adopt.ts';
import { OutgoingController } from './outgoing-controller.ts';
import { messages } from './outgoing.messages.ts';
import { reasonsOf } from './reasons.ts';
import { refusalStyles } from './refusal.styles.ts';

export interface RefusalsOptions {
  /** Whose records the element shows. */
  readonly module: string;
  /** The one record it shows; all of the module unless given. */
  readonly id?: () => string | undefined;
  /** What the record is called, where the element knows. */
  readonly titleOf?: (id: string) => string | undefined;
  /** Takes a record that was never made back into a form; without it, it can only be tried again. */
  readonly edit?: (refused: Refused) => void;
}

/** Tells a person which changes wait on this device and which came back, with what can be done about those. */
export class Refusals {
  readonly outgoing: OutgoingController;
  readonly #host: CrmElement;
  readonly #options: RefusalsOptions;
  readonly #words: ModelWords;
  readonly #sentences: LateSentences;
  /** Why the last attempt to repeat a refused change failed, by its number. */
  readonly #errors = new Map<number, Refused['error']>();
  #busy: number | undefined;

  constructor(host: CrmElement, options: RefusalsOptions) {
    this.#host = host;
    this.#options = options;
    this.outgoing = new OutgoingController(host);
    this.#words = new ModelWords(host);
    this.#sentences = new LateSentences(host, {
      messages,
      translations: { it: () => import('./outgoing.messages.it.ts') },
    });
    adopt(host.renderRoot, refusalStyles);
    host.requestUpdate();
  }

  /** Whether changes of a record still wait to be sent. */
  isWaiting(id: string): boolean {
    return this.outgoing.isWaiting(this.#options.module, id);
  }

  /** What says that changes wait: a chip, as elements have them; undefined when none does. */
  renderMark(id: string): TemplateResult | undefined {
    if (!this.isWaiting(id) || !this.#sentences.isReady) return undefined;
    return html`<li class="chip" part="waiting" data-tone="warn">${iconClock}${this.#sentences.text('waiting')}</li>`;
  }

  /** The oldest change that came back; the others follow when that one is settled. */
  render(): unknown {
    const { module, id } = this.#options;
    const [first, ...others] = this.outgoing.refused(module, id?.());
    if (!first || !this.#sentences.isReady) return nothing;
    const error = this.#errors.get(first.n) ?? first.error;
    return html`<div class="refusal no-print" part="refusal" role="alert">
      ${iconAlert}
      <div class="refusal-text">
        <b>${this.#title(first)}</b>
        ${others.length > 0 ? this.#sentences.text('refused.more', { count: others.length }) : nothing}
        <ul>
          ${this.#reasons(error).map((reason) => html`<li>${reason}</li>`)}
        </ul>
      </div>
      <div class="refusal-actions">${this.#renderActions(first, error)}</div>
    </div>`;
  }

  #renderActions(refused: Refused, { code }: Refused['error']): TemplateResult {
    const { edit } = this.#options;
    const isConflict = code === 'conflict' || code === 'version-conflict';
    const text = (key: string): string => this.#sentences.text(key);
    const button = (label: string, run: () => unknown, look = ''): TemplateResult =>
      html`<button class="button ${look}" type="button" ?disabled=${this.#busy === refused.n} @click=${run}>
        ${label}
      </button>`;
    return html`${
      edit && refused.changes.some(({ op }) => op === 'create')
        ? button(text('refused.edit'), () => edit(refused))
        : button(text(isConflict ? 'refused.take' : 'refused.again'), () => this.#settle(refused, 'again'))
    }
    ${button(text('refused.discard'), () => this.#settle(refused, 'discard'), 'quiet')}`;
  }

  #title(refused: Refused): string {
    const change = this.#changeOf(refused);
    const name = change && this.#options.titleOf?.(change.id);
    return name === undefined
      ? this.#sentences.text('refused.title')
      : this.#sentences.text('refused.title.of', { name });
  }

  #reasons(error: Refused['error']): readonly string[] {
    const words = this.#words.messages;
    return words ? reasonsOf(error, this.#options.module, words) : [];
  }

  #changeOf({ changes }: Refused): Refused['changes'][number] | undefined {
    return changes.find(({ module }) => module === this.#options.module);
  }

  async #settle(refused: Refused, how: 'again' | 'discard'): Promise<void> {
    this.#busy = refused.n;
    this.#host.requestUpdate();
    try {
      await this.outgoing[how](refused);
      this.#errors.delete(refused.n);
    } catch (cause) {
      const { code, message, facts }: CrmError = this.#host.fail(cause);
      if (isCrmError(cause)) this.#errors.set(refused.n, { code, message, facts });
    }
    this.#busy = undefined;
    this.#host.requestUpdate();
  }
}
