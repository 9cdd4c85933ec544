const day = 86_400;

/** Units from the largest, in seconds. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', 3600],
  ['minute', 60],
];

/** `in 3 days`, `yesterday`, `5 minutes ago`. @param seconds - From now; negative for the past. */
export const relativeTime = (seconds: number, locale: string, style: Intl.RelativeTimeFormatStyle = 'long'): string => {
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }).format(Math.round(seconds / size), unit);
};

/** `today`, `tomorrow`, `3 days ago`. @param days - From today; negative for the past. */
export const relativeDay = (days: number, locale: string, style: Intl.RelativeTimeFormatStyle = 'long'): string =>
  Math.abs(days) < 7
    ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }).format(days, 'day')
    : relativeTime(days * day, locale, style);
