import { currencyDigits } from '../currency.ts';
import { fromDecimal, multiply, round, toDecimal } from '../decimal.ts';
import type { Line } from '../kinds/lines.ts';
import type { Money } from '../kinds/money.ts';
import type { Rule } from '../rule.ts';
import { fraction } from './taxes.ts';
import { totalsOf } from './totals.ts';

/**
 * What a deal is worth in a forecast: its amount times its probability.
 *
 * @param probability - Per cent, 0 to 100.
 * @returns To the currency's digits, halves away from zero; null when either is unknown.
 */
export const weightedAmount = (amount: Money | null, probability: string | null): Money | null => {
  if (amount === null || probability === null) return null;
  const exact = multiply(toDecimal(amount.amount), fraction(probability));
  return { amount: fromDecimal(round(exact, currencyDigits(amount.currency))), currency: amount.currency };
};

/** A deal that is made of lines is worth what they are worth without tax. */
export const amountOfLines: Rule = {
  id: 'deals.amount-of-lines',
  when: ['amountMode', 'lines', 'amount'],
  run(step) {
    if (step.record['amountMode'] !== 'lines') return;
    const amount = step.record['amount'] as Money | null;
    const currency = amount?.currency ?? step.context.settings.currency;
    const lines = (step.record['lines'] ?? []) as readonly Line[];
    step.set('amount', { amount: totalsOf({ currency, lines }).taxable, currency });
  },
};
