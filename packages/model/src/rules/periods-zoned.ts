import { dateFormat } from '../format/intl.ts';
import type { DateRange } from './periods-calendar.ts';

const secondsPerDay = 86_400;

/**
 * Which day it is in a zone.
 *
 * @param timeZone - IANA name.
 * @param time - Milliseconds since 1970.
 * @returns `YYYY-MM-DD`.
 */
export const todayIn = (timeZone: string, time: number): string => {
  const format = dateFormat('en-u-ca-gregory-nu-latn', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
};

/**
 * The instant at which a day begins in a zone: the first at which its calendar shows that day or a later one.
 * Days need not begin at 00:00, nor exist: clocks are set forward at midnight, and Samoa left a day out.
 *
 * @param date - `YYYY-MM-DD`.
 * @param timeZone - IANA name.
 * @returns RFC 3339 in UTC, with milliseconds.
 */
export const zonedDayStart = (date: string, timeZone: string): string => {
  const utc = Date.parse(`${date}T00:00:00Z`) / 1000;
  // No zone is a day and a half off UTC, and all change their clocks at whole seconds
  let before = utc - 1.5 * secondsPerDay;
  let after = utc + 1.5 * secondsPerDay;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (todayIn(timeZone, middle * 1000) < date) before = middle;
    else after = middle;
  }
  return new Date(after * 1000).toISOString();
};

/** Days as instants: from the beginning of the first up to, not including, the beginning of `to`. */
export const zonedRange = ({ from, to }: DateRange, timeZone: string): DateRange => ({
  from: zonedDayStart(from, timeZone),
  to: zonedDayStart(to, timeZone),
});
