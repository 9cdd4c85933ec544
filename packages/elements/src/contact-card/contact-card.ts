import { formatName } from '@tessera-crm/model/format/name.js';
import type { CrmError } from '@tessera-crm/model/errors.js';
import type { RecordOf } from '@tessera-crm/model/records.js';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { RecordController, type Wanted } from '../data/record-controller.ts';
import { CrmElement } from '../frame/element.ts';
import { recordDetail } from '../frame/record-detail.ts';
import { recordLink } from '../frame/record-link.ts';
import type { ViewState } from '../frame/view-state.ts';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { chip } from '../styles/chip.ts';
import { tokens } from '../styles/tokens.ts';
import type { CardRest } from './card-rest.ts';
import { accountIcon, cardSkeleton, fact, figure, placeIcon, reachFact, reachIcons } from './card-view.ts';
import { chipRow } from './chip-row.ts';
import { messages } from './contact-card.messages.ts';
import { parts } from './contact-card.parts.ts';
import { styles } from './contact-card.styles.ts';
import { emailReaches, phoneReaches, type Reach } from './reach.ts';

/**
 * Who a person is, how to reach them and how things stand, in one small card.
 *
 * @tag crm-contact-card
 * @attr {string} record - The contact's id.
 * @attr {"me"} subject - The customer whom the page's token stands for, instead of an id.
 * @attr {number} heading-level - Of the name, 1 to 6; 3 unless given.
 * @slot header - Above the person.
 * @slot actions - Buttons of the page, after ours.
 * @slot footer - Below the actions.
 * @slot empty - Instead of ours when there is no such contact.
 * @slot error - Instead of ours when reading failed.
 * @slot offline - Instead of our mark when what is shown may have changed since.
 * @slot forbidden - Instead of ours when this identity may not see the contact.
 * @fires crm-ready - The person is shown for the first time.
 * @fires crm-open - The name or the account was pressed. Cancelable.
 * @fires crm-load-error - Reading failed and there is nothing to show.
 * @fires crm-error - Refreshing failed; what is shown may be old.
 * @csspart card - The box.
 * @csspart name - The name, a link where the page's `links` know its place.
 * @csspart account - The account's name, likewise.
 * @csspart phone - A telephone number.
 * @csspart email - An e-mail address.
 * @csspart call - The button that calls.
 * @csspart write - The button that opens a mail.
 * @csspart waiting - What says that changes wait to be sent.
 * @csspart refusal - A change that a server refused, and what can be done about it.
 * @cssprop --crm-accent - Buttons, focus, initials.
 * @cssprop --crm-surface - The card's ground.
 */
export class ContactCard extends CrmElement<typeof messages> {
  static override readonly element = 'contact-card';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./contact-card.messages.it.ts') };
  static override readonly styles = [tokens, base, button, chip, styles];
  static override readonly properties: PropertyDeclarations = {
    record: {},
    subject: {},
    headingLevel: { type: Number, attribute: 'heading-level' },
  };

  /** The contact's id; or the contact itself, where the page has it already. */
  declare record: string | RecordOf<'contacts'> | null | undefined;
  declare subject: 'me' | undefined;
  declare headingLevel: number;

  #isOpen: Record<Reach['sort'], boolean> = { phone: false, email: false };
  /** Null where its code could not be fetched: a card does without. */
  #rest: CardRest | Promise<void> | null | undefined;

  readonly #contact = new RecordController(this, 'contacts', () => this.#wanted);
  readonly #account = new RecordController(this, 'accounts', () => this.#wantedAccount, optional);

  constructor() {
    super();
    this.headingLevel = 3;
  }

  override get failure(): CrmError | undefined {
    return this.#contact.error;
  }

  override get hasData(): boolean {
    return this.#person !== undefined;
  }

  override retry(): void {
    this.#contact.retry();
  }

  protected override get state(): ViewState {
    if (this.record === null || this.record === '') return 'empty';
    return this.#contact.state;
  }

