import { currencyDigits } from '../currency.ts';
import type { Money } from '../kinds/money.ts';
import { numberFormat } from './intl.ts';

/**
 * An amount as people write it: `12.500,00 €` in Italian.
 *
 * @param digits - Digits after the point at least; the currency's own unless more are asked for.
 */
export const formatMoney = ({ amount, currency }: Money, locale: string, digits = 0): string => {
  const fraction = Math.max(digits, currencyDigits(currency));
  return numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: Math.min(fraction, currencyDigits(currency)),
    maximumFractionDigits: fraction,
    // Italian would write 1000 € without a separator; amounts in columns read better alike
    useGrouping: 'always',
  }).format(amount as Intl.StringNumericLiteral);
};
