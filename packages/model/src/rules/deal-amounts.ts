import { currencyDigits } from '../currency.ts';
import { fromDecimal, multiply, round, toDecimal } from '../decimal.ts';
import type { Money } from '../kinds/money.ts';
import { fraction } from './taxes.ts';

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
