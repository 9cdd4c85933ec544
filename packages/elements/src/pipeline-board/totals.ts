import { currencyDigits } from '@tessera-crm/model/currency.js';
import type { Money } from '@tessera-crm/model/kinds/money.js';
import type { Group } from '@tessera-crm/model/query/query.js';
import type { Deal } from './board.ts';

/** How many deals, what they are worth, and what they are worth times their probability. */
export interface Totals {
  readonly count: number;
  /** By currency: amounts are never added across currencies. */
  readonly sums: ReadonlyMap<string, Sum>;
  /** How many of the deals have no amount; undefined where nobody counted. */
  readonly withoutAmount?: number;
  /** Whether there are more than were counted. */
  readonly isPartial: boolean;
}

/** Thousandths, whole numbers: exact up to nine thousand billion, which a column of deals does not reach. */
interface Sum {
  readonly amount: number;
  readonly weighted: number;
}

/** A sum as money; thousandths that no currency has are cut off. */
export const moneyOf = (units: number, currency: string): Money => ({
  amount: (units / 1000).toFixed(currencyDigits(currency)),
  currency,
});

/** A sum for a glance, without cents. */
export const wholeMoneyOf = (units: number, currency: string): Money => ({
  amount: String(Math.round(units / 1000)),
  currency,
});

/** Adds deals up one by one; those of one currency that follow each other first among themselves, which is faster. */
export const totalsOf = (deals: readonly Deal[], isPartial = false): Totals => {
  const sums = new Map<string, Sum>();
  let withoutAmount = 0;
  let currency = '';
  let amount = 0;
  let weighted = 0;
  const close = (): void => {
    if (currency === '') return;
    const before = sums.get(currency) ?? nothing;
    sums.set(currency, { amount: before.amount + amount, weighted: before.weighted + weighted });
    amount = weighted = 0;
  };
  for (const deal of deals) {
    const money = deal.amount;
    if (!money) {
      withoutAmount++;
      continue;
    }
    if (money.currency !== currency) {
      close();
      currency = money.currency;
    }
    amount += Math.round(Number(money.amount) * 1000);
    if (deal.weightedAmount) weighted += Math.round(Number(deal.weightedAmount.amount) * 1000);
  }
  close();
  return { count: deals.length, sums, withoutAmount, isPartial };
};

const nothing: Sum = { amount: 0, weighted: 0 };

/**
 * What a store counted for a column: count, count of amounts, sum, weighted sum.
 *
 * @param currency - Of the amounts, since a store adds them up without asking.
 */
export const totalsOfGroup = ({ values }: Group, currency: string): Totals => {
  const [count, counted, amount, weighted] = values.map((value) => Number(value ?? 0));
  const sum = { amount: Math.round(amount! * 1000), weighted: Math.round(weighted! * 1000) };
  return {
    count: count!,
    sums: counted ? new Map([[currency, sum]]) : new Map(),
    withoutAmount: count! - counted!,
    isPartial: false,
  };
};

/** Totals after some deals left and others came. */
export const adjusted = (totals: Totals, left: readonly Deal[], came: readonly Deal[]): Totals => {
  if (left.length === 0 && came.length === 0) return totals;
  const sums = new Map(totals.sums);
  const add = (some: Totals, sign: 1 | -1): void => {
    for (const [currency, { amount, weighted }] of some.sums) {
      const sum = sums.get(currency) ?? nothing;
      sums.set(currency, { amount: sum.amount + sign * amount, weighted: sum.weighted + sign * weighted });
    }
  };
  const gone = totalsOf(left);
  const fresh = totalsOf(came);
  add(gone, -1);
  add(fresh, 1);
  return {
    ...totals,
    count: totals.count - left.length + came.length,
    sums,
    ...(totals.withoutAmount !== undefined && {
      withoutAmount: totals.withoutAmount - gone.withoutAmount! + fresh.withoutAmount!,
    }),
  };
};