  get #person(): RecordOf<'contacts'> | undefined {
    return this.#contact.record;
  }

  get #wanted(): Wanted<'contacts'> {
    const { record, subject } = this;
    if (record) return typeof record === 'string' ? { id: record } : { record };
    return subject === 'me' ? { first: { where: { id: { isMe: true } } } } : null;
  }

  override renderLoading(): TemplateResult {
    return cardSkeleton(this.t('frame.loading'));
  }

  override get emptyKey(): string {
    return 'empty';
  }

  protected override renderAround(reason: unknown): TemplateResult {
    return html`<div class="card" part="card">${reason}</div>`;
  }

  /** The mark of old data is a chip here: a line above would push the card down. */
  override renderOfflineNote(): unknown {
    return nothing;
  }

  protected override renderContent(): unknown {
    const person = this.#person;
    if (!person) return nothing;
    const phones = phoneReaches(person.phones, person.doNotCall);
    const emails = emailReaches(person.emails);
    const facts = [
      this.#renderAccount(),
      this.#renderReaches(emails),
      this.#renderReaches(phones),
      this.#renderPlace(person),
    ];
    return html`
      <article class="card" part="card">
        <slot name="header"></slot>
        ${this.#arrived?.refusal} ${this.#renderHead(person)}
        ${chipRow(this, person, this.viewState === 'offline', this.#arrived?.waiting)}
        ${
          facts.every((one) => one === nothing)
            ? nothing
            : html`<ul class="facts">
                ${facts}
              </ul>`
        }
        ${this.#renderFigures()}
        <div class="actions no-print">
          ${this.#renderAction(phones)} ${this.#renderAction(emails)}
          <slot name="actions"></slot>
        </div>
        <slot name="footer"></slot>
        <span class="unseen" role="status">${this.#arrived?.said}</span>
      </article>
    `;
  }

  #renderHead(person: RecordOf<'contacts'>): TemplateResult {
    const name = html`<bdi>${formatName(person.name, this.locale)}</bdi>`;
    return html`
      <div class="head">
        ${this.#renderAvatar(person)}
        <div>
          <div class="name" role="heading" aria-level=${this.headingLevel}>
            ${recordLink(this, recordDetail('contacts', person), 'name', name)}
          </div>
          ${person.jobTitle ? html`<p class="job"><bdi>${person.jobTitle}</bdi></p>` : nothing}
        </div>
      </div>
    `;
  }

  #renderAvatar({ name }: RecordOf<'contacts'>): TemplateResult {
    const initials = formatName(name, this.locale, 'initials');
    return html`<span class="avatar" aria-hidden="true">${this.#arrived?.picture ?? initials}</span>`;
  }

  #renderAccount(): unknown {
    if (this.#wantedAccount === null) return nothing;
    const { record: account, status } = this.#account;
    if (status === 'loading') return fact(accountIcon, this.t('account'), html`<span class="bone text"></span>`);
    if (!account) return nothing;
    const name = html`<bdi class="cut">${account.name}</bdi>`;
    return fact(accountIcon, this.t('account'), recordLink(this, recordDetail('accounts', account), 'account', name));
  }

  /** What a number is for, in the person's language where it is one of the usual words. */
  #labelOf({ label }: Reach): string | null {
    return label && this.text(`label.${label.toLowerCase()}`, {}, label);
  }

  #renderReaches(reaches: readonly Reach[]): unknown {
    const [first] = reaches;
    if (!first) return nothing;
    const { sort } = first;
    const isOpen = this.#isOpen[sort];
    const others = reaches.length > 1 ? this.#renderMore(sort, reaches.length - 1) : nothing;
    return (isOpen ? reaches : [first]).map((reach) => {
      const { text, obstacle } = reach;
      return reachFact(reach, {
        purpose: this.#labelOf(reach),
        label: obstacle ? `${this.t(sort)}, ${this.t(obstacle)}` : this.t(sort),
        use: sort === 'phone' ? this.t('callTo', { number: text }) : this.t('writeTo', { address: text }),
        copy: this.#arrived?.renderCopy(text) ?? nothing,
        more: reach === first ? others : nothing,
      });
    });
  }

  #renderMore(sort: Reach['sort'], count: number): TemplateResult {
    const isOpen = this.#isOpen[sort];
    const label = isOpen ? this.t('fewer') : this.t('others', { count });
    return html`<button
      class="plain more number"
      type="button"
      aria-expanded=${isOpen}
      aria-label=${label}
      @click=${() => this.#toggle(sort)}
    >
      ${isOpen ? label : html`<bdi dir="ltr">+${count}</bdi>`}
    </button>`;
  }

  #renderPlace({ mailingAddress }: RecordOf<'contacts'>): unknown {
    if (!mailingAddress) return nothing;
    const { formatted } = mailingAddress;
    return fact(placeIcon, this.t('place'), html`<bdi class="cut" title=${formatted}>${formatted}</bdi>`);
  }

  /** Room for figures, until their code is there: people come first. */
  #renderFigures(): unknown {
    if (this.#rest === null) return nothing;
    this.#rest ??= this.#loadRest();
    if (this.#isOwn) return nothing;
    if (this.#arrived) return this.#arrived.renderFigures();
    const coming = [this.t('deals', { count: 0 }), this.t('tickets', { count: 0 })];
    if (this.#person?.primaryAccount) coming.unshift(this.t('revenue'));
    return html`<dl class="figures">${coming.map((label) => figure(label, undefined))}</dl>`;
  }

  /** A customer looks at it: what salespeople want to know is not shown, nor asked for. */
  get #isOwn(): boolean {
    return this.subject === 'me';
  }

  get #wantedAccount() {
    return this.#isOwn ? null : idOrNull(this.#person?.primaryAccount);
  }

  get #arrived(): CardRest | null | undefined {
    return this.#rest instanceof Promise ? undefined : this.#rest;
  }

  async #loadRest(): Promise<void> {
    const code = await import('./card-rest.ts').catch(() => null);
    this.#rest = code && new code.CardRest(this, { person: () => this.#person, account: this.#account });
    this.requestUpdate();
  }

  /** A button for the first number or address that may be used. */
  #renderAction(reaches: readonly Reach[]): unknown {
    const usable = reaches.find(({ href }) => href !== undefined);
    if (!usable) return nothing;
    const [part, look] = usable.sort === 'phone' ? (['call', 'primary'] as const) : (['write', ''] as const);
    return html`<a class="button ${look}" part=${part} href=${usable.href!}>
      ${reachIcons[usable.sort]}${this.t(part)}
    </a>`;
  }

  #toggle(sort: Reach['sort']): void {
    this.#isOpen = { ...this.#isOpen, [sort]: !this.#isOpen[sort] };
    this.requestUpdate();
  }
}

/** What the card does without where this identity may not see it. */
const optional = { isOptional: true } as const;

const idOrNull = (id: string | null | undefined): { readonly id: string } | null => (id ? { id } : null);
