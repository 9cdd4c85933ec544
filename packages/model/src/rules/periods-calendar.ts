/**
 * Calendar arithmetic on dates without a zone, `YYYY-MM-DD`, in the proleptic Gregorian calendar.
 * What would fall out of the years 1 to 9999 becomes the first or the last day that can be written.
 */

const millisecondsPerDay = 86_400_000;
const firstDay = -62_135_596_800_000;
const lastDay = 253_402_214_400_000;

/** A length of calendar time. */
export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Days from `from` up to, not including, `to`. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

const toTime = (date: string): number => Date.parse(`${date}T00:00:00Z`);

const toDate = (time: number): string =>
  new Date(Math.min(Math.max(time, firstDay), lastDay)).toISOString().slice(0, 10);

/** 1 to 12. */
export const monthOf = (date: string): number => Number(date.slice(5, 7));

export const yearOf = (date: string): number => Number(date.slice(0, 4));

export const monthStartOf = (date: string): string => `${date.slice(0, 7)}-01`;

export const addDays = (date: string, days: number): string => toDate(toTime(date) + days * millisecondsPerDay);

/** How many days `to` is after `from`; negative when it is before. */
export const daysBetween = (from: string, to: string): number => (toTime(to) - toTime(from)) / millisecondsPerDay;

/** The same day of another month, or the last of that month when it has fewer days: 31 January + 1 is 28 February. */
export const addMonths = (date: string, months: number): string => {
  const month = new Date(toTime(monthStartOf(date)));
  month.setUTCMonth(month.getUTCMonth() + months + 1, 0);
  month.setUTCDate(Math.min(Number(date.slice(8)), month.getUTCDate()));
  return toDate(month.getTime());
};

const monthsPer = { month: 1, quarter: 3, year: 12 } as const;

export const addPeriods = (date: string, n: number, unit: PeriodUnit): string => {
  if (unit === 'day') return addDays(date, n);
  return unit === 'week' ? addDays(date, n * 7) : addMonths(date, n * monthsPer[unit]);
};

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. */
export const weekdayOf = (date: string): number => new Date(toTime(date)).getUTCDay() || 7;

/** @param weekStart - 1 = Monday … 7 = Sunday. */
export const weekStartOf = (date: string, weekStart: number): string =>
  addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));

/**
 * The first day of the quarter or year that holds `date`, in a year that begins with month `yearStart`.
 *
 * @param yearStart - 1 = January, which is the calendar year.
 */
export const quarterStartOf = (date: string, yearStart: number): string =>
  addMonths(monthStartOf(date), -((monthOf(date) - yearStart + 12) % 3));

/** @see quarterStartOf */
export const yearStartOf = (date: string, yearStart: number): string =>
  addMonths(monthStartOf(date), -((monthOf(date) - yearStart + 12) % 12));
