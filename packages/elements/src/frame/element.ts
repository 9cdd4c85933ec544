import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { LitElement } from 'lit';
import type { CSSResultGroup, CSSResultOrNative, PropertyDeclarations, PropertyValues } from 'lit';
import type { Facts, FactsOf, Message, Messages, Translations } from '../i18n/catalogue.ts';
import type { FrameMessages } from '../i18n/frame.messages.ts';
import { awaitSight } from './await-sight.ts';
import { checkBox } from './check-box.ts';
import { defineOwn } from './define-own.ts';
import { elementBrand, type Defined, type ElementClass } from './define.ts';
import { crmEvent, errorDetail, type CrmEvents, type RecordDetail } from './events.ts';
import { safeHref } from './href.ts';
import { InstanceController } from './instance-controller.ts';
import type { Backend, CrmInstance, Density } from './instance.ts';
import { LateTemplates, type Show } from './late-templates.ts';
import { browserTimeZone, startFormats } from './locale.ts';
import { prefixedStyles } from './prefixed-styles.ts';
import { takeShelter } from './shelter.ts';
import { ShownState, type ViewState } from './view-state.ts';
import { Words } from './words.ts';

type Texts<M> = M & FrameMessages;

/**
 * What all elements share: the instance they belong to, language, states, events.
 *
 * A subclass says what it shows by `state`, `renderContent` and `renderLoading`; it never throws and never fetches.
 */
export abstract class CrmElement<M extends Messages = Messages> extends LitElement {
  /** The tag without its prefix; also the first part of message keys. */
  static readonly element: string = '';
  /** Of tag, tokens and events; set by `define`. */
  static readonly prefix: string = 'crm';
  static readonly parts: string = '';
  static readonly messages: Messages = {};
  static readonly translations: Translations = {};
  static override readonly properties: PropertyDeclarations = {
    backend: {},
    density: { reflect: true },
    loading: {},
  };

  /** Which of the instance's backends; the first unless given. */
  declare backend: string | undefined;
  /** How much room things get; that of the instance unless given. */
  declare density: Density | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  declare loading: 'eager' | 'visible' | undefined;

