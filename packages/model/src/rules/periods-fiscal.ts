import { addMonths, monthOf, yearOf } from './periods-calendar.ts';

/** A quarter of a fiscal year. */
export interface FiscalQuarter {
  readonly year: number;
  /** 1 to 4. */
  readonly quarter: number;
}

/**
 * The fiscal year of a date, named after the calendar year in which it ends: with a year that starts in July
 * 2026-07-01 belongs to 2027.
 *
 * @param start - The month in which the year begins; 1 = January.
 */
export const fiscalYearOf = (date: string, start: number): number =>
  yearOf(addMonths(date, start === 1 ? 0 : 13 - start));

/** @see fiscalYearOf */
export const fiscalQuarterOf = (date: string, start: number): FiscalQuarter => ({
  year: fiscalYearOf(date, start),
  quarter: Math.floor(((monthOf(date) - start + 12) % 12) / 3) + 1,
});
