import * as z from 'zod/mini';
import { currencyDigits, isCurrency } from '../currency.ts';
import { isDecimal, toScale } from '../decimal.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { readNumber } from '../numbers.ts';
import { formatMoney } from '../format/money.ts';

/** An amount of money. `amount` is a decimal string with at least the currency's digits; `currency` is ISO 4217. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface MoneyOptions extends FieldOptions {
  /** Digits after the point beyond the currency's own; unit prices have 4. */
  readonly digits?: number;
  readonly default?: Money;
}

const maxLength = 24;

const scaled = ({ amount, currency }: Money, digits: number): Money => ({
  amount: toScale(amount, Math.max(digits, currencyDigits(currency))),
  currency,
});

export const moneyKind: Kind<Money, MoneyOptions, 'decimal'> = {
  name: 'money',
  domain: 'decimal',
  merge: 'ask',
  schema: ({ digits = 0 }) =>
    z
      .pipe(
        z.strictObject({
          amount: z
            .string()
            .check(z.maxLength(maxLength, { error: 'too-long' }), z.refine(isDecimal, { error: 'number' })),
          currency: z.string().check(z.refine(isCurrency, { error: 'currency' })),
        }),
        z.transform((typed) => scaled(typed, digits)),
      )
      // The digits that the currency wants may have made it longer
      .check(z.refine(({ amount }) => amount.length <= maxLength, { error: 'too-long', path: ['amount'] })),
  parse: (text, { digits = 0 }, reading) => {
    if (text.trim() === '') return parsed(null);
    const currency = /[A-Z]{3}/.exec(text)?.[0] ?? symbolCurrency(text) ?? reading.currency;
    const amount = readNumber(text.replaceAll(/[A-Z]{3}|[€$£¥]/g, ''), reading);
    if (amount === null || amount.length > maxLength) return refused('number');
    const value = scaled({ amount, currency }, digits);
    return value.amount.length > maxLength ? refused('too-long', { max: maxLength }) : parsed(value);
  },
  toText: (value) => `${value.amount} ${value.currency}`,
  format: (value, { digits = 0 }, display) => formatMoney(value, display.locale, digits),
  key: (value) => value.amount,
  storage: () => ({
    columns: [
      { suffix: '', type: 'decimal' },
      { suffix: 'currency', type: 'text' },
    ],
    compared: 0,
    write: (value) => [value.amount, value.currency],
    read: ([amount, currency]) => ({ amount: amount as string, currency: currency as string }),
  }),
  control: () => ({ as: 'money' }),
  random: (random, { digits = 0 }) => {
    const currency = random.pick(['EUR', 'USD', 'JPY', 'KWD']);
    return {
      amount: toScale(
        `${random.integer(-99_999, 9_999_999)}.${random.integer(0, 9999)}`,
        Math.max(digits, currencyDigits(currency)),
      ),
      currency,
    };
  },
};

const symbols: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };

const symbolCurrency = (text: string): string | undefined => symbols[/[€$£¥]/.exec(text)?.[0] ?? ''];

/** An amount with its currency. Filters and sorting compare the amount. */
export const money = <const O extends MoneyOptions>(options: O = {} as O): Field<Money, PresenceOf<O>, 'decimal'> =>
  field(moneyKind, options);