  readonly #shelter = takeShelter();
  protected readonly internals: ElementInternals = this.#shelter?.internals ?? this.attachInternals();
  readonly #changed = (): void => {
    if (!this.isConnected) return;
    this.#words.follow();
    this.crm?.dress?.(this);
    this.requestUpdate();
  };
  readonly #instance = new InstanceController(this, this.tagPrefix, this.#changed);
  readonly #words = new Words(this);
  readonly #late = new LateTemplates(this);
  #connection = new AbortController();
  /** Where it is connected to; undefined while it is not. */
  #root: Node | undefined;
  #isAwake = false;
  readonly #shown = new ShownState(this.internals);

  /** Registers this element under a tag of one's choice. */
  static define(tag?: string, registry: CustomElementRegistry = customElements): Defined {
    startFormats();
    return defineOwn(this as unknown as ElementClass, tag, registry);
  }

  static get [elementBrand](): string {
    return this.element;
  }

  static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    const own = super.finalizeStyles(styles);
    return this.prefix === 'crm' ? own : prefixedStyles(own, this.prefix);
  }

  /** What the page sees of this element: itself, or the shell for which its code was fetched. */
  get outer(): HTMLElement {
    return this.#shelter?.outer ?? this;
  }

  get tagPrefix(): string {
    return (this.constructor as typeof CrmElement).prefix;
  }

  /** The instance this element belongs to; undefined until there is one. */
  get crm(): CrmInstance | undefined {
    return this.#instance.instance;
  }

  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  get locale(): string {
    return this.#words.locale;
  }

  /** IANA name. */
  get timeZone(): string {
    return this.crm?.settings.timeZone ?? browserTimeZone();
  }

  /** The way text runs here. */
  get direction(): 'ltr' | 'rtl' {
    return getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
  }

  /** The data behind this element. */
  get source(): Backend | undefined {
    return this.crm?.backend(this.backend);
  }

  /** Whether reading may begin; false until the element is in sight when `loading="visible"`. */
  get isAwake(): boolean {
    return this.#isAwake || this.loading !== 'visible';
  }

  /** What is shown now. */
  get viewState(): ViewState {
    if (!this.hasWords) return 'loading';
    return this.state === 'ready' && this.source?.isReachable === false ? 'offline' : this.state;
  }

  /** Whether the sentences of the person's language are here. */
  protected get hasWords(): boolean {
    return this.#words.areHere;
  }

  /** Aborts when the element leaves the page. */
  protected get connection(): AbortSignal {
    return this.#connection.signal;
  }

  /** What the element's data say; usually its main controller's `state`. */
  protected get state(): ViewState {
    return 'ready';
  }

  /** Why nothing can be shown, in the states `error`, `offline` and `forbidden`. */
  get failure(): CrmError | undefined {
    return undefined;
  }

  /** Whether there is something to see in the state `offline`. */
  get hasData(): boolean {
    return true;
  }

  /** What is said when there is nothing to show: a key of the messages. */
  get emptyKey(): string {
    return 'frame.empty';
  }

  /** Tries again what failed. */
  retry(): void {}

  /** Also after a move, in which an element keeps all that it has unless those who listen do so at another root. */
  override connectedCallback(): void {
    const root = this.outer.getRootNode();
    if (this.#root !== root) this.#leave();
    if (this.#root) this.#instance.hostConnected();
    else {
      this.#connection = new AbortController();
      super.connectedCallback();
    }
    this.#root = root;
    const { connection } = this;
    // Without the code, an element stays in its first language
    import('./surroundings.ts').then(({ follow }) => follow(this, connection, this.#changed)).catch(() => {});
    if (!this.isAwake) awaitSight(this, connection, () => (this.#isAwake = true));
    this.#changed();
    if (this.hasUpdated) queueMicrotask(() => this.performUpdate());
    checkBox(this);
  }

  /** One that is off the page waits until it is back: nobody sees what it would ask for. */
  protected override performUpdate(): void {
    if (this.isConnected) super.performUpdate();
  }

  /** One that is moved is back within a task: Turbo waits for promises before it puts back what it carries along. */
  override disconnectedCallback(): void {
    setTimeout(() => this.isConnected || this.#leave());
  }

  #leave(): void {
    if (!this.#root) return;
    this.#root = undefined;
    super.disconnectedCallback();
    this.#connection.abort();
  }

  /** A sentence of this element in the person's language. */
  t<K extends keyof Texts<M> & string>(key: K, ...[facts]: FactsOf<Texts<M>[K]>): string {
    return this.text(key, facts);
  }

  /**
   * The same for keys that are put together at run time, such as those of choices.
   *
   * @param otherwise - What is said if there is no such sentence; the key itself unless given.
   */
  text(key: string, facts: Facts = {}, otherwise?: Message): string {
    return this.#words.say(key, facts, otherwise);
  }

  /**
   * Fires one of our events, with the prefix: `open` is `crm-open`.
   *
   * @returns False when a listener of a cancelable event prevented what comes next.
   */
  emit<K extends keyof CrmEvents>(name: K, detail: CrmEvents[K], { cancelable = false } = {}): boolean {
    return this.dispatchEvent(crmEvent(`${this.tagPrefix}-${name}`, detail, cancelable));
  }

  /** Tells the page of an error. Showing it is the business of `state`. */
  fail(error: unknown, name: 'error' | 'load-error' = 'error'): CrmError {
    const known = isCrmError(error) ? error : new CrmError('internal', 'Unexpected', {}, error);
    this.crm?.report(known, this.outer.localName);
    this.emit(name, errorDetail(known));
    return known;
  }

  /** Where a record is: undefined when the page says nothing about links, null when this one has no place. */
  hrefOf(module: string, id: string): string | null | undefined {
    const { links } = this.crm?.settings ?? {};
    return links && (safeHref(links({ module, id })) ?? null);
  }

  /** A record was pressed: asks the page by `open`, whose refusal also stops the link. */
  open(detail: RecordDetail, event: Event): void {
    if (!this.emit('open', detail, { cancelable: true })) event.preventDefault();
  }

  /** What fills the element in the states `ready` and `offline`. */
  protected renderContent(): unknown {
    return undefined;
  }

  /** A skeleton of the size of what comes. */
  renderLoading(): unknown {
    return undefined;
  }

  /** What says above old data that they are old. */
  renderOfflineNote(): unknown {
    return this.#late.render((states) => states.offlineNote(this));
  }

  /** What stands in the place of data: why there are none. */
  protected renderAround(reason: unknown): unknown {
    return reason;
  }

  protected override render(): unknown {
    const state = this.viewState;
    if (state === 'loading') return this.renderLoading();
    if (state === 'ready') return this.renderSafely();
    if (state === 'offline' && this.hasData) return [this.renderOfflineNote(), this.renderSafely()];
    return this.#renderInstead((states) => states.stateOf(this, state));
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    return this.#late.isWaiting ? this.#late.fetch().then(() => super.getUpdateComplete()) : isComplete;
  }

  protected override updated(_changed: PropertyValues): void {
    for (const news of this.#shown.become(this.viewState)) {
      if (news === 'offline') this.emit('offline', {});
      else if (news === 'online') this.emit('online', {});
      else this.#ready();
    }
  }

  #ready(): void {
    // Now, because later the network may be away
    void this.#late.fetch();
    this.emit('ready', {});
  }

  /** Data that nobody checked may break a template; the page around must not notice. */
  protected renderSafely(): unknown {
    try {
      return this.renderContent();
    } catch (cause) {
      const error = new CrmError('schema-mismatch', 'It cannot be shown.', {}, cause);
      queueMicrotask(() => this.fail(error));
      return this.#renderInstead((states) => states.errorState(this, error));
    }
  }

  #renderInstead(show: Show): unknown {
    const reason = this.#late.renderReason(show);
    return reason === undefined ? this.renderLoading() : this.renderAround(reason);
  }
}
