import { calendarDate, clockTime } from '../calendar.ts';
import { fold } from '../fold.ts';
import { dateFormat } from '../format/intl.ts';
import type { Reading } from '../kind.ts';
import { once } from '../structured.ts';

type Order = Reading['dates'];

/** Names of the months in the languages of the house, folded, to their number. */
const months = /* @__PURE__ */ once((): ReadonlyMap<string, number> => {
  const names = new Map<string, number>();
  for (const locale of ['it', 'en', 'de', 'fr', 'es']) {
    for (const month of ['long', 'short'] as const) {
      for (let index = 0; index < 12; index++) {
        const name = dateFormat(locale, { month, timeZone: 'UTC' }).format(new Date(Date.UTC(2000, index, 15)));
        names.set(fold(name).replace('.', ''), index + 1);
      }
    }
  }
  return names;
});

/** Two digits are a year from 1969 to 2068, as POSIX has it. */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year < 69 ? 2000 + year : 1900 + year;
};

const inOrder = (first: string, second: string, third: string, order: Order): string | null => {
  if (first.length > 2 || order === 'ymd') return calendarDate(fullYear(first), Number(second), Number(third));
  return order === 'dmy'
    ? calendarDate(fullYear(third), Number(second), Number(first))
    : calendarDate(fullYear(third), Number(first), Number(second));
};

const named = (day: string, month: string, year: string): string | null =>
  calendarDate(fullYear(year), months().get(fold(month)) ?? 0, Number(day));

/**
 * Reads a day as people and files write it: `2026-03-01`, `1/3/26`, `1. 3. 2026`, `1 marzo 2026`, `Mar 1, 2026`.
 *
 * @returns `YYYY-MM-DD`, or null when it is no day of the calendar.
 */
export const readDate = (text: string, order: Order): string | null => {
  const typed = text.trim();
  const numbers = /^(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})$/.exec(typed);
  if (numbers) return inOrder(numbers[1]!, numbers[2]!, numbers[3]!, order);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|[.°º])?\s+(?:de\s+)?(\p{L}+)\.?,?\s+(?:de\s+)?(\d{4})$/iu.exec(typed);
  if (dayFirst) return named(dayFirst[1]!, dayFirst[2]!, dayFirst[3]!);
  const monthFirst = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu.exec(typed);
  return monthFirst ? named(monthFirst[2]!, monthFirst[1]!, monthFirst[3]!) : null;
};

/**
 * Reads a time of day: `14:30`, `14.30`, `2:30 pm`, `9 am`.
 *
 * @returns `HH:mm:ss`, or null when no clock shows it.
 */
export const readTime = (text: string): string | null => {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?$/i.exec(text.trim());
  if (!found) return null;
  const [, hour, minute, second = '0', half] = found;
  if (half === undefined) return minute === undefined ? null : clockTime(Number(hour), Number(minute), Number(second));
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  return clockTime(
    (Number(hour) % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0),
    Number(minute ?? 0),
    Number(second),
  );
};
