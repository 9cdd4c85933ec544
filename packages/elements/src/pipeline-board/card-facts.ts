import { dateFormat, numberFormat } from '@tessera-crm/model/format/intl.js';
import { formatPercent } from '@tessera-crm/model/format/number.js';
import type { Money } from '@tessera-crm/model/kinds/money.js';
import type { Deal } from './board.ts';

/** A deal as its card says it: plain texts in the person's language. */
export interface CardFacts {
  readonly name: string;
  readonly account: string;
  readonly amount: string;
  readonly date: string;
  /** ISO, for machines. */
  readonly dateValue: string;
  readonly isOverdue: boolean;
  readonly isStalled: boolean;
  readonly probability: string;
  readonly nextStep: string;
  /** Null where the page has no place for it. */
  readonly href: string | null;
  readonly menuLabel: string;
  /** All of it in one breath, for those who hear it, but for who answers for it: that is known later. */
  readonly label: string;
}

/** What the facts of a card depend on beside the deal. */
export interface FactsContext {
  readonly locale: string;
  /** `YYYY-MM-DD` where the person is. */
  readonly today: string;
  accountName(deal: Deal): string;
  isStalled(deal: Deal): boolean;
  hrefOf(deal: Deal): string | null;
  text(key: string, facts?: Readonly<Record<string, string | number>>): string;
}

/** An amount for a glance: without cents when there are none. */
export const shortMoney = ({ amount, currency }: Money, locale: string): string =>
  numberFormat(locale, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
    // Italian would write 1000 € without a separator; amounts above each other read better alike
    useGrouping: 'always',
  }).format(amount as Intl.StringNumericLiteral);

/** A day for a glance: with the year only when it is another one. */
export const shortDate = (date: string, today: string, locale: string): string =>
  dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(date.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(Date.parse(date));

export const factsOf = (deal: Deal, context: FactsContext): CardFacts => {
  const { locale, today, text } = context;
  const isOpen = deal.outcome !== 'won' && deal.outcome !== 'lost';
  const day = (isOpen ? null : deal.actualCloseDate) ?? deal.expectedCloseDate;
  const said = {
    name: deal.name,
    account: context.accountName(deal),
    amount: deal.amount ? shortMoney(deal.amount, locale) : '',
    date: day ? shortDate(day, today, locale) : '',
    dateValue: day ?? '',
    isOverdue: isOpen && day !== null && day < today,
    isStalled: isOpen && context.isStalled(deal),
    probability: isOpen && deal.probability !== null ? formatPercent(deal.probability, locale, 0) : '',
    nextStep: deal.nextStep ?? '',
  };
  const { date } = said;
  const label = [
    said.name,
    said.account,
    said.amount || text('no-amount'),
    said.probability,
    date && text(said.isOverdue ? 'overdue' : 'closes', { date }),
    said.isStalled && text('stalled'),
    said.nextStep && text('next', { step: said.nextStep }),
  ];
  return {
    ...said,
    href: context.hrefOf(deal),
    menuLabel: text('move', { name: deal.name }),
    label: label.filter(Boolean).join(', '),
  };
};
