import { add, fromDecimal, toDecimal } from '@tessera-crm/model/decimal.js';
import { numberFormat } from '@tessera-crm/model/format/intl.js';
import type { Money } from '@tessera-crm/model/kinds/money.js';

/** The sum of amounts, apart for every currency. */
export const sumByCurrency = (amounts: readonly (Money | null | undefined)[]): readonly Money[] => {
  const sums = new Map<string, string>();
  for (const money of amounts) {
    if (!money) continue;
    const { amount, currency } = money;
    sums.set(currency, fromDecimal(add(toDecimal(sums.get(currency) ?? '0'), toDecimal(amount))));
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
};

/** An amount at a glance: `84.200 €`, `1,3 Mio. €`. */
export const formatRound = ({ amount, currency }: Money, locale: string): string => {
  const isLong = Math.abs(Number(amount)) >= 1_000_000;
  return numberFormat(locale, {
    style: 'currency',
    currency,
    useGrouping: 'always',
    maximumFractionDigits: isLong ? 1 : 0,
    ...(isLong && { notation: 'compact' }),
  }).format(amount as Intl.StringNumericLiteral);
};
