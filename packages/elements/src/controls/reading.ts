import type { Reading } from '@tessera-crm/model/kind.js';

interface Place {
  readonly timeZone: string;
  readonly currency: string | undefined;
}

const orderOf = (locale: string): Reading['dates'] => {
  const parts = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
    .formatToParts(0)
    .map(({ type }) => type);
  if (parts.find((type) => type === 'day' || type === 'month' || type === 'year') === 'year') return 'ymd';
  return parts.indexOf('day') < parts.indexOf('month') ? 'dmy' : 'mdy';
};

const made = new Map<string, Pick<Reading, 'decimal' | 'dates' | 'country'>>();

const habitsOf = (locale: string): Pick<Reading, 'decimal' | 'dates' | 'country'> => {
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value;
  return {
    decimal: decimal === ',' ? ',' : '.',
    dates: orderOf(locale),
    country: new Intl.Locale(locale).maximize().region ?? 'IT',
  };
};

/** How a person of this language writes numbers, dates and telephone numbers. */
export const readingOf = (locale: string, { timeZone, currency = 'EUR' }: Place): Reading => {
  let habits = made.get(locale);
  if (!habits) made.set(locale, (habits = habitsOf(locale)));
  return { ...habits, timeZone, currency };
};
