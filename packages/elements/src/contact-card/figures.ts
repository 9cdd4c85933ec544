import { html, nothing, type TemplateResult } from 'lit';
import { ListController } from '../data/list-controller.ts';
import type { Status } from '../data/status.ts';
import type { CrmElement } from '../frame/element.ts';
import type { Subject } from './card-rest.ts';
import type { ContactCardMessages } from './contact-card.messages.ts';
import { figure } from './card-view.ts';
import { formatRound, sumByCurrency } from './sums.ts';

/** Deals of one person that are added up; beyond that only their number is said. */
const mostDeals = 200;

/** Statuses of tickets on which nobody works any more. */
const closedTickets = ['resolved', 'closed', 'rejected', 'duplicate'] as const;

/** Each may be hidden from this identity. */
const optional = { isOptional: true } as const;

/**
 * How things stand with a person: revenue of the company, open deals, open tickets.
 *
 * Read as lists, not as aggregates, because lists are watched: they follow changes, they work offline, and amounts in
 * several currencies stay apart.
 */
export class Figures {
  readonly #host: CrmElement<ContactCardMessages>;
  readonly #subject: Subject;
  readonly #deals: ListController<'deals'>;
  readonly #tickets: ListController<'tickets'>;

  constructor(host: CrmElement<ContactCardMessages>, subject: Subject) {
    this.#host = host;
    this.#subject = subject;
    this.#deals = new ListController(host, 'deals', () => this.#dealsQuery, optional);
    this.#tickets = new ListController(host, 'tickets', () => this.#ticketsQuery, optional);
  }

  render(): unknown {
    const figures = [this.#renderRevenue(), this.#renderDeals(), this.#renderTickets()].filter((one) => one !== null);
    if (figures.length === 0) return nothing;
    return html`<dl class="figures" aria-label=${this.#host.t('figures')}>${figures}</dl>`;
  }

  get #dealsQuery() {
    const contact = this.#subject.person()?.id;
    if (!contact) return null;
    return { where: { contact, outcome: 'open' }, fields: ['amount'], limit: mostDeals, count: 'exact' } as const;
  }

  get #ticketsQuery() {
    const contact = this.#subject.person()?.id;
    if (!contact) return null;
    const where = { contact, status: { notIn: closedTickets } } as const;
    return { where, fields: ['status'], limit: 1, count: 'exact' } as const;
  }

  /** A company without revenue keeps its place, so that the figures beside it stay in theirs. */
  #renderRevenue(): TemplateResult | null {
    if (!this.#subject.person()?.primaryAccount) return null;
    const { record, status } = this.#subject.account;
    const revenue = record?.revenue12m;
    const isHidden = revenue === undefined && status !== 'loading';
    if (isHidden) return null;
    const none = revenue === null ? '–' : undefined;
    return figure(this.#host.t('revenue'), revenue ? formatRound(revenue, this.#host.locale) : none);
  }

  #renderDeals(): TemplateResult | null {
    const { status, records, count } = this.#deals;
    if (isHidden(status, count)) return null;
    if (status === 'loading') return figure(this.#host.t('deals', { count: 0 }), undefined);
    const { locale } = this.#host;
    const number = count ?? records.length;
    const sums = number > records.length ? [] : sumByCurrency(records.map(({ amount }) => amount));
    const sum = sums.map((one) => formatRound(one, locale)).join(' + ');
    const value = html`${number.toLocaleString(locale)}${sum ? html` <span class="sum">${sum}</span>` : nothing}`;
    return figure(this.#host.t('deals', { count: number }), value);
  }

  #renderTickets(): TemplateResult | null {
    const { status, records, count } = this.#tickets;
    if (isHidden(status, count)) return null;
    const number = count ?? records.length;
    const value = status === 'loading' ? undefined : number.toLocaleString(this.#host.locale);
    return figure(this.#host.t('tickets', { count: number }), value);
  }
}

/** Figures from before stay in sight when they cannot be refreshed. */
const isHidden = (status: Status, count: number | undefined): boolean =>
  status !== 'ready' && status !== 'loading' && (status === 'forbidden' || count === undefined);
