import type { Outgoing } from '@tessera-crm/model/outgoing.js';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ModelWords } from '../controls/model-words.ts';
import { RecordTitles } from '../controls/record-titles.ts';
import { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { messages as stateMessages } from '../i18n/state.messages.ts';
import { iconAlert, iconDone, iconDown, iconDownload, iconInfo, iconOffline, iconRetry, iconUp } from '../icons.ts';
import { moment } from '../outgoing/moment.ts';
import { OutgoingController } from '../outgoing/outgoing-controller.ts';
import { inboxFor } from './inbox-for.ts';
import { saveAsFile } from './save-as-file.ts';
import { patience, situationOf, type Situation } from './situation.ts';
import { messages } from './sync-status.messages.ts';
import { parts } from './sync-status.parts.ts';
import { styles } from './sync-status.styles.ts';
import { renderWaiting } from './waiting-list.ts';

/**
 * What has not got to the server: what waits and since when, what was refused, and whether it is safe where it lies;
 * with a way to try again, and one to take all of it away as a file.
 *
 * It says so little where everything is saved that it may stand at the edge of every page.
 *
 * @tag crm-sync-status
 * @slot offline - Instead of our words while the server is not reached.
 * @slot error - Instead of ours where it cannot be shown.
 * @fires crm-ready - It is known for the first time how things stand.
 * @fires crm-review - The refused changes are to be looked at. Cancelable; unless it is prevented, the element of the
 * page that shows them comes into sight.
 * @fires crm-error - What was to be done here failed.
 * @fires crm-offline - The server is not reached any more.
 * @fires crm-online - It is reached again.
 * @csspart status - The box around all of it.
 * @csspart line - One thing that is said, with what can be done about it.
 * @csspart retry - The button that tries again.
 * @csspart review - The button that leads to what was refused.
 * @csspart export - The button that saves a file.
 * @csspart toggle - The button that shows what waits.
 * @csspart waiting - The list of what waits.
 */
export class SyncStatus extends CrmElement<typeof messages> {
  static override readonly element = 'sync-status';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./sync-status.messages.it.ts') };
  static override readonly styles = styles;
  static override readonly properties: PropertyDeclarations = { quiet: { type: Boolean } };

  /** Whether nothing is shown while there is nothing that anybody has to know. */
  declare quiet: boolean;

  readonly #outgoing = new OutgoingController(this);
  readonly #words = new ModelWords(this);
  readonly #titles = new RecordTitles(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOpen = false;
  #isTrying = false;
  /** What came of the last press of a button. */
  #said = '';

  constructor() {
    super();
    this.quiet = false;
  }

  protected override get state(): ViewState {
    return this.#outgoing.current === undefined ? 'loading' : 'ready';
  }

  /** Tries at once to send what waits. */
  override retry(): void {
    void this.#retry();
  }

  override renderLoading(): unknown {
    if (this.quiet) return nothing;
    return html`<p class="line calm" aria-hidden="true"><span class="bone"></span></p>
      <p class="unseen">${this.t('frame.loading')}</p>`;
  }

  /** That is what it says itself. */
  override renderOfflineNote(): unknown {
    return nothing;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    clearTimeout(this.#timer);
    if (this.isConnected && this.#situation.main === 'saving')
      this.#timer = setTimeout(() => this.requestUpdate(), patience);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override renderContent(): unknown {
    const now = this.#situation;
    const isNews = now.main !== 'saved' && now.main !== 'direct' && now.main !== 'saving';
    const isShown = !this.quiet || !now.isIdle;
    const calm = !isNews && isShown && (now.refused === 0 || now.main === 'saving') ? this.#renderMain(now) : nothing;
    return html`<div class="status ${now.isIdle || !isShown ? 'calm' : ''}" part="status">
      ${calm}
      <div class="news" role="status">
        ${isNews ? this.#renderNews(now) : nothing} ${this.#renderRefused(now)} ${this.#renderStorage(now)}
        ${this.#said ? html`<p class="line said">${this.#said}</p>` : nothing}
      </div>
      ${isShown ? this.#renderActions(now) : nothing} ${this.#isOpen && now.count > 0 ? this.#renderList() : nothing}
    </div>`;
  }

  get #source(): Outgoing | null {
    return this.#outgoing.current ?? null;
  }

  get #situation(): Situation {
    const outgoing = this.#source;
    return situationOf({
      state: outgoing && outgoing.state,
      waiting: outgoing?.waiting() ?? [],
      refused: outgoing?.refused() ?? [],
      isLocked: (this.source?.trouble ?? null) !== null,
      now: Date.now(),
    });
  }

  #renderNews(now: Situation): TemplateResult {
    const line = this.#renderMain(now);
    return now.main === 'offline' ? html`<slot name="offline">${line}</slot>` : line;
  }

  #renderMain(now: Situation): TemplateResult {
    const { icon, tone } = looks[now.main];
    return html`<p class="line" part="line" data-tone=${tone}>
      ${icon}<span>${this.#mainText(now)} ${now.isOld ? html`<b>${this.t('old')}</b>` : nothing}</span>
    </p>`;
  }

  #mainText({ main, count, since }: Situation): string {
    const facts = { count, since: since ? moment(since, Date.now(), this) : '' };
    if (main === 'locked') {
      const reason = this.#troubleText;
      return count > 0 ? this.t('locked', { ...facts, reason }) : reason;
    }
    if (main === 'slow') return this.t('slow', facts);
    if (main === 'offline') return count > 0 ? this.t('offline', facts) : this.t('offline.saved');
    return this.t(main);
  }

  get #troubleText(): string {
    const code = this.source?.trouble?.code;
    const key = `frame.trouble.${code === 'auth-required' || code === 'token-rejected' ? 'auth' : 'token'}` as const;
    return this.text(key, {}, stateMessages[key]);
  }

  #renderRefused({ refused }: Situation): unknown {
    if (refused === 0) return nothing;
    return html`<p class="line" part="line" data-tone="bad">
      ${iconAlert}<span>${this.t('refused', { count: refused })}</span>
      <button class="button" part="review" type="button" @click=${() => this.#review(refused)}>
        ${this.t('review')}
      </button>
    </p>`;
  }

  #renderStorage({ storage, isIdle }: Situation): unknown {
    if (!storage || isIdle) return nothing;
    const isCalm = storage === 'memory' || storage === 'makeshift';
    return html`<p class="line" part="line" data-tone=${isCalm ? 'warn' : 'bad'}>
      ${isCalm ? iconInfo : iconAlert}<span>${this.t(`storage.${storage}`)}</span>
    </p>`;
  }

  #renderActions({ main, count, refused }: Situation): unknown {
    const mayRetry = main === 'offline' || main === 'slow' || (main === 'locked' && count > 0);
    const isThere = count + refused > 0;
    if (!mayRetry && !isThere) return nothing;
    return html`<div class="actions no-print">
      ${
        mayRetry
          ? html`<button
              class="button"
              part="retry"
              type="button"
              aria-disabled=${String(this.#isTrying)}
              @click=${() => this.#retry()}
            >
              ${iconRetry}${this.t(this.#isTrying ? 'retrying' : 'retry')}
            </button>`
          : nothing
      }
      ${
        isThere
          ? html`<button class="button quiet" part="export" type="button" @click=${() => this.#export()}>
              ${iconDownload}${this.t('export')}
            </button>`
          : nothing
      }
      ${count > 0 ? this.#renderToggle() : nothing}
    </div>`;
  }

  #renderToggle(): TemplateResult {
    return html`<button
      class="button quiet"
      part="toggle"
      type="button"
      aria-expanded=${String(this.#isOpen)}
      @click=${() => this.#toggle()}
    >
      ${this.t(this.#isOpen ? 'list.hide' : 'list.show')}${this.#isOpen ? iconUp : iconDown}
    </button>`;
  }

  #renderList(): unknown {
    const words = this.#words.messages;
    if (!words) return html`<span class="bone"></span>`;
    const { locale, timeZone } = this;
    return renderWaiting(this.#source?.waiting() ?? [], {
      words,
      label: this.t('list.label'),
      titleOf: (ref) => this.#titles.of(ref),
      say: (key, facts) => this.text(key, facts),
      when: (at) => moment(at, Date.now(), { locale, timeZone }),
    });
  }

  #toggle(): void {
    this.#isOpen = !this.#isOpen;
    this.requestUpdate();
  }

  /** The page shows what was refused, or an element that does. */
  #review(count: number): void {
    if (!this.emit('review', { count }, { cancelable: true })) return;
    const inbox = inboxFor(this);
    inbox?.scrollIntoView({ block: 'nearest' });
    inbox?.focus({ preventScroll: true });
  }

  async #retry(): Promise<void> {
    const outgoing = this.#source;
    if (!outgoing || this.#isTrying) return;
    this.#isTrying = true;
    this.#tell('');
    try {
      await outgoing.retry();
    } catch (cause) {
      this.fail(cause);
    }
    this.#isTrying = false;
    this.#tell(outgoing.state.online ? '' : this.t('retry.failed'));
  }

  async #export(): Promise<void> {
    try {
      const content = await this.#source!.export();
      this.#tell(this.t('export.done', { file: saveAsFile(content, this.tagPrefix) }));
    } catch (cause) {
      this.fail(cause);
    }
  }

  #tell(said: string): void {
    this.#said = said;
    this.requestUpdate();
  }
}

const looks = {
  saved: { icon: iconDone, tone: 'ok' },
  direct: { icon: iconDone, tone: 'ok' },
  saving: { icon: iconRetry, tone: 'busy' },
  slow: { icon: iconRetry, tone: 'busy' },
  offline: { icon: iconOffline, tone: 'warn' },
  locked: { icon: iconOffline, tone: 'warn' },
} as const;
